import type { Typed } from '../forms.ts';
import { Layout } from '../layout.tsx';
import { useView } from '../view.ts';

// Shorter texts are choices and ids, or quickly typed again.
const WORTH_KEEPING = 40;

/** The session ended before a form was sent: nothing was done, and nothing of what was typed is lost. */
export function SignedOutPage({ typed }: { typed: Typed }) {
  const { t } = useView();
  const texts = Object.values(typed)
    .flat()
    .filter((text) => text !== undefined && text.length >= WORTH_KEEPING);
  return (
    <Layout title={t('problem.title')} width="narrow">
      <section class="panel">
        <h1>{t('problem.title')}</h1>
        <p>{t('problem.signed_out')}</p>
        {texts.map((text, index) => (
          <div class="field">
            <label for={`kept-${index}`}>{t('sign-in.kept')}</label>
            <textarea id={`kept-${index}`} rows={8} readOnly>
              {text}
            </textarea>
          </div>
        ))}
        <p class="actions">
          <a class="button" href="/sign-in">
            {t('nav.sign-in')}
          </a>
        </p>
      </section>
    </Layout>
  );
}

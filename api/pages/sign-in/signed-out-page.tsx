import type { Typed } from '../forms.ts';
import { KeptTexts } from '../kept-texts.tsx';
import { Layout } from '../layout.tsx';
import { useView } from '../view.ts';

/** The session ended before a form was sent: nothing was done, and nothing of what was typed is lost. */
export function SignedOutPage({ typed }: { typed: Typed }) {
  const { t } = useView();
  return (
    <Layout title={t('problem.title')} width="narrow">
      <section class="panel">
        <h1>{t('problem.title')}</h1>
        <p>{t('problem.signed_out')}</p>
        <KeptTexts typed={typed} />
        <p class="actions">
          <a class="button" href="/sign-in">
            {t('nav.sign-in')}
          </a>
        </p>
      </section>
    </Layout>
  );
}

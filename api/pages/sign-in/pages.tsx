import { TextField } from '../form-parts.tsx';
import type { FormState } from '../forms.ts';
import { Layout } from '../layout.tsx';
import { ErrorSummary } from '../notices.tsx';
import { useView } from '../view.ts';

/** Who are you? */
export function AskPage({ form }: { form: FormState }) {
  const { t, capturesMail } = useView();
  return (
    <Layout title={t('sign-in.title')} width="narrow">
      <section class="panel">
        <h1>{t('sign-in.title')}</h1>
        <p>{t('sign-in.intro')}</p>
        <ErrorSummary form={form} />
        <form method="post" action="/sign-in" noValidate>
          <TextField
            form={form}
            name="email"
            type="email"
            label={t('field.email')}
            autocomplete="email"
            required
          />
          <button type="submit" class="button">
            {t('sign-in.ask')}
          </button>
        </form>
        {capturesMail && (
          <p class="hint try">
            {t('sign-in.try')} <a href="/dev/mail">{t('sign-in.captured')}</a>
          </p>
        )}
      </section>
    </Layout>
  );
}

/** The same words whether somebody has this address or not. */
export function SentPage() {
  const { t, capturesMail } = useView();
  return (
    <Layout title={t('sign-in.sent-title')} width="narrow">
      <section class="panel">
        <h1>{t('sign-in.sent-title')}</h1>
        <p>{t('sign-in.sent')}</p>
        {capturesMail && (
          <p>
            <a class="button" href="/dev/mail">
              {t('sign-in.captured')}
            </a>
          </p>
        )}
        <p>
          <a class="alone" href="/sign-in">
            {t('sign-in.again')}
          </a>
        </p>
      </section>
    </Layout>
  );
}

/** The mail's link only shows this: programs that look into mails follow links, and must use up nothing. */
export function ConfirmPage() {
  const { t } = useView();
  return (
    <Layout title={t('sign-in.title')} width="narrow">
      <section class="panel">
        <h1>{t('sign-in.confirm-title')}</h1>
        <p>{t('sign-in.confirm')}</p>
        <form method="post">
          <button type="submit" class="button">
            {t('sign-in.enter')}
          </button>
        </form>
      </section>
    </Layout>
  );
}

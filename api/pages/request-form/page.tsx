import type { FilterCounts, PartnerView } from '../../../db/partners.ts';
import { CONSENT_VERSION } from '../../../locales/consent.ts';
import { CheckField } from '../form-parts.tsx';
import type { FormState } from '../forms.ts';
import { Layout } from '../layout.tsx';
import { ErrorSummary, Notice } from '../notices.tsx';
import { useView } from '../view.ts';
import type { Addressed, Declined } from './addressed.ts';
import { AddresseeCard } from './addressee-card.tsx';
import { ContactPart } from './contact-part.tsx';
import { withLabels } from './labels.ts';
import { ProjectPart } from './project-part.tsx';
import { WishesPart } from './wishes-part.tsx';

/** All that the form shows. */
export interface RequestForm extends Addressed {
  form: FormState;
  /** Makes sending the same form twice harmless. */
  key: string;
  counts: FilterCounts;
  /** How long partners have to answer, in words. */
  window: string;
  /** Why it could not be taken in just now, in words. */
  trouble?: string | undefined;
}

/** Describe the project once: everything else follows from it. */
export function RequestFormPage({ request }: { request: RequestForm }) {
  const { t } = useView();
  const { form, partner, declined, trouble } = request;
  const title = partner ? t('request-form.title-one', { name: partner.name }) : t('request-form.title');
  return (
    <Layout title={title}>
      <div class="request-form">
        <header>
          <h1>{title}</h1>
          <p class="request-lead">{partner ? t('request-form.intro-one') : t('request-form.intro')}</p>
        </header>
        <div class="request-form-body">
          {declined && <DeclinedNotice {...declined} />}
          {trouble && <Notice kind="bad">{trouble}</Notice>}
          <ErrorSummary form={{ ...form, errors: withLabels(form.errors, t) }} />
          {partner && <AddresseeCard partner={partner} />}
          <form method="post" action="/requests/new" noValidate>
            <HiddenFields request={request} />
            <ProjectPart form={form} matched={!partner} />
            {!partner && <WishesPart form={form} counts={request.counts} asked={declined?.sent ?? false} />}
            <ContactPart form={form} last={partner ? 2 : 3} />
            <Consent form={form} partner={partner} />
          </form>
        </div>
        <NextSteps partner={partner} window={request.window} />
      </div>
    </Layout>
  );
}

function HiddenFields({ request: { key, partner } }: { request: RequestForm }) {
  const { locale } = useView();
  return (
    <>
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="client.locale" value={locale} />
      <input type="hidden" name="consentVersion" value={CONSENT_VERSION} />
      {partner && <input type="hidden" name="partnerId" value={partner.id} />}
    </>
  );
}

function DeclinedNotice({ name, sent }: Declined) {
  const { t } = useView();
  return (
    <Notice kind={sent ? 'bad' : 'info'}>
      <p>
        <strong>{name ? t('request-form.declined', { name }) : t('request-form.gone')}</strong>
      </p>
      <p>{sent ? t('request-form.instead-sent') : t('request-form.instead')}</p>
      <p>
        <a href="/">{t('request-form.choose-other')}</a>
      </p>
    </Notice>
  );
}

function Consent({ form, partner }: { form: FormState; partner: PartnerView | undefined }) {
  const { t } = useView();
  const name = partner?.name ?? '';
  return (
    <div class="panel request-consent">
      <CheckField
        form={form}
        name="consent"
        label={partner ? t('request-form.consent-one', { name }) : t('request-form.consent')}
        required
      />
      <button type="submit" class="button big">
        {partner ? t('request-form.send-one', { name }) : t('request-form.send')}
      </button>
      <p class="hint">{t('request-form.after')}</p>
    </div>
  );
}

function NextSteps({ partner, window }: { partner: PartnerView | undefined; window: string }) {
  const { t } = useView();
  return (
    <aside class="next-steps" aria-labelledby="next-steps">
      <h2 id="next-steps">{t('request-form.next')}</h2>
      <ol class="what-next">
        <li>{partner ? t('request-form.step-one', { name: partner.name }) : t('request-form.step-three')}</li>
        <li>{partner ? t('request-form.step-follow') : t('request-form.step-choose')}</li>
        <li>{t('request-form.step-window', { window })}</li>
      </ol>
    </aside>
  );
}

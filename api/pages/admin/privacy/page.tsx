import type { ComponentChildren } from 'preact';
import type { Held } from '../../../../db/held.ts';
import { TextField } from '../../form-parts.tsx';
import type { FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
import { Confirm } from '../../tracking/confirm.tsx';
import { useView } from '../../view.ts';
import { Empty } from '../parts.tsx';

export const PRIVACY_PATH = '/admin/privacy';

/** How much was erased just now. */
export interface ErasedCounts {
  requests: number;
  partners: number;
  administrators: number;
}

interface PrivacyProps {
  form: FormState;
  /** What is held under the address that was looked up. */
  found?: { email: string; held: Held } | undefined;
  erased?: ErasedCounts | undefined;
}

/** Look up what is held of a person, hand it over, erase it. */
export function PrivacyPage({ form, found, erased }: PrivacyProps) {
  const { t } = useView();
  return (
    <Layout title={t('nav.privacy')} area="admin">
      <h1>{t('nav.privacy')}</h1>
      {erased && <Notice kind="good">{t('privacy.erased', { ...erased })}</Notice>}
      <p class="admin-intro">{t('privacy.intro')}</p>
      <ErrorSummary form={form} />
      <form method="post" action={PRIVACY_PATH} class="privacy-search" noValidate>
        <TextField
          form={form}
          name="email"
          type="email"
          label={t('field.email')}
          autocomplete="off"
          maxLength={254}
          required
        />
        <button type="submit" class="button">
          {t('privacy.look')}
        </button>
      </form>
      {found && <Found {...found} />}
    </Layout>
  );
}

function Found({ email, held }: { email: string; held: Held }) {
  const { t } = useView();
  if (Object.values(held).every((count) => count === 0)) {
    return (
      <Empty title={t('privacy.nothing')}>
        <p>{t('privacy.nothing-hint')}</p>
      </Empty>
    );
  }
  return (
    <div class="privacy-found" role="status">
      <section class="panel" aria-labelledby="held">
        <h2 id="held">{t('privacy.held', { email })}</h2>
        <dl class="facts">
          <Count label={t('privacy.requests')} count={held.requests}>
            {held.running > 0 && t('privacy.running', { count: held.running })}
          </Count>
          <Count label={t('privacy.reviews')} count={held.reviews} />
          <Count label={t('privacy.partners')} count={held.partners}>
            {held.openDeals > 0 && t('privacy.open-deals', { count: held.openDeals })}
          </Count>
          <Count label={t('privacy.administrators')} count={held.administrators} />
          {held.capturedMails > 0 && <Count label={t('privacy.captured')} count={held.capturedMails} />}
        </dl>
      </section>
      <section class="panel" aria-labelledby="hand-over">
        <h2 id="hand-over">{t('privacy.export-title')}</h2>
        <p>{t('privacy.export-hint')}</p>
        <form method="post" action={`${PRIVACY_PATH}/export`}>
          <input type="hidden" name="email" value={email} />
          <button type="submit" class="button quiet">
            {t('privacy.export')}
          </button>
        </form>
      </section>
      <section class="panel" aria-labelledby="erase">
        <h2 id="erase">{t('privacy.erase-title')}</h2>
        <p>{t('privacy.erase-hint')}</p>
        <Confirm
          action={`${PRIVACY_PATH}/erase`}
          label={t('privacy.erase-open')}
          kind="danger"
          confirm={t('privacy.erase')}
          fields={{ email }}
        >
          {t('privacy.erase-sure')}
        </Confirm>
      </section>
    </div>
  );
}

function Count({ label, count, children }: { label: string; count: number; children?: ComponentChildren }) {
  const { locale } = useView();
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {new Intl.NumberFormat(locale).format(count)} {children && <span class="muted">({children})</span>}
      </dd>
    </>
  );
}

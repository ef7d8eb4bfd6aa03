import type { AdminPartner } from '../../../../db/admin-partners.ts';
import type { FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
import { StaleNotice } from '../../stale-notice.tsx';
import { Time } from '../../time.tsx';
import { useView } from '../../view.ts';
import { Leads } from './list-page.tsx';
import { PartnerFields } from './partner-fields.tsx';

/** Adds a partner. */
export function NewPartnerPage({ form }: { form: FormState }) {
  const { t } = useView();
  return (
    <Layout title={t('admin.partners.add')} area="admin" width="narrow">
      <Back />
      <h1>{t('admin.partners.add')}</h1>
      <ErrorSummary form={form} />
      <form method="post" action="/admin/partners/new" noValidate>
        <PartnerFields form={form} isNew />
        <p class="actions">
          <button type="submit" class="button">
            {t('admin.partners.add-now')}
          </button>
          <a class="button quiet" href="/admin/partners">
            {t('form.cancel')}
          </a>
        </p>
      </form>
    </Layout>
  );
}

interface EditProps {
  partner: AdminPartner;
  form: FormState;
  done?: 'added' | 'saved' | undefined;
  /** Somebody changed the partner since the form was shown: what is typed in it is not saved. */
  stale?: boolean;
}

/** A partner with all that administrators may change of it. */
export function EditPartnerPage({ partner, form, done, stale = false }: EditProps) {
  const { t } = useView();
  const { id, name } = partner;
  return (
    <Layout title={name} area="admin" width="full">
      <Back />
      <h1>{name}</h1>
      {done && <Notice kind="good">{t(done === 'added' ? 'admin.partners.added' : 'form.saved')}</Notice>}
      {stale && <StaleNotice words={t('admin.partners.stale')} href={`/admin/partners/${id}`} />}
      <ErrorSummary form={form} />
      <div class="edit">
        <form method="post" action={`/admin/partners/${id}`} noValidate>
          <PartnerFields form={form} />
          <p class="actions">
            <button type="submit" class="button">
              {t('form.save')}
            </button>
            <a class="button quiet" href="/admin/partners">
              {t('form.cancel')}
            </a>
          </p>
        </form>
        <Standing partner={partner} />
      </div>
    </Layout>
  );
}

function Back() {
  const { t } = useView();
  return (
    <p class="back">
      <a href="/admin/partners">{t('admin.partners.back')}</a>
    </p>
  );
}

/** What is counted, and nobody types. */
function Standing({ partner }: { partner: AdminPartner }) {
  const { t, locale } = useView();
  const { slug, listed, liveLeads, capacity, rank, rating, reviewCount, completedProjects, createdAt } =
    partner;
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <section class="panel story-facts" aria-labelledby="standing">
      <h2 id="standing">{t('admin.partners.standing')}</h2>
      <dl class="facts">
        <dt>{t('admin.partners.profile')}</dt>
        <dd>
          {listed ? <a href={`/partners/${slug}`}>{`/partners/${slug}`}</a> : t('admin.partners.no-profile')}
        </dd>
        <dt>{t('admin.partners.live-leads')}</dt>
        <dd>
          <Leads live={liveLeads} capacity={capacity} />
        </dd>
        <dt>{t('admin.partners.rank-label')}</dt>
        <dd>{t('admin.partners.rank-of', { rank })}</dd>
        <dt>{t('admin.partners.rating')}</dt>
        <dd>
          {rating === null ? t('partner.no-reviews') : t('partner.rated', { rating, reviews: reviewCount })}
        </dd>
        <dt>{t('admin.partners.projects')}</dt>
        <dd>{numbers.format(completedProjects)}</dd>
        <dt>{t('admin.partners.since')}</dt>
        <dd>
          <Time date={createdAt} />
        </dd>
      </dl>
    </section>
  );
}

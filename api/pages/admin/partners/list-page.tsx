import type { AdminPartner } from '../../../../db/admin-partners.ts';
import { TIERS } from '../../../../domain/catalog.ts';
import { countryName } from '../../../../locales/names.ts';
import type { Page } from '../../../cursor.ts';
import { Monogram, Stars, TierBadge } from '../../catalog/partner-parts.tsx';
import { Layout } from '../../layout.tsx';
import { Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';
import { Empty, listPath, Meta, Rows } from '../parts.tsx';
import { isSecret } from '../search.ts';
import { Filter, SearchForm, SearchWords } from '../search-form.tsx';

interface ListProps {
  query: { q?: string | undefined; tier?: string | undefined; listed?: string | undefined };
  /** Something of what was asked for is unknown or too long, and was left out. */
  flawed: boolean;
  found: Page<AdminPartner>;
}

const PATH = '/admin/partners';

/** All partners, newest first, with what only administrators see. */
export function PartnerListPage({ query, flawed, found: { data, page } }: ListProps) {
  const { t } = useView();
  const { q, tier, listed } = query;
  const next = page.nextCursor;
  return (
    <Layout title={t('nav.partners')} area="admin" width="full">
      <div class="page-head">
        <h1>{t('nav.partners')}</h1>
        <a class="button" href={`${PATH}/new`}>
          {t('admin.partners.add')}
        </a>
      </div>
      <Search query={query} />
      {flawed && <Notice kind="info">{t('admin.flawed')}</Notice>}
      {(q || tier || listed) && (
        <p class="found">
          <a href={PATH}>{t('admin.clear')}</a>
        </p>
      )}
      {data.length === 0 ? (
        <Empty title={t('admin.partners.none')}>
          <p>{t('admin.partners.none-hint')}</p>
        </Empty>
      ) : (
        <Rows next={isSecret(q) ? null : next && listPath(PATH, { q, tier, listed, cursor: next })}>
          {data.map((partner) => (
            <PartnerRow partner={partner} />
          ))}
        </Rows>
      )}
    </Layout>
  );
}

function Search({ query: { q, tier, listed } }: Pick<ListProps, 'query'>) {
  const { t } = useView();
  const tiers = TIERS.map((each) => ({ value: each, label: t(`tier.${each}`) }));
  const places = [
    { value: 'true', label: t('admin.partners.listed') },
    { value: 'false', label: t('admin.partners.unlisted') },
  ];
  return (
    <SearchForm path={PATH} method="post">
      <SearchWords label={t('admin.partners.q')} value={q} />
      <Filter name="tier" label={t('catalog.tier')} chosen={tier} options={tiers} />
      <Filter name="listed" label={t('admin.partners.in-catalog')} chosen={listed} options={places} />
    </SearchForm>
  );
}

function PartnerRow({ partner }: { partner: AdminPartner }) {
  const { t, locale } = useView();
  const { id, name, title, tier, type, country, email, listed, accepting, capacity, rating } = partner;
  return (
    <li class="row partner-row">
      <Monogram name={name} />
      <div>
        <div class="row-head">
          <h2>
            <a href={`${PATH}/${id}`}>{name}</a>
          </h2>
          <TierBadge tier={tier} />
          {!listed && <span class="badge bad">{t('admin.partners.unlisted')}</span>}
          {!accepting && <span class="badge">{t('admin.partners.paused')}</span>}
        </div>
        <p class="row-title">{title}</p>
        <Meta
          facts={[
            `${t(`type.${type}`)}, ${countryName(locale, country)}`,
            email,
            <Leads live={partner.liveLeads} capacity={capacity} />,
            t('admin.partners.rank', { rank: partner.rank }),
            rating !== null && <Stars rating={rating} reviews={partner.reviewCount} />,
          ]}
        />
      </div>
    </li>
  );
}

/** How many live leads a partner has, and of how many where it set a limit. */
export function Leads({ live, capacity }: { live: number; capacity: number | null }) {
  const { t } = useView();
  return (
    <>
      {capacity === null
        ? t('admin.partners.leads', { count: live })
        : t('admin.partners.leads-of', { count: live, capacity })}
    </>
  );
}

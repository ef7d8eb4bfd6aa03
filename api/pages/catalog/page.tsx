import type { FilterCounts } from '../../../db/partners.ts';
import type { CatalogPage as Found } from '../../catalog-list.ts';
import { Layout } from '../layout.tsx';
import { More } from '../more.tsx';
import { Notice } from '../notices.tsx';
import { useView } from '../view.ts';
import { Filters } from './filters.tsx';
import { PartnerCard } from './partner-card.tsx';
import { type CatalogQuery, catalogPath } from './query.ts';

interface CatalogProps {
  query: CatalogQuery;
  found: Found;
  counts: FilterCounts;
}

/** The catalog: find a partner by hand, or have three found. */
export function CatalogPage({ query, found, counts }: CatalogProps) {
  const { t } = useView();
  return (
    <Layout title={t('catalog.title')} width="full">
      <section class="hero">
        <div>
          <h1>{t('catalog.headline')}</h1>
          <p>{t('catalog.intro')}</p>
        </div>
        <FindButton query={query} />
      </section>
      <Filters query={query} counts={counts} />
      {query.flawed && <Notice kind="info">{t('catalog.flawed')}</Notice>}
      <Results query={query} found={found} counts={counts} />
    </Layout>
  );
}

/** The request form starts with what is being looked for. */
function FindButton({ query: { cursor, q, flawed, ...wishes } }: { query: CatalogQuery }) {
  const { t } = useView();
  return (
    <p class="hero-action" id="find">
      <a class="button big" href={catalogPath(wishes, '/requests/new')}>
        {t('catalog.find')}
      </a>
      <small>{t('catalog.find-hint')}</small>
    </p>
  );
}

function Results({ query, found, counts }: CatalogProps) {
  const { t } = useView();
  const { nextCursor } = found.page;
  return (
    <section id="results" aria-label={t('catalog.results')}>
      <div class="results-head">
        <p role="status" class="results-count">
          {countWords(useView().t, query, found, counts)}
        </p>
        {!isEverything(query) && <a href="/">{t('catalog.clear')}</a>}
      </div>
      {query.language && found.data.length > 0 && <p class="hint">{t('catalog.language-order')}</p>}
      {found.data.length === 0 && <NoResults />}
      <div class="page-of-cards" data-added={query.cursor ? true : undefined}>
        <ul class="cards">
          {found.data.map((partner) => (
            <li>
              <PartnerCard partner={partner} />
            </li>
          ))}
        </ul>
        {nextCursor && (
          <More
            href={catalogPath({ ...query, cursor: nextCursor })}
            label={t('catalog.more')}
            select=".page-of-cards"
          />
        )}
      </div>
    </section>
  );
}

function NoResults() {
  const { t } = useView();
  return (
    <div class="empty">
      <h2>{t('catalog.empty-title')}</h2>
      <p>{t('catalog.empty')}</p>
      <p class="actions">
        <a class="button" href="/">
          {t('catalog.clear')}
        </a>
        <a class="button quiet" href="/requests/new">
          {t('catalog.find')}
        </a>
      </p>
    </div>
  );
}

function isEverything({ services, country, language, type, tier, q }: CatalogQuery): boolean {
  return services.length === 0 && !country && !language && !type && !tier && !q;
}

/**
 * How many were found, as far as it is known without counting them: the total of the catalog and of a single
 * filter are kept; else the end of the list tells.
 */
function countWords(
  t: ReturnType<typeof useView>['t'],
  query: CatalogQuery,
  { data, page, similar }: Found,
  counts: FilterCounts,
): string {
  if (similar) return t('catalog.similar', { q: query.q ?? '' });
  const total = knownTotal(query, counts);
  if (total !== undefined) return t('catalog.count', { count: total });
  if (page.nextCursor === null && !query.cursor) return t('catalog.count', { count: data.length });
  return query.cursor ? t('catalog.count-further') : t('catalog.count-over', { count: data.length });
}

function knownTotal(query: CatalogQuery, counts: FilterCounts): number | undefined {
  const { services, country, language, type, tier, q } = query;
  if (q) return undefined;
  const single = [
    ...services.map((service) => counts.services[service] ?? 0),
    ...(country ? [counts.countries[country] ?? 0] : []),
    ...(language ? [counts.languages[language] ?? 0] : []),
    ...(type ? [counts.types[type] ?? 0] : []),
    ...(tier ? [counts.tiers[tier] ?? 0] : []),
  ];
  if (single.length > 1) return undefined;
  return single[0] ?? counts.total;
}

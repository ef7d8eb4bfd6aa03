import type { PartnerView } from '../../../db/partners.ts';
import type { Criteria } from '../../../db/requests.ts';
import { PartnerCard } from '../catalog/partner-card.tsx';
import { type CatalogQuery, catalogPath } from '../catalog/query.ts';
import { useView, type View } from '../view.ts';
import { Confirm } from './confirm.tsx';
import type { Others, Tracked } from './read.ts';
import { wishesOf, wishWords, without } from './wishes.ts';

interface OthersProps {
  tracked: Tracked;
  others: Others;
  /** The address of the request's page. */
  page: string;
}

/** Whom the request can be sent to now: partners picked out for it, or somebody that the client knows. */
export function OtherPartners({ tracked, others, page }: OthersProps) {
  const { t } = useView();
  return (
    <section aria-labelledby="others-title" id="others" class="others">
      <h2 id="others-title">{t('tracking.others')}</h2>
      <p>{introduction(useView(), tracked.request.criteria, others)}</p>
      <Sendable partners={others.suggestions} page={page} />
      <Named tracked={tracked} others={others} page={page} />
    </section>
  );
}

function introduction({ t, locale }: View, criteria: Criteria, { suggestions, but }: Others): string {
  if (suggestions.length === 0) return t('tracking.others-none');
  if (but) return t('tracking.others-but', { wish: wishWords(locale, but.wish) });
  return t(wishesOf(criteria).length > 0 ? 'tracking.others-intro' : 'tracking.others-any');
}

/** Somebody in particular, by title or name; the catalog has the rest. */
function Named({ tracked, others: { q = '', found, but, suggestions }, page }: OthersProps) {
  const { t } = useView();
  const { criteria } = tracked.request;
  // Where nobody meets the criteria, they would lead to an empty list.
  const near = but ? without(criteria, but.wish) : criteria;
  const catalog = suggestions.length > 0 ? catalogPath(filters(near)) : '/';
  return (
    <div class="panel named">
      <h3 id="named-title">{t('tracking.named')}</h3>
      <form action={`${page}#named-title`} class="named-form">
        <label for="named-q">{t('catalog.q')}</label>
        <input id="named-q" type="search" name="q" value={q} maxLength={100} autocomplete="off" />
        <button type="submit" class="button quiet">
          {t('tracking.named-search')}
        </button>
      </form>
      {q && (
        <p role="status">
          {found.length === 0 ? t('tracking.named-none', { q }) : t('tracking.named-found', { q })}
        </p>
      )}
      <Sendable partners={found} page={page} />
      <p>
        <a class="alone" href={catalog}>
          {t('tracking.catalog')}
        </a>
      </p>
    </div>
  );
}

function filters({ services, country, language, partnerType, tier }: Criteria): Partial<CatalogQuery> {
  return {
    services,
    country: country ?? undefined,
    language: language ?? undefined,
    type: partnerType ?? undefined,
    tier: tier ?? undefined,
  };
}

function Sendable({ partners, page }: { partners: PartnerView[]; page: string }) {
  const { t } = useView();
  if (partners.length === 0) return null;
  return (
    <ul class="cards sendable">
      {partners.map((partner) => (
        <li>
          <PartnerCard partner={partner} />
          {partner.accepting && (
            <Confirm
              action={`${page}/forward`}
              label={t('tracking.send')}
              about={partner.name}
              kind="quiet"
              confirm={t('tracking.send-yes', { partner: partner.name })}
              fields={{ partnerId: partner.id }}
            >
              {t('tracking.send-what')}
            </Confirm>
          )}
        </li>
      ))}
    </ul>
  );
}

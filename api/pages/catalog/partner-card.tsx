import type { PartnerView } from '../../../db/partners.ts';
import { durationWords } from '../../../locales/duration-words.ts';
import { countryName, languageName, serviceName } from '../../../locales/names.ts';
import { useView } from '../view.ts';
import { Monogram, Stars, TierBadge } from './partner-parts.tsx';

// More than this would make cards of uneven height.
const SHOWN_SERVICES = 4;

/** A partner in the catalog: all that one compares by. The whole card leads to the profile. */
export function PartnerCard({ partner }: { partner: PartnerView }) {
  const { t, locale } = useView();
  const { name, title, slug, type, tier, country, languages, services } = partner;
  const others = services.length - SHOWN_SERVICES;
  return (
    <article class="card">
      <div class="card-head">
        <Monogram name={name} />
        <div>
          <h3>
            <a href={`/partners/${slug}`}>{name}</a>
          </h3>
          <p class="card-type">
            {t(`type.${type}`)} · {countryName(locale, country)}
          </p>
          <TierBadge tier={tier} />
        </div>
      </div>
      <p class="card-title">{title}</p>
      <ul class="tags">
        {services.slice(0, SHOWN_SERVICES).map((service) => (
          <li>{serviceName(locale, service)}</li>
        ))}
        {others > 0 && <li class="tag-more">{t('partner.more-services', { count: others })}</li>}
      </ul>
      <p class="card-languages">{languages.map(({ code }) => languageName(locale, code)).join(' · ')}</p>
      <PartnerFigures partner={partner} />
    </article>
  );
}

/** Rating, projects and speed. */
export function PartnerFigures({ partner }: { partner: PartnerView }) {
  const { t, locale } = useView();
  const { rating, reviewCount, completedProjects, answerSeconds, accepting } = partner;
  return (
    <ul class="figures">
      <li>{rating === null ? t('partner.no-reviews') : <Stars rating={rating} reviews={reviewCount} />}</li>
      <li>{t('partner.projects', { count: completedProjects })}</li>
      {accepting && answerSeconds !== null && (
        <li>{t('partner.answers', { time: durationWords(locale, answerSeconds * 1_000) })}</li>
      )}
      {!accepting && <li class="paused">{t('partner.paused')}</li>}
    </ul>
  );
}

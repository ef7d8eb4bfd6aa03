import type { Standing } from '../../../../db/profiles.ts';
import { adviseOnRank, explainRank, type RankPart } from '../../../../domain/rank-words.ts';
import { adviceWords, explanation } from '../../../../locales/rank-words.ts';
import { useView } from '../../view.ts';
import { Bar } from './bar.tsx';

/** The place in the catalog, and the points that make it. */
export function Place({ standing: { rank, place, of } }: { standing: Standing }) {
  const { t, locale } = useView();
  const number = new Intl.NumberFormat(locale);
  return (
    <section class="panel place" aria-labelledby="place-title">
      <h2 id="place-title">{t('standing.place')}</h2>
      {place === null ? (
        <p>{t('rank.unlisted')}</p>
      ) : (
        <p class="place-words">
          <strong>{number.format(place)}</strong> <span>{t('standing.place-of', { of })}</span>
        </p>
      )}
      <p class="place-points">{t('standing.points', { points: rank })}</p>
      <Bar share={rank / 100} />
      <p class="hint">{t('standing.points-hint')}</p>
    </section>
  );
}

/** What the points come from. */
export function RankParts({ standing }: { standing: Standing }) {
  const { t } = useView();
  return (
    <section class="panel" aria-labelledby="parts-title">
      <h2 id="parts-title">{t('standing.parts')}</h2>
      <ul class="rank-parts">
        {explainRank(standing).map((part) => (
          <li>
            <Part part={part} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Part({ part }: { part: RankPart }) {
  const { t, locale } = useView();
  const { code, points, max } = part;
  return (
    <>
      <div class="rank-part">
        <h3>{t(`standing.part.${code}`)}</h3>
        <span>{t('standing.points-of', { points, max })}</span>
      </div>
      <Bar share={points / max} />
      <p class="hint">{explanation(locale, part)}</p>
    </>
  );
}

/** What would raise the rank. */
export function RankAdvice({ standing }: { standing: Standing }) {
  const { t, locale } = useView();
  const advice = adviseOnRank(standing);
  return (
    <section class="panel advice" aria-labelledby="advice-title">
      <h2 id="advice-title">{t('standing.advice')}</h2>
      {advice.length > 0 ? (
        <ul>
          {advice.map((each) => (
            <li>
              {adviceWords(locale, each)}{' '}
              {each.code === 'ask-clients' && <a href="/workspace/reviews">{t('standing.whose')}</a>}
            </li>
          ))}
        </ul>
      ) : (
        <p>{t('standing.no-advice')}</p>
      )}
    </section>
  );
}

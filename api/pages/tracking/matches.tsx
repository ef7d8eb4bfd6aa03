import type { MatchView } from '../../../db/matches.ts';
import { nextStatus } from '../../../domain/request-life.ts';
import { reasonWords } from '../../../locales/reason-words.ts';
import { Monogram } from '../catalog/partner-parts.tsx';
import { Time } from '../time.tsx';
import { useView } from '../view.ts';
import { Confirm } from './confirm.tsx';
import type { Tracked } from './read.ts';

const BADGES = {
  sent: '',
  answered: 'good',
  chosen: 'active',
  won: 'good',
  refused: '',
  lost: '',
} as const satisfies Record<MatchView['status'], string>;

/** The partners that have the request: who they are, why they were picked, and what they said. */
export function Matches({ tracked, page }: { tracked: Tracked; page: string }) {
  const { t } = useView();
  const { matches, request } = tracked;
  if (request.status === 'received') return <Looking places={request.mode === 'manual' ? 1 : 3} />;
  if (matches.length === 0) return null;
  // Who is out of it comes last; else they stay where they are while one looks.
  const inOrder = [...matches].sort((a, b) => Number(isOut(a)) - Number(isOut(b)));
  return (
    <section aria-labelledby="partners-title">
      <h2 id="partners-title">{t('tracking.partners', { count: matches.length })}</h2>
      <ul class="matches">
        {inOrder.map((match) => (
          <li id={`partner-${match.partner.slug}`}>
            <Match match={match} tracked={tracked} page={page} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function isOut({ status }: MatchView): boolean {
  return status === 'refused' || status === 'lost';
}

function Match({ match, tracked, page }: { match: MatchView; tracked: Tracked; page: string }) {
  const { t } = useView();
  const { partner, status, answeredAt } = match;
  return (
    <article class={`match ${status}`}>
      <div class="card-head">
        <Monogram name={partner.name} />
        <div>
          <h3>
            <a href={`/partners/${partner.slug}`}>{partner.name}</a>
          </h3>
          <p>{partner.title}</p>
        </div>
      </div>
      <p class="match-state">
        <span class={`badge ${BADGES[status]}`}>{t(`tracking.match.${status}`)}</span>
        {answeredAt && (
          <small class="muted">
            {t('tracking.answered-at')} <Time date={answeredAt} />
          </small>
        )}
      </p>
      <Why match={match} />
      <Choose match={match} tracked={tracked} page={page} />
    </article>
  );
}

/** Why it was picked; of one that is out of it, only for who wants to know. */
function Why({ match }: { match: MatchView }) {
  const { t, locale } = useView();
  const reasons = (
    <ul class="match-why">
      {match.reasons.map((reason) => (
        <li>{reason.code === 'chosen-by-client' ? t('tracking.why-you') : reasonWords(locale, reason)}</li>
      ))}
    </ul>
  );
  if (isOut(match)) {
    return (
      <details data-calm>
        <summary>{t('tracking.why')}</summary>
        {reasons}
      </details>
    );
  }
  return (
    <>
      <h4>{t('tracking.why')}</h4>
      {reasons}
    </>
  );
}

/** Only a live match can be chosen, and only while nobody is. */
function Choose({ match, tracked, page }: { match: MatchView; tracked: Tracked; page: string }) {
  const { t } = useView();
  const { partner, status } = match;
  const live = (each: MatchView) => each.status === 'sent' || each.status === 'answered';
  if (!live(match) || !nextStatus(tracked.request.status, 'chosen')) return null;
  const others = tracked.matches.filter((each) => each !== match && live(each)).length;
  return (
    <Confirm
      action={`${page}/choice`}
      label={t('tracking.choose')}
      about={partner.name}
      kind={status === 'answered' ? undefined : 'quiet'}
      confirm={t('tracking.choose-yes', { partner: partner.name })}
      fields={{ partnerId: partner.id }}
    >
      {t('tracking.choose-what', { others })} {status === 'sent' && t('tracking.choose-silent')}
    </Confirm>
  );
}

/** Empty places for the partners that are being found. */
function Looking({ places }: { places: number }) {
  return (
    <ul class="matches looking" aria-hidden="true">
      {Array.from({ length: places }, () => (
        <li>
          <div class="match">
            <div class="card-head">
              <span class="monogram" />
              <div>
                <span class="ghost" />
                <span class="ghost short" />
              </div>
            </div>
            <span class="ghost" />
            <span class="ghost" />
            <span class="ghost short" />
          </div>
        </li>
      ))}
    </ul>
  );
}

import { durationWords } from '../../../locales/duration-words.ts';
import { Time } from '../time.tsx';
import { useView } from '../view.ts';
import type { Tracked } from './read.ts';

/** Where the request stands, in words. News are read out when they come in while the page is open. */
export function Status({ tracked }: { tracked: Tracked }) {
  const { t } = useView();
  const { request, matches } = tracked;
  const { status, mode } = request;
  const values = {
    mode,
    count: matches.length,
    live: matches.filter((match) => ['sent', 'answered', 'chosen'].includes(match.status)).length,
    answers: matches.filter((match) => match.status === 'answered').length,
    partner: matches.find((match) => match.status === 'chosen' || match.status === 'won')?.partner.name ?? '',
  };
  return (
    <div class={`panel status ${status}`}>
      <div aria-live="polite" aria-atomic="true">
        <h2>{t(`tracking.title.${status}`, values)}</h2>
        <p>{t(`tracking.text.${status}`, values)}</p>
        <Scarcity tracked={tracked} />
      </div>
      {status === 'routed' && <AnswerWindow dueAt={request.answerWindow.dueAt} />}
      {status === 'cancelled' && (
        <p>
          <a class="button" href="/requests/new">
            {t('catalog.find')}
          </a>
        </p>
      )}
    </div>
  );
}

/** Said openly: that fewer than three partners could be found. */
function Scarcity({ tracked: { request, matches } }: { tracked: Tracked }) {
  const { t } = useView();
  const drawn = matches.filter(({ reasons }) => !reasons.some(({ code }) => code === 'chosen-by-client'));
  const waiting = request.status === 'routed' || request.status === 'answered';
  if (!waiting || request.mode === 'manual' || drawn.length === 0 || drawn.length > 2) return null;
  return <p class="muted">{t('tracking.scarce', { count: drawn.length })}</p>;
}

/** How long partners still have to answer. */
function AnswerWindow({ dueAt }: { dueAt: Date | null }) {
  const { t, locale } = useView();
  if (!dueAt) return null;
  const left = dueAt.getTime() - Date.now();
  return (
    <p class="window">
      <Clock />
      <span>
        {left > 0 ? t('tracking.window', { left: durationWords(locale, left) }) : t('tracking.window-over')}{' '}
        <small class="muted">
          <Time date={dueAt} />
        </small>
      </span>
    </p>
  );
}

function Clock() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="12" cy="12" r="9" stroke-width="2" />
      <path d="M12 7v5l3.5 2" stroke-width="2" stroke-linecap="round" />
    </svg>
  );
}

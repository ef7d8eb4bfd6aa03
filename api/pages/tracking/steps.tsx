import type { RequestStatus } from '../../../domain/request-life.ts';
import { useView } from '../view.ts';

const STEPS = ['sent', 'asked', 'answers', 'choice', 'done'] as const;

/** How many steps lie behind a request. */
const BEHIND: Record<RequestStatus, number> = {
  received: 1,
  unmatched: 1,
  routed: 2,
  invited: 2,
  answered: 3,
  chosen: 4,
  completed: 5,
  cancelled: 1,
};

interface StepsProps {
  status: RequestStatus;
  mode: 'automated' | 'manual';
}

/** How far a request has come, from sent to done. */
export function Steps({ status, mode }: StepsProps) {
  const { t } = useView();
  const behind = BEHIND[status];
  const stuck = status === 'unmatched' || status === 'invited';
  return (
    <ol class={stuck ? 'steps stuck' : 'steps'} aria-label={t('tracking.steps')}>
      {STEPS.map((step, index) => {
        const state = index < behind ? 'past' : index === behind ? 'here' : 'ahead';
        return (
          <li class={state} aria-current={state === 'here' ? 'step' : undefined}>
            <span class="dot" aria-hidden="true">
              {state === 'past' && <Tick />}
            </span>
            <span>{t(`tracking.step.${step}`, { mode })}</span>
            {state === 'past' && <span class="unseen">: {t('tracking.step-past')}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d="M3 8.5l3.2 3.2L13 5" fill="none" stroke="currentColor" stroke-width="2.4" />
    </svg>
  );
}

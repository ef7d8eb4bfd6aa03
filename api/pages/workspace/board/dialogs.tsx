import type { ComponentChildren } from 'preact';
import { useView } from '../../view.ts';
import { ReasonSelect } from '../deal/reason-select.tsx';

/** What a drop asks before it counts; board.js opens them, and puts the deal back where nobody says yes. */
export function Dialogs() {
  const { t } = useView();
  return (
    <>
      <Asking asks="reason" title={t('deal.lose-title')} yes={t('deal.lose')} danger>
        <ReasonSelect id="asked-reason" />
      </Asking>
      <Asking asks="confirmation" title={t('deal.win-title')} yes={t('deal.win')}>
        <p>{t('deal.won-asks')}</p>
      </Asking>
    </>
  );
}

interface AskingProps {
  asks: 'reason' | 'confirmation';
  title: string;
  yes: string;
  danger?: boolean;
  children: ComponentChildren;
}

function Asking({ asks, title, yes, danger = false, children }: AskingProps) {
  const { t } = useView();
  return (
    <dialog id={`ask-${asks}`} class="panel ask" aria-labelledby={`ask-${asks}-title`}>
      <form method="dialog">
        <h2 id={`ask-${asks}-title`}>{title}</h2>
        <p class="ask-deal" />
        {children}
        <p class="actions">
          <button type="submit" value="yes" class={danger ? 'button danger' : 'button'}>
            {yes}
          </button>
          <button type="submit" value="no" class="button quiet" formNoValidate>
            {t('deal.keep')}
          </button>
        </p>
      </form>
    </dialog>
  );
}

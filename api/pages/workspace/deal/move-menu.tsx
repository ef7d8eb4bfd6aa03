import type { BoardStage } from '../../../../db/boards.ts';
import type { DealKind } from '../../../../domain/deal-life.ts';
import { useView } from '../../view.ts';
import { KindMark } from '../board/kind-mark.tsx';
import { ReasonSelect } from './reason-select.tsx';
import { type Target, targetsOf } from './targets.ts';

/** A deal as far as moving it goes. */
export interface Movable {
  id: string;
  version: number;
  title: string;
  kind: DealKind;
  stageId: string;
  lostReason: string | null;
}

/** A move that was sent without all that it asks for. */
export interface IncompleteMove {
  dealId: string;
  stageId: string;
  error: string;
}

interface MenuProps {
  deal: Movable;
  stages: BoardStage[];
  /** Where the partner goes on after the move. */
  back: 'board' | 'deal';
  incomplete?: IncompleteMove | undefined;
}

/** *Move to…*: the stages a deal can go to, each asking first what its move asks. Works without JavaScript. */
export function MoveMenu({ deal, stages, back, incomplete }: MenuProps) {
  const { t } = useView();
  const targets = targetsOf(deal, stages);
  const mine = incomplete?.dealId === deal.id ? incomplete : undefined;
  if (targets.length === 0) return null;
  return (
    <details class="move-to" name="move-to" open={mine !== undefined}>
      <summary class="button quiet">
        {t('deal.move')} <span class="unseen">{deal.title}</span>
      </summary>
      <ul class="targets">
        {targets.map((target) => (
          <li>
            <MoveForm
              deal={deal}
              target={target}
              back={back}
              error={mine?.stageId === target.stage.id ? mine.error : undefined}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}

interface FormProps {
  deal: Movable;
  target: Target;
  back: 'board' | 'deal';
  error: string | undefined;
}

function MoveForm({ deal, target: { stage, asks }, back, error }: FormProps) {
  const { t } = useView();
  const name = (
    <>
      <KindMark kind={stage.kind} /> {stage.name}
    </>
  );
  const hidden = (
    <>
      <input type="hidden" name="stageId" value={stage.id} />
      <input type="hidden" name="version" value={deal.version} />
      <input type="hidden" name="back" value={back} />
    </>
  );
  const form = { class: 'move-form', method: 'post', action: `/workspace/deals/${deal.id}/move` } as const;
  if (asks === 'nothing')
    return (
      <form {...form}>
        {hidden}
        <button type="submit" class="target">
          {name}
        </button>
      </form>
    );
  return (
    <details class="asking" name={`asking-${deal.id}`} open={error !== undefined}>
      <summary class="target">{name}</summary>
      <form {...form} noValidate>
        {hidden}
        {asks === 'reason' ? (
          <ReasonSelect id={`reason-${deal.id}-${stage.id}`} error={error} />
        ) : (
          <p>{t('deal.won-asks')}</p>
        )}
        <button type="submit" class={asks === 'reason' ? 'button danger' : 'button'}>
          {t(asks === 'reason' ? 'deal.lose' : 'deal.win')}
        </button>
      </form>
    </details>
  );
}

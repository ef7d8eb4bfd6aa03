import type { Board, BoardStage } from '../../../../db/boards.ts';
import { NEEDED_KINDS } from '../../../../life/edit-board-plan.ts';
import { TextField } from '../../form-parts.tsx';
import { type FormState, typedText } from '../../forms.ts';
import { useView } from '../../view.ts';
import { KindMark } from '../board/kind-mark.tsx';

interface StageProps {
  boards: Board[];
  board: Board;
  stage: BoardStage;
  index: number;
  form: FormState;
  refused: string | undefined;
}

/** One stage in the form of its pipeline: its name, its place, its end. */
export function StageFields({ boards, board, stage, index, form, refused }: StageProps) {
  const { t } = useView();
  const { id, name, kind, dealCount } = stage;
  const forStage = <span class="unseen">{name}</span>;
  return (
    <fieldset class="stage-fields">
      <legend>
        <KindMark kind={kind} /> {t(`stage.${kind}`)}
        <span class="count">{t('pipelines.holds', { count: dealCount })}</span>
      </legend>
      <input type="hidden" name={`stages.${index}.id`} value={id} />
      <TextField
        form={form}
        name={`stages.${index}.name`}
        label={t('pipelines.stage-name')}
        maxLength={200}
        required
      />
      <div class="actions">
        {index > 0 && (
          <button type="submit" name="up" value={id} class="button quiet">
            <span aria-hidden="true">↑</span> {t('pipelines.up')} {forStage}
          </button>
        )}
        {index < board.stages.length - 1 && (
          <button type="submit" name="down" value={id} class="button quiet">
            <span aria-hidden="true">↓</span> {t('pipelines.down')} {forStage}
          </button>
        )}
        <RemoveStage boards={boards} board={board} stage={stage} form={form} refused={refused} />
      </div>
    </fieldset>
  );
}

function RemoveStage({ boards, board, stage, form, refused }: Omit<StageProps, 'index'>) {
  const { t } = useView();
  const { id, name, kind, dealCount } = stage;
  const isNeeded = NEEDED_KINDS.some((each) => each === kind);
  if (isNeeded && board.stages.filter((each) => each.kind === kind).length === 1)
    return <p class={refused ? 'error' : 'hint'}>{refused ?? t('pipelines.needed')}</p>;
  const field = `targets.${id}`;
  const targets = boards.flatMap(({ name: pipeline, stages }) =>
    stages
      .filter((each) => each.kind === kind && each.id !== id)
      .map((each) => ({ value: each.id, label: `${pipeline}: ${each.name}` })),
  );
  return (
    <details class="removing" open={refused !== undefined}>
      <summary class="button quiet">
        {t('pipelines.remove-stage')} <span class="unseen">{name}</span>
      </summary>
      {refused && (
        <p class="error" role="alert">
          {refused}
        </p>
      )}
      {dealCount > 0 && targets.length === 0 && <p>{t('pipelines.no-target')}</p>}
      {dealCount > 0 && targets.length > 0 && (
        <div class="field">
          <label for={`target-${id}`}>{t('pipelines.target', { count: dealCount })}</label>
          <select id={`target-${id}`} name={field}>
            <option value="">{t('pipelines.choose')}</option>
            {targets.map(({ value, label }) => (
              <option value={value} selected={typedText(form.typed, field) === value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
      {(dealCount === 0 || targets.length > 0) && (
        <button type="submit" name="remove" value={id} class="button danger">
          {t('pipelines.remove-stage-yes')} <span class="unseen">{name}</span>
        </button>
      )}
    </details>
  );
}

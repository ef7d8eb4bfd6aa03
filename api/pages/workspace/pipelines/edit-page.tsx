import type { Board } from '../../../../db/boards.ts';
import { TextField } from '../../form-parts.tsx';
import type { FormState, Typed } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';
import { NewStage } from './new-stage.tsx';
import { PIPELINES_PATH, pipelinePath } from './paths.ts';
import { Removal } from './removal.tsx';
import { StageFields } from './stage-fields.tsx';

/** What was refused, in words, and where on the page. */
export interface RefusedAt {
  place: string;
  words: string;
}

interface EditProps {
  boards: Board[];
  board: Board;
  /** What was typed; undefined: nothing yet. */
  form: FormState | undefined;
  refused: RefusedAt | undefined;
  done: 'added' | 'saved' | undefined;
  leadsName: string;
}

/** One pipeline: its name and its stages in one form, and its end. Every button saves what was typed as well. */
export function EditPage({ boards, board, form, refused, done, leadsName }: EditProps) {
  const { t } = useView();
  const state = { typed: asTyped(board, form?.typed), errors: form?.errors ?? {} };
  return (
    <Layout title={board.name} area="workspace" width="narrow">
      <p class="back-link">
        <a href={PIPELINES_PATH}>{t('pipelines.back')}</a>
      </p>
      <h1>{board.name}</h1>
      {board.position === 0 && <p class="muted">{t('pipelines.first-hint')}</p>}
      {done && <Notice kind="good">{t(done === 'added' ? 'pipelines.added' : 'form.saved')}</Notice>}
      {refused?.place === 'form' && <Notice kind="bad">{refused.words}</Notice>}
      <ErrorSummary form={state} />
      <form method="post" action={pipelinePath(board.id)} class="panel pipeline-form" noValidate>
        {/* Enter in a field presses the first button of a form: that must be saving. */}
        <button type="submit" class="unseen" tabIndex={-1} aria-hidden="true">
          {t('form.save')}
        </button>
        <TextField form={state} name="name" label={t('pipelines.name')} maxLength={200} required />
        <h2>{t('pipelines.stages')}</h2>
        <p class="hint">{t('pipelines.stages-hint')}</p>
        <ol class="stage-list">
          {board.stages.map((stage, index) => (
            <li>
              <StageFields
                boards={boards}
                board={board}
                stage={stage}
                index={index}
                form={state}
                refused={refused?.place === stage.id ? refused.words : undefined}
              />
            </li>
          ))}
        </ol>
        <NewStage form={state} />
        <p class="actions save-row">
          <button type="submit" class="button">
            {t('form.save')}
          </button>
        </p>
      </form>
      <Removal
        boards={boards}
        board={board}
        refused={refused?.place === 'removal' ? refused.words : undefined}
        leadsName={leadsName}
      />
    </Layout>
  );
}

/** The fields by the stages as they stand now, with the names that were typed for them. */
function asTyped({ name, stages }: Board, sent: Typed = {}): Typed {
  const typed: Typed = { name, ...sent };
  const places = Object.keys(sent).filter((key) => key.endsWith('.id'));
  stages.forEach((stage, index) => {
    const place = places.find((key) => sent[key] === stage.id)?.replace(/id$/, 'name');
    typed[`stages.${index}.name`] = (place && sent[place]) ?? stage.name;
  });
  return typed;
}

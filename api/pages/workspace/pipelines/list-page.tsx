import type { Board } from '../../../../db/boards.ts';
import { FormKey } from '../../form-key.tsx';
import { TextField } from '../../form-parts.tsx';
import type { FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';
import { KindMark } from '../board/kind-mark.tsx';
import { boardPath } from '../board/paths.ts';
import { PIPELINES_PATH, pipelinePath } from './paths.ts';

interface ListProps {
  boards: Board[];
  adding: FormState;
  refused: string | undefined;
  done: 'moved' | 'removed' | undefined;
  /** What the pipeline is called that the first request makes. */
  leadsName: string;
}

/** The partner's pipelines in order; new requests come into the first. */
export function ListPage({ boards, adding, refused, done, leadsName }: ListProps) {
  const { t } = useView();
  return (
    <Layout title={t('pipelines.title')} area="workspace">
      <h1>{t('pipelines.title')}</h1>
      <p>{t('pipelines.intro')}</p>
      {refused && <Notice kind="bad">{refused}</Notice>}
      {done === 'moved' && <Notice kind="good">{t('pipelines.moved')}</Notice>}
      {done === 'removed' && <Notice kind="good">{t('pipelines.removed')}</Notice>}
      {boards.length === 0 && <Notice kind="info">{t('pipelines.none', { pipeline: leadsName })}</Notice>}
      <ol class="pipelines">
        {boards.map((board, index) => (
          <li class="panel">
            <Pipeline board={board} isLast={index === boards.length - 1} />
          </li>
        ))}
      </ol>
      <section class="panel" aria-labelledby="add">
        <h2 id="add">{t('pipelines.add-title')}</h2>
        <p class="hint">{t('pipelines.add-hint')}</p>
        <ErrorSummary form={adding} />
        <form method="post" action={PIPELINES_PATH} noValidate>
          <FormKey form={adding} />
          <TextField form={adding} name="name" label={t('pipelines.name')} maxLength={200} required />
          <button type="submit" class="button">
            {t('pipelines.add')}
          </button>
        </form>
      </section>
    </Layout>
  );
}

function Pipeline({ board: { id, name, position, stages }, isLast }: { board: Board; isLast: boolean }) {
  const { t } = useView();
  return (
    <article class="pipeline">
      <div class="pipeline-head">
        <h2>
          <a href={pipelinePath(id)}>{name}</a>
        </h2>
        {position === 0 && <span class="badge active">{t('pipelines.first')}</span>}
      </div>
      <ol class="pipeline-stages" aria-label={t('pipelines.stages')}>
        {stages.map((stage) => (
          <li>
            <KindMark kind={stage.kind} /> {stage.name}{' '}
            <span class="count">
              {stage.dealCount} <span class="unseen">{t('board.deals', { count: stage.dealCount })}</span>
            </span>
          </li>
        ))}
      </ol>
      <div class="actions">
        <a class="button quiet" href={pipelinePath(id)}>
          {t('pipelines.edit')} <span class="unseen">{name}</span>
        </a>
        <a class="button quiet" href={boardPath(id)}>
          {t('pipelines.open')} <span class="unseen">{name}</span>
        </a>
        {position > 0 && <MoveButton id={id} name={name} to={position - 1} up />}
        {!isLast && <MoveButton id={id} name={name} to={position + 1} />}
      </div>
    </article>
  );
}

function MoveButton({ id, name, to, up = false }: { id: string; name: string; to: number; up?: boolean }) {
  const { t } = useView();
  return (
    <form method="post" action={`${pipelinePath(id)}/position`}>
      <input type="hidden" name="position" value={to} />
      <button type="submit" class="button quiet">
        <span aria-hidden="true">{up ? '↑' : '↓'}</span> {t(up ? 'pipelines.up' : 'pipelines.down')}{' '}
        <span class="unseen">{name}</span>
      </button>
    </form>
  );
}

import type { Board } from '../../../../db/boards.ts';
import { useView } from '../../view.ts';
import { pipelinePath } from './paths.ts';

interface RemovalProps {
  boards: Board[];
  board: Board;
  refused: string | undefined;
  leadsName: string;
}

/** The end of a pipeline: where its deals go, and where new requests come from then on. */
export function Removal({ boards, board, refused, leadsName }: RemovalProps) {
  const { t } = useView();
  const deals = board.stages.reduce((sum, { dealCount }) => sum + dealCount, 0);
  const others = boards.filter(({ id }) => id !== board.id);
  const heir = others[0];
  return (
    <section class="panel" aria-labelledby="removal">
      <h2 id="removal">{t('pipelines.remove-title')}</h2>
      {board.position === 0 && (
        <p>
          {heir
            ? t('pipelines.remove-first', { pipeline: heir.name })
            : t('pipelines.remove-only', { pipeline: leadsName })}
        </p>
      )}
      {deals > 0 && others.length === 0 ? (
        <p>{t('pipelines.remove-blocked', { count: deals })}</p>
      ) : (
        <details class="removing" open={refused !== undefined}>
          <summary class="button danger">{t('pipelines.remove')}</summary>
          {refused && (
            <p class="error" role="alert">
              {refused}
            </p>
          )}
          <form method="post" action={`${pipelinePath(board.id)}/remove`} noValidate>
            {deals > 0 && (
              <div class="field">
                <label for="target">{t('pipelines.target', { count: deals })}</label>
                <select id="target" name="target">
                  <option value="">{t('pipelines.choose')}</option>
                  {others.map(({ id, name }) => (
                    <option value={id}>{name}</option>
                  ))}
                </select>
              </div>
            )}
            <p>{t('pipelines.remove-sure')}</p>
            <button type="submit" class="button danger">
              {t('pipelines.remove-yes')} <span class="unseen">{board.name}</span>
            </button>
          </form>
        </details>
      )}
    </section>
  );
}

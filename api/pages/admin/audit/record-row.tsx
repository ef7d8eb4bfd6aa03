import type { AuditRecord } from '../../../../db/audit-list.ts';
import { Time } from '../../time.tsx';
import { useView } from '../../view.ts';
import { listPath, Meta } from '../parts.tsx';
import { type DetailLine, detailLines } from './detail.ts';
import { AUDIT_PATH } from './paths.ts';
import { actionWords, subjectWords } from './words.ts';

/** Something that was done: what, to what, by whom, when, and how it ended if it did not simply happen. */
export function RecordRow({ record }: { record: AuditRecord }) {
  const { t } = useView();
  const { action, at, detail, outcome } = record;
  const lines = detailLines(detail);
  return (
    <li class="row">
      <div class="row-head">
        <h2>
          {actionWords(t, action)} <code>{action}</code>
        </h2>
        {outcome !== 'done' && <span class="badge bad">{t(`admin.outcome.${outcome}`)}</span>}
      </div>
      <Meta facts={[<ActorName actor={record.actor} />, <Time date={at} />]} />
      <p class="about">
        <SubjectName subject={record.subject} />
      </p>
      {lines.length > 0 && (
        <ul class="audit-detail">
          {lines.map((line) => (
            <li>
              <code>{line.name}</code> <Value line={line} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Value({ line }: { line: DetailLine }) {
  const { t } = useView();
  if (line.kind === 'value') return <>{line.value}</>;
  if (line.kind === 'hidden-change') return <span class="muted">{t('admin.audit.changed')}</span>;
  return <>{t('admin.audit.from-to', { from: line.from, to: line.to })}</>;
}

function ActorName({ actor: { kind, id, name } }: Pick<AuditRecord, 'actor'>) {
  const { t } = useView();
  const words = t(`admin.actor.${kind}`);
  if (id === null) return <>{words}</>;
  return (
    <>
      {words}{' '}
      <a class="alone" href={listPath(AUDIT_PATH, { actor: kind, actorId: id })}>
        {name ?? id}
      </a>
    </>
  );
}

function SubjectName({ subject: { kind, id } }: Pick<AuditRecord, 'subject'>) {
  const { t } = useView();
  const words = subjectWords(t, kind);
  if (id === null) return <span class="muted">{words}</span>;
  return (
    <>
      <span class="muted">{words}</span>{' '}
      <a href={listPath(AUDIT_PATH, { subjectId: id })}>
        <code>{id}</code>
      </a>
    </>
  );
}

import type { Database } from '../../db/connect.ts';
import { until } from './until.ts';

/** A row of audit_log, as it is. */
export interface AuditRow {
  id: string;
  actor: string;
  actor_id: string | null;
  action: string;
  subject: string;
  subject_id: string | null;
  detail: Record<string, unknown>;
  outcome: string;
}

/** All that is on record, oldest first. */
export function auditRows(db: Database): Promise<AuditRow[]> {
  return db.query<AuditRow>(
    'select id, actor, actor_id, action, subject, subject_id, detail, outcome from audit_log order by id',
  );
}

/** The last that is on record, when it has an end. */
export function lastAct(db: Database): Promise<AuditRow> {
  return until(
    async () => {
      const last = (await auditRows(db)).at(-1);
      return last?.outcome === 'begun' ? undefined : last;
    },
    { what: 'a record with an end' },
  );
}

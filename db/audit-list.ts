import type { Sql } from './connect.ts';

/** Who can act, as records have it (`Actor` of db/audit.ts). */
export const ACTOR_KINDS = ['admin', 'key', 'operator', 'cli'] as const;

/** Something that an administrator or operator did. */
export interface AuditRecord {
  id: string;
  at: Date;
  /** With the name of the administrator or API key, as long as there is one. */
  actor: { kind: (typeof ACTOR_KINDS)[number]; id: string | null; name: string | null };
  /** Noun and verb: `partner.change`. */
  action: string;
  subject: { kind: string; id: string | null };
  detail: Record<string, unknown>;
  /** begun: nobody has seen how it ended. */
  outcome: 'begun' | 'done' | 'failed';
}

export interface AuditFilter {
  actor?: string | undefined;
  actorId?: string | undefined;
  action?: string | undefined;
  subjectId?: string | undefined;
}

/** A page of what was done, newest first; each combination of filters is a statement of its own, with its index. */
export function listActions(
  sql: Sql,
  { actor, actorId, action, subjectId }: AuditFilter,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<AuditRecord[]> {
  const asked: [condition: string, value: string | undefined][] = [
    ['a.actor =', actor],
    ['a.actor_id =', actorId],
    ['a.action =', action],
    ['a.subject_id =', subjectId],
    ['a.id <', before],
  ];
  const given = asked.filter(([, value]) => value !== undefined);
  const conditions = given.map(([condition], index) => `${condition} $${index + 2}`);
  return sql.query<AuditRecord>(
    `select a.id, a.at, jsonb_build_object('kind', a.actor, 'id', a.actor_id, 'name', coalesce(d.name, k.name)) as actor,
       a.action, jsonb_build_object('kind', a.subject, 'id', a.subject_id) as subject, a.detail, a.outcome
     from audit_log a left join admins d on d.id = a.actor_id left join api_keys k on k.id = a.actor_id
     where ${['true', ...conditions].join(' and ')} order by a.id desc limit $1`,
    [limit, ...given.map(([, value]) => value)],
  );
}

/** The names of all actions on record, looked up one after the other in the index: there are a few dozen at most. */
export async function actionsOnRecord(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ action: string }>(
    `with recursive names as (
       (select action from audit_log order by action limit 1)
       union all
       select (select action from audit_log where action > names.action order by action limit 1)
       from names where names.action is not null)
     select action from names where action is not null order by action`,
  );
  return rows.map(({ action }) => action);
}

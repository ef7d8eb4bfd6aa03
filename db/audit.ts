import { uuidv7 } from 'uuidv7';
import type { Sql } from './connect.ts';

/**
 * Who acts: an administrator who is signed in, a program with an administrators' API key, whoever knows the
 * operators' password, or somebody at the command line.
 */
export type Actor = { kind: 'admin' | 'key'; id: string } | { kind: 'operator' | 'cli' };

/** What was done to what. */
export interface Action {
  /** Noun and verb: `partner.change`. */
  action: string;
  /** What it was done to: the noun of its table, and its id; null where it is about many. */
  subject: { kind: string; id: string | null };
  /**
   * What else must be known: ids, names of fields, numbers, and values before and after (`changes`). Never
   * anything personal: no names, addresses, texts.
   */
  detail?: Record<string, unknown>;
}

/** Keeps for good what somebody did. Call it in the transaction of the change, so that neither is without the other. */
export async function recordAction(sql: Sql, actor: Actor, action: Action): Promise<void> {
  await insertAction(sql, actor, action, 'done');
}

/**
 * The same for what happens outside this database: recorded before it begins, so that it cannot go unrecorded.
 * @returns the record's id, for `endAction`
 */
export function beginAction(sql: Sql, actor: Actor, action: Action): Promise<string> {
  return insertAction(sql, actor, action, 'begun');
}

/** Says how it ended. Once: a record that has an end keeps it. */
export async function endAction(sql: Sql, id: string, outcome: 'done' | 'failed'): Promise<void> {
  await sql.query("update audit_log set outcome = $2 where id = $1 and outcome = 'begun'", [id, outcome]);
}

async function insertAction(
  sql: Sql,
  actor: Actor,
  { action, subject, detail = {} }: Action,
  outcome: 'begun' | 'done',
): Promise<string> {
  const id = uuidv7();
  const actorId = 'id' in actor ? actor.id : null;
  await sql.query(
    `insert into audit_log (id, actor, actor_id, action, subject, subject_id, detail, outcome)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, actor.kind, actorId, action, subject.kind, subject.id, detail, outcome],
  );
  return id;
}

/** Deletes records older than this. The table itself refuses to let younger ones than 90 days go. */
export async function purgeActions(sql: Sql, olderThanMs: number): Promise<void> {
  await sql.query('delete from audit_log where at < now() - make_interval(secs => $1::float8 / 1000)', [
    olderThanMs,
  ]);
}

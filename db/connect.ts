import { createHash } from 'node:crypto';
import pg from 'pg';
import { around, type Commit } from './points.ts';
import { openPool } from './pool.ts';

/** Runs SQL: rows as plain objects. Values are always bound, never pasted into the text. */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** The pool itself answers what only reads; whatever writes says where it commits (points.ts). */
export interface Database extends Sql {
  /** One transaction on one connection; an error in `work` rolls it back. */
  transaction<T>(point: Commit, work: (sql: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Several reads of one moment. */
  reading<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** For a single statement that writes, and commits by itself. */
  writing(point: Commit): Sql;
  /** One connection for things that live in a session: advisory locks. */
  session<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** How the pool's connections are used now; `waiting` callers wait for one. */
  load(): { used: number; idle: number; waiting: number };
  close(): Promise<void>;
}

export interface TransactionOptions {
  /**
   * A connection plans each statement once for all. For those that go by ids: Postgres would else plan them anew as
   * long as there are few ids, for they look cheaper then than they do in general, and that takes longer than to run
   * them. Not for what must know its values to be planned well, nor with a `limit` among them.
   */
  plannedOnce?: boolean;
}

/** What only reads, of whichever server. */
export type Reads = Pick<Database, 'query' | 'reading'>;

/**
 * The pool that the whole process shares.
 * @param max most connections; every process needs `max` plus what its queues take (docs/running.md)
 */
export function connect(url: string, max = 10): Database {
  const pool = openPool(url, { name: 'terna', max, types });

  const session = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      return await work(bind(client));
    } catch (error) {
      if (isConnectionError(error)) broken = error as Error;
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  };

  const within = <T>(begin: string, work: (sql: Sql) => Promise<T>, end: (sql: Sql) => Promise<unknown>) =>
    session(async (sql) => {
      await sql.query(begin);
      try {
        const result = await work(sql);
        await end(sql);
        return result;
      } catch (error) {
        if (!isConnectionError(error)) await sql.query('rollback');
        throw error;
      }
    });

  const { query } = bind(pool);
  return {
    query,
    session,
    transaction: (point, work, options) =>
      within(options?.plannedOnce ? BEGIN_PLANNED_ONCE : 'begin', work, (sql) =>
        around(point, () => sql.query('commit')),
      ),
    reading: (work) =>
      within('begin isolation level repeatable read, read only', work, (sql) => sql.query('commit')),
    writing: (point) => ({ query: (text, values) => around(point, () => query(text, values)) }),
    load: () => ({
      used: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
  };
}

// And by their indexes: what is planned while a table is small serves until it is large.
const BEGIN_PLANNED_ONCE =
  'begin; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off';

/**
 * True when the connection or the server is gone (or is a standby, or has no such database yet), not the
 * statement wrong: trying the next one at once is no use.
 */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(08...|57P..|25P03|25P04|25006|3D000|53300)$/.test(code) ||
    /^E(CONN|PIPE|TIMEDOUT|HOST|NET)/.test(code) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (was closed|has encountered))/.test(
      error.message,
    )
  );
}

/** True when another transaction was in the way: deadlock, serialization, or a lock not had in time. */
export function isContention(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(40P01|40001|55P03)$/.test(String(error.code));
}

/** True when the same call may work in a moment: also when a statement took too long. */
export function isTemporary(error: unknown): boolean {
  // 57014: a statement took too long. 23503: something that a change refers to was deleted meanwhile.
  const passing = error instanceof Error && 'code' in error && /^(57014|23503)$/.test(String(error.code));
  return passing || isConnectionError(error) || isContention(error);
}

function bind(client: pg.Pool | pg.PoolClient): Sql {
  return {
    async query<Row>(text: string, values: unknown[] = []) {
      // A statement with values is prepared once per connection, under a name made from its text.
      const result = await client.query(values.length > 0 ? { name: nameOf(text), text, values } : text);
      return result.rows as Row[];
    },
  };
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
    names.set(text, name);
  }
  return name;
}

const DATE = 1082;

/** Dates stay `YYYY-MM-DD`: as a JavaScript Date they would move with the time zone. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === DATE ? (text: string) => text : pg.types.getTypeParser(oid as number, format as 'text'),
};

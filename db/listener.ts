import pg from 'pg';
import { connectionConfig, hangUp } from './pool.ts';

const LISTENER = 'terna-listener';

export interface Hearing {
  /** A notification on the channel. */
  heard(payload: string): void;
  /** The connection is there again, or for the first time: what was said meanwhile is not known. */
  back(): void;
}

// A connection that only listens learns nothing about itself: it is asked so often, and given so long to answer.
const ASKED_EVERY_MS = 5_000;
const PATIENCE_MS = 3_000;
const REST_MS = 500;

/** Listens on one channel with a connection of its own, made anew whenever it breaks or falls silent. */
export function listen(url: string, channel: string, { heard, back }: Hearing): { close(): void } {
  let client: pg.Client;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  function open(): void {
    const fresh = new pg.Client({
      ...connectionConfig(url, LISTENER),
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    client = fresh;
    const giveUp = () => hangUp(fresh);
    const pulse = setInterval(() => fresh.query('select').catch(giveUp), ASKED_EVERY_MS);
    fresh.on('error', () => undefined);
    fresh.on('notification', ({ payload }) => heard(payload ?? ''));
    fresh.on('end', () => {
      clearInterval(pulse);
      if (!closed) again = setTimeout(open, REST_MS);
    });
    fresh
      .connect()
      .then(() => fresh.query(`listen ${pg.escapeIdentifier(channel)}`))
      .then(back)
      .catch(giveUp);
  }

  open();
  return {
    close() {
      closed = true;
      clearTimeout(again);
      hangUp(client);
    },
  };
}

/** The listening connections to this database, of all processes. */
export async function whoListens(pool: pg.Pool): Promise<{ pid: number; address: string }[]> {
  const { rows } = await pool.query(
    `select pid, coalesce(host(client_addr) || ':' || client_port, 'local') as address
     from pg_stat_activity where datname = current_database() and application_name = $1 order by pid`,
    [LISTENER],
  );
  return rows;
}

import { freePort } from '../../test/helpers/redis.ts';
import { type Child, startChild } from '../child.ts';
import { pause } from '../inside.ts';
import type { Load, Loaded } from '../load.ts';
import type { RunDatabase, Servers } from '../servers.ts';
import { HTTP_CONNECTIONS, SMTP_CONNECTIONS, TERNA } from '../settings.ts';
import type { Sunk } from '../sink.ts';

/** An api and workers of one side, between the load generator and the mail server. */
export interface Whole {
  database: RunDatabase;
  api: Child;
  workers: Child[];
  /** Sends load, waits for its mails, says how it went. */
  take(load: Partial<Load>): Promise<Taken>;
  /** Requests so far. */
  taken(): number;
  /** Whatever is not as it should be with what the clients were told and what the mail server got. */
  wrong(): Promise<string[]>;
  /** Ends the processes; the database stays until it is dropped. */
  stop(): Promise<void>;
}

export interface Taken {
  /** From the first request to the last of four mails of each accepted. */
  perSecond: number;
  loaded: Loaded;
}

export interface WholeOptions {
  workers?: number;
  redisUrl?: string | undefined;
  env?: Record<string, string>;
}

export async function ternaWhole(servers: Servers, options: WholeOptions = {}): Promise<Whole> {
  const { workers = 1, redisUrl = servers.redis.url, env = {} } = options;
  const database = await servers.database();
  const port = await freePort();
  const own = {
    ...TERNA,
    DATABASE_URL: database.url,
    SMTP_URL: servers.sinkUrl,
    SMTP_CONNECTIONS: String(SMTP_CONNECTIONS),
    PORT: String(port),
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ...env,
  };
  return whole(servers, database, port, 'bin/api.ts', 'bin/worker.ts', own, workers);
}

/** The bare parts, or a peer. */
export async function otherWhole(
  servers: Servers,
  side: 'bare' | 'graphile-worker' | 'pg-boss',
): Promise<Whole> {
  const database = await servers.database();
  const port = await freePort();
  const own = {
    DATABASE_URL: database.url,
    SMTP_URL: servers.sinkUrl,
    PORT: String(port),
    ...(side === 'bare' ? { REDIS_URL: servers.redis.url } : { PEER: side }),
  };
  const folder = side === 'bare' ? 'bare' : 'peers';
  return whole(servers, database, port, `bench/${folder}/api.ts`, `bench/${folder}/worker.ts`, own, 1);
}

async function whole(
  servers: Servers,
  database: RunDatabase,
  port: number,
  apiSource: string,
  workerSource: string,
  env: Record<string, string>,
  workerCount: number,
): Promise<Whole> {
  const { sink, load } = servers;
  await sink.ask('forget');
  const api = await startChild(apiSource, env);
  const workers = await Promise.all(Array.from({ length: workerCount }, () => startChild(workerSource, env)));
  let sent = 0;
  let accepted = 0;
  return {
    database,
    api,
    workers,
    taken: () => sent,
    async take(given) {
      const asked: Load = {
        port,
        path: '/api/v1/requests',
        connections: HTTP_CONNECTIONS,
        from: sent,
        ...given,
      };
      const loaded = await load.ask<Loaded>('load', asked);
      sent += loaded.sent;
      accepted += loaded.statuses['202'] ?? 0;
      const { lastAt } = await mailed(sink, 4 * sent);
      return { perSecond: (loaded.sent * 1_000) / (lastAt - loaded.startedAt), loaded };
    },
    async wrong() {
      const { count, distinct } = await sink.ask<Sunk>('sunk');
      return [
        ...(accepted === sent ? [] : [`202 was answered to ${accepted} of ${sent}`]),
        ...(count === 4 * sent && distinct === count
          ? []
          : [`${count} mails, ${distinct} different, of ${4 * sent}`]),
      ];
    },
    stop: async () => void (await Promise.all([api, ...workers].map((child) => child.stop()))),
  };
}

/** Waits until the mail server has taken so many. */
async function mailed(sink: Child, count: number): Promise<Sunk> {
  const end = Date.now() + 120_000;
  for (;;) {
    const sunk = await sink.ask<Sunk>('sunk');
    if (sunk.count >= count || Date.now() > end) return sunk;
    await pause(20);
  }
}

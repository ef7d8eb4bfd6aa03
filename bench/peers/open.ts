import { connect, type Database } from '../../db/connect.ts';
import { needed } from '../inside.ts';
import type { Transaction } from './flow.ts';
import { graphileWorker } from './graphile-worker.ts';
import type { Peer, PeerJob } from './peer.ts';
import { pgBoss } from './pg-boss.ts';

/** The peer that the environment names, and transactions on a pool like Terna's that promise its jobs. */
export async function openPeer(): Promise<{ db: Database; peer: Peer; transaction: Transaction }> {
  const peer = needed('PEER') === 'pg-boss' ? await pgBoss() : graphileWorker();
  const db = connect(needed('DATABASE_URL'), 25);
  const transaction: Transaction = (work) =>
    db.transaction('intake', async (sql) => {
      const jobs: PeerJob[] = [];
      const value = await work({
        query: sql.query,
        enqueue: ({ name }, payload, options) =>
          void jobs.push({
            name,
            payload: payload as Record<string, unknown>,
            delayMs: options?.delayMs ?? 0,
          }),
      });
      if (jobs.length > 0) await peer.add(sql, jobs);
      return value;
    });
  return { db, peer, transaction };
}

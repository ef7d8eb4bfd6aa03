import PgBoss from 'pg-boss';
import { needed } from '../inside.ts';
import type { Peer } from './peer.ts';

/**
 * Its handlers get arrays, so a batch is one transaction. It only polls, twice a second at most: here each handler
 * wakes the workers whose jobs it has added, and a worker that got a full batch looks again at once.
 */
export async function pgBoss(): Promise<Peer> {
  const boss = new PgBoss({
    connectionString: needed('DATABASE_URL'),
    max: 20,
    retryLimit: 10,
    retryBackoff: true,
  });
  boss.on('error', (error) => process.stderr.write(`${error.message}\n`));
  await boss.start();
  const workers = new Map<string, string[]>();
  const wake = (name: string) => {
    for (const id of workers.get(name) ?? []) boss.notifyWorker(id);
  };
  return {
    async add(sql, jobs) {
      const inserts = jobs.map(({ name, payload, delayMs }) => ({
        name,
        data: payload,
        ...(delayMs > 0 && { startAfter: new Date(Date.now() + delayMs) }),
      }));
      const executeSql = async (text: string, values: unknown[]) => ({ rows: await sql.query(text, values) });
      await boss.insert(inserts, { db: { executeSql } });
      // Soon, when the transaction has committed.
      setTimeout(() => new Set(jobs.map(({ name }) => name)).forEach(wake), 5);
    },
    async work(handlers) {
      for (const [name, handle] of Object.entries(handlers)) {
        const ids: string[] = [];
        workers.set(name, ids);
        for (let no = 0; no < 2; no++) {
          const options = { batchSize: 100, pollingIntervalSeconds: 0.5 };
          const id = await boss.work<Record<string, unknown>>(name, options, async (jobs) => {
            await handle(jobs.map(({ data }) => data));
            if (jobs.length === options.batchSize) wake(name);
          });
          ids.push(id);
        }
      }
    },
  };
}

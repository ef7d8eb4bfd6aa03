import { runMigrations } from 'graphile-worker';
import PgBoss from 'pg-boss';
import { JOBS } from '../../jobs/registry.ts';

/** Makes the tables of the peers, and their queues. */
export async function migratePeers(url: string): Promise<void> {
  await runMigrations({ connectionString: url });
  const boss = new PgBoss(url);
  await boss.start();
  for (const { name } of JOBS) await boss.createQueue(name);
  await boss.stop({ graceful: false, wait: true });
}

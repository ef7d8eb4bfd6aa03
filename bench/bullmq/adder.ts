import { Queue } from 'bullmq';
import { answer, now } from '../inside.ts';
import { connection } from './connection.ts';

/* Adds no-op jobs, many at once, as fast as the back end takes them. */
const { factory, connection: at } = connection();
const queue = new Queue('noop', { connection: at }, factory as never);
const AT_ONCE = 500;

async function add({ count }: { count: number }) {
  const startedAt = now();
  for (let added = 0; added < count; added += AT_ONCE) {
    const jobs = Array.from({ length: Math.min(AT_ONCE, count - added) }, (_, index) => ({
      name: 'noop',
      data: { no: added + index },
      opts: { removeOnComplete: true, removeOnFail: true },
    }));
    await queue.addBulk(jobs);
  }
  return startedAt;
}

answer({ add, counts: () => queue.getJobCounts() });

import { Worker } from 'bullmq';
import { answer, needed, now } from '../inside.ts';
import { connection } from './connection.ts';

/* Does nothing, for every job. */
const { factory, connection: at } = connection();
let completed = 0;
let lastAt = 0;
const worker = new Worker(
  'noop',
  async () => undefined,
  { connection: at, concurrency: Number(needed('CONCURRENCY')) },
  factory as never,
);
worker.on('completed', () => {
  completed += 1;
  lastAt = now();
});
worker.on('error', (error) => process.stderr.write(`${error.message}\n`));
await worker.waitUntilReady();
answer({ completed: () => ({ completed, lastAt }) });

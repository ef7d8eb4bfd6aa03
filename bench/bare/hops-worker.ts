import { Queue, Worker } from 'bullmq';
import { createTransport } from 'nodemailer';
import { connection } from '../bullmq/connection.ts';
import { answer, needed } from '../inside.ts';
import { SMTP_CONNECTIONS } from '../settings.ts';
import { letters } from './letters.ts';

/* The other hops: each job is taken up and adds the next; the third sends a mail. */
const { factory, connection: at } = connection();
const transport = createTransport({
  url: needed('SMTP_URL'),
  pool: true,
  maxConnections: SMTP_CONNECTIONS,
  maxMessages: Number.POSITIVE_INFINITY,
});
const letter = letters()[1];
const open = (name: string) => new Queue(name, { connection: at }, factory as never);
const [second, third] = [open('hop-2'), open('hop-3')];
const next = (queue: Queue) => (no: number) => queue.add('hop', { no }, { removeOnComplete: true });

const hops: [string, (no: number) => Promise<unknown>][] = [
  ['hop-1', next(second)],
  ['hop-2', next(third)],
  ['hop-3', (no) => transport.sendMail({ ...letter, messageId: `<${no}@terna.example>` })],
];
for (const [name, hop] of hops) {
  const work = async ({ data }: { data: { no: number } }) => void (await hop(data.no));
  const worker = new Worker(name, work, { connection: at, concurrency: 50 }, factory as never);
  worker.on('error', (error) => process.stderr.write(`${error.message}\n`));
  await worker.waitUntilReady();
}
answer({});

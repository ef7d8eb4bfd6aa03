import { type Job, Worker } from 'bullmq';
import { createTransport } from 'nodemailer';
import { connection } from '../bullmq/connection.ts';
import { answer, needed } from '../inside.ts';
import { SMTP_CONNECTIONS } from '../settings.ts';
import { letters } from './letters.ts';

/* The bare parts of a routed request, second half: nine jobs processed, four of which send a mail. */
const { factory, connection: at } = connection();
const transport = createTransport({
  url: needed('SMTP_URL'),
  pool: true,
  maxConnections: SMTP_CONNECTIONS,
  maxMessages: Number.POSITIVE_INFINITY,
});
const written = letters();
let done = 0;

async function send({ data }: Job<{ id: number; no: number }>): Promise<void> {
  const letter = written[data.no] ?? {};
  await transport.sendMail({ ...letter, messageId: `<${data.id}-${data.no}@terna.example>` });
}

const workers = [
  new Worker('steps', async () => undefined, { connection: at, concurrency: 100 }, factory as never),
  new Worker('mails', send, { connection: at, concurrency: SMTP_CONNECTIONS }, factory as never),
];
for (const worker of workers) {
  worker.on('completed', () => {
    done += 1;
  });
  worker.on('error', (error) => process.stderr.write(`${error.message}\n`));
  await worker.waitUntilReady();
}
answer({ done: () => done });

import { Queue } from 'bullmq';
import express from 'express';
import pg from 'pg';
import { connection } from '../bullmq/connection.ts';
import { answer, needed } from '../inside.ts';

/* The bare parts of a routed request, first half: one 202 with one committed INSERT, and nine jobs added. */
const pool = new pg.Pool({ connectionString: needed('DATABASE_URL'), max: 10 });
const { factory, connection: at } = connection();
const steps = new Queue('steps', { connection: at }, factory as never);
const mails = new Queue('mails', { connection: at }, factory as never);
const opts = { removeOnComplete: true, removeOnFail: true };
await pool.query(`create table intake (id bigserial primary key, body jsonb not null,
  created_at timestamptz not null default now())`);

const app = express();
app.use(express.json());
app.post('/api/v1/requests', async (request, response) => {
  const { rows } = await pool.query('insert into intake (body) values ($1) returning id', [request.body]);
  const id = Number(rows[0].id);
  response.status(202).json({ id, status: 'received' });
  await Promise.all([
    steps.addBulk(Array.from({ length: 5 }, (_, no) => ({ name: 'step', data: { id, no }, opts }))),
    mails.addBulk(Array.from({ length: 4 }, (_, no) => ({ name: 'mail', data: { id, no }, opts }))),
  ]);
});

app.listen(Number(needed('PORT')), '127.0.0.1', () =>
  answer({ left: async () => [await steps.getJobCounts(), await mails.getJobCounts()] }),
);

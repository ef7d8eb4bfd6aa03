import { Queue } from 'bullmq';
import pg from 'pg';
import { connection } from '../bullmq/connection.ts';
import { answer, needed, now, pause } from '../inside.ts';

/* The hops of a request's way to its first mail, and nothing else: one commit, and the first of three jobs. */
const pool = new pg.Pool({ connectionString: needed('DATABASE_URL'), max: 10 });
const { factory, connection: at } = connection();
const queue = new Queue('hop-1', { connection: at }, factory as never);
await pool.query('create table hops (id int primary key)');

/** Evenly, so many a second. @returns when each began, ms since 1970 */
async function begin({ from, perSecond, seconds }: { from: number; perSecond: number; seconds: number }) {
  const startedAt = now();
  const began: [number, number][] = [];
  const onTheWay: Promise<unknown>[] = [];
  for (let no = 0; no < perSecond * seconds; no++) {
    await pause(Math.max(0, startedAt + (no * 1_000) / perSecond - now()));
    began.push([from + no, now()]);
    onTheWay.push(
      pool
        .query('insert into hops values ($1)', [from + no])
        .then(() => queue.add('hop', { no: from + no }, { removeOnComplete: true })),
    );
  }
  await Promise.all(onTheWay);
  return began;
}

answer({ begin });

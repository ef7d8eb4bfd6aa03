import { z } from 'zod';
import type { Sql } from '../../db/connect.ts';
import { defineJob } from '../../jobs/contract.ts';
import type { Handler } from '../../workers/handler.ts';
import { transactional } from '../../workers/transactional.ts';

/** A job for testing the runtime itself: it writes its number, or misbehaves. */
export const probe = defineJob({
  name: 'probe',
  payload: z.strictObject({ n: z.int(), mode: z.enum(['write', 'throw', 'die', 'dawdle']) }),
  attempts: 3,
  backoffMs: 100,
});

export const PROBE_TABLE =
  'create table probe_effects (n int not null, pid int not null, batch int not null)';

/** How long a dawdling job takes. */
export const DAWDLE_MS = 1_500;

export const probeHandler: Handler = transactional(probe, async (tx, jobs) => {
  await tx.query('insert into probe_effects (n, pid, batch) select n, $2, $3 from unnest($1::int[]) as n', [
    jobs.map((job) => job.payload.n),
    process.pid,
    jobs.length,
  ]);
  const modes = new Set(jobs.map((job) => job.payload.mode));
  if (modes.has('die')) process.kill(process.pid, 'SIGKILL');
  if (modes.has('throw')) throw new Error('this payload throws');
  if (modes.has('dawdle')) await new Promise((resolve) => setTimeout(resolve, DAWDLE_MS));
});

/** What the probes wrote, in order. */
export async function effects(sql: Sql): Promise<number[]> {
  const rows = await sql.query<{ n: number }>('select n from probe_effects order by n');
  return rows.map((row) => row.n);
}

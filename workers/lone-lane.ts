import { countLoneStart, recordFailure, resetLoneStarts } from '../db/outbox.ts';
import type { Handler, WorkerDeps } from './handler.ts';
import { done, type Outcome } from './outcome.ts';
import { whyUntaken } from './taking.ts';

/** The stall that marks a job failed: the first came in company, then it was started alone four times. */
const FATAL_STALL = 5;

/**
 * Where deliveries that had stalled before are done: alone, one at a time in the whole process. Whoever
 * is being worked on when the process dies is then known, and only that job's count of crashes grows;
 * the innocent that died beside it are done on their next delivery.
 */
export function loneLane(deps: WorkerDeps): (handler: Handler, id: string) => Promise<Outcome> {
  let tail: Promise<unknown> = Promise.resolve();
  return (handler, id) => {
    const turn = tail.then(() => runAlone(deps, handler, id));
    tail = turn.catch(() => undefined);
    return turn;
  };
}

async function runAlone(deps: WorkerDeps, handler: Handler, id: string): Promise<Outcome> {
  const starts = await countLoneStart(deps.db.writing('lone start'), id);
  if (starts === undefined) return (await whyUntaken(deps, [id])).get(id) ?? done;
  if (starts >= FATAL_STALL) return giveUp(deps, handler, id);
  const [outcome = done] = await handler.run(deps, [id]);
  const settled = await outcome;
  // What had not begun (its row was leased by the process that died) was no harmless run either.
  if (settled.kind === 'not-now') await resetLoneStarts(deps.db.writing('lone start'), id, starts - 1);
  else if (settled.kind !== 'done') await resetLoneStarts(deps.db.writing('lone start'), id, 0);
  return settled;
}

async function giveUp(deps: WorkerDeps, handler: Handler, id: string): Promise<Outcome> {
  const error = new Error(`stalled ${FATAL_STALL} times: it ends or freezes the process that does it`);
  const failure = { id, error: error.message, delayMs: 0, attempts: handler.job.attempts, final: true };
  return (await recordFailure(deps.db.writing('failure record'), failure)) ? { kind: 'failed', error } : done;
}

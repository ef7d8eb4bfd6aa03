import { randomUUID } from 'node:crypto';
import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import { connect } from '../../db/connect.ts';
import type { Outstanding } from '../../db/outbox-sweep.ts';
import { insertRequests } from '../../db/requests.ts';
import { followUp } from '../../jobs/follow-up.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { openQueues } from '../../jobs/queues.ts';
import { recomputeRanks } from '../../jobs/recompute-ranks.ts';
import { transaction } from '../../jobs/transaction.ts';
import { createLog } from '../../log.ts';
import { answer, needed, now } from '../inside.ts';
import { bodyOf, rowOf } from '../requests.ts';

/* Puts requests in without HTTP: the same rows and promises as intake's, many in a transaction. */
const databaseUrl = needed('DATABASE_URL');
const db = connect(databaseUrl, 4);
const queues = openQueues({ databaseUrl, redisUrl: process.env.REDIS_URL }, createLog('warn'));
const deps = { db, queues };
const AT_ONCE = 100;
const TOKEN_MS = 180 * 24 * 3_600_000;

/** @param poison every so many-th request bears a title that makes its draw fail (figures/failing.ts) */
async function feed({ from, count, poison = 0 }: { from: number; count: number; poison?: number }) {
  const startedAt = now();
  for (let begin = from; begin < from + count; begin += AT_ONCE) {
    const nos = Array.from({ length: Math.min(AT_ONCE, from + count - begin) }, (_, index) => begin + index);
    const rows = nos.map((no) => rowOf(bodyOf(no)));
    for (const [index, row] of rows.entries())
      if (poison > 0 && (begin + index) % poison === 0) row.project.title = 'poison';
    await transaction(deps, 'intake', async (tx) => {
      await insertRequests(tx, rows);
      const tokens = rows.map(({ id }) => ({ token: mintToken(), subjectId: id }));
      await insertTokens(tx, 'request', tokens, TOKEN_MS);
      for (const { id } of rows) tx.enqueue(matchRequest, { requestId: id });
    });
  }
  return startedAt;
}

/** Promises follow-ups of these requests, evenly from `afterMs` on for `spreadMs`. */
async function promise(given: { requestIds: string[]; afterMs: number; spreadMs: number }) {
  const { requestIds, afterMs, spreadMs } = given;
  const startedAt = now();
  for (let begin = 0; begin < requestIds.length; begin += 1_000) {
    const rows: Outstanding[] = [];
    await transaction(
      { db, queues: { dispatch: (promised) => void rows.push(...promised) } },
      'intake',
      async (tx) => {
        for (const [index, requestId] of requestIds.slice(begin, begin + 1_000).entries()) {
          const due = startedAt + afterMs + ((begin + index) * spreadMs) / requestIds.length;
          tx.enqueue(followUp, { requestId, windowNo: 1 }, { delayMs: Math.max(0, due - now()) });
        }
      },
    );
    // Not left to the background: a million of them would pile up in memory.
    await queues.put(followUp.name, rows);
  }
  return startedAt;
}

/** Follow-ups of nobody's requests, days away: they only wait. */
async function pend({ count }: { count: number }) {
  for (let done = 0; done < count; done += 10_000) {
    const requestIds = Array.from({ length: Math.min(10_000, count - done) }, () => randomUUID());
    await promise({ requestIds, afterMs: 3 * DAY_MS, spreadMs: DAY_MS });
  }
}

const DAY_MS = 24 * 3_600_000;

/** Promises what is promised every night. */
async function rankAll() {
  await transaction(deps, 'intake', async (tx) => tx.enqueue(recomputeRanks, {}));
}

answer({ feed, promise, pend, rankAll });

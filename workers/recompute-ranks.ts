import { lockPartners } from '../db/pipelines.ts';
import { rankedAfter, trackRecords, updateRanks } from '../db/ranks.ts';
import { rank } from '../domain/ranking.ts';
import { recomputeRanks } from '../jobs/recompute-ranks.ts';
import { transactional } from './transactional.ts';

// One page is one short transaction, and each promises the next: a walk through all partners takes one connection
// and at most one processor from those who are served meanwhile, whatever the number of workers.
const PAGE = 500;

/**
 * Ranks some partners anew, and those of a page whose past says something else than their row. A page is read
 * without locks first: on most nights nothing has changed, and locking a row is a write.
 */
export const recomputeRanksHandler = transactional(recomputeRanks, async (tx, jobs) => {
  const ids = new Set(jobs.flatMap(({ payload }) => payload.partnerIds ?? []));
  for (const { payload } of jobs.filter((job) => !job.payload.partnerIds)) {
    const page = await rankedAfter(tx, payload.after, PAGE);
    for (const each of page) if (each.moved || each.stored !== rank(each)) ids.add(each.id);
    const last = page[PAGE - 1];
    if (last) tx.enqueue(recomputeRanks, { after: last.id });
  }
  if (ids.size === 0) return;
  await lockPartners(tx, [...ids]);
  const records = await trackRecords(tx, [...ids]);
  await updateRanks(
    tx,
    records.map((record) => ({ ...record, rank: rank(record) })),
  );
});

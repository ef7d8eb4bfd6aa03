import { lockPartners } from '../db/pipelines.ts';
import { partnerIdsAfter, trackRecords, updateRanks } from '../db/ranks.ts';
import { rank } from '../domain/ranking.ts';
import { recomputeRanks } from '../jobs/recompute-ranks.ts';
import { transactional } from './transactional.ts';

// One page is one job and one short transaction, so that nobody waits long for a partner's row.
const PAGE = 500;

/** Ranks some partners anew; a nightly job without ids promises one job per page of partners. */
export const recomputeRanksHandler = transactional(recomputeRanks, async (tx, jobs) => {
  if (jobs.some(({ payload }) => !payload.partnerIds)) {
    for (
      let page = await partnerIdsAfter(tx, undefined, PAGE);
      page.length > 0;
      page = await partnerIdsAfter(tx, page.at(-1), PAGE)
    ) {
      tx.enqueue(recomputeRanks, { partnerIds: page });
    }
  }
  const ids = [...new Set(jobs.flatMap(({ payload }) => payload.partnerIds ?? []))];
  if (ids.length === 0) return;
  await lockPartners(tx, ids);
  const records = await trackRecords(tx, ids);
  await updateRanks(
    tx,
    records.map((record) => ({ ...record, rank: rank(record) })),
  );
});

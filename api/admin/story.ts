import { partnerNames } from '../../db/admin-partners.ts';
import {
  type DealLine,
  disclosuresOf,
  drawsOf,
  jobsAbout,
  type MatchStory,
  mailRecords,
  matchStories,
  type RecordedDraw,
  timelinesOf,
} from '../../db/admin-story.ts';
import type { Database } from '../../db/connect.ts';
import { findWholeRequest } from '../../db/requests.ts';
import { POLICY_VERSION, pick } from '../../domain/matching.ts';

/**
 * All that happened to a request and all that is still to happen, as of one moment: who was drawn and
 * whether the draw replays, what each partner did, which mails went, which jobs wait.
 */
export async function storyOf(db: Database, requestId: string) {
  return db.reading(async (sql) => {
    const request = await findWholeRequest(sql, requestId);
    if (!request) return undefined;
    const draws = await drawsOf(sql, requestId);
    const matches = await matchStories(sql, requestId);
    const timelines = await timelinesOf(sql, requestId);
    const disclosures = await disclosuresOf(sql, requestId);
    const mails = await mailRecords(sql, requestId);
    const ids = { matchIds: matches.map(({ id }) => id), emailIds: mails.map(({ id }) => id) };
    const jobs = await jobsAbout(sql, { requestId, ...ids });
    const drawn = draws.flatMap(({ candidates, picked }) => [...candidates.map(({ id }) => id), ...picked]);
    const names = await partnerNames(sql, drawn);
    const name = (id: string) => names.get(id) ?? { id, slug: null, name: null };
    return {
      ...request,
      draws: draws.map((draw) => ({
        ...draw,
        candidates: draw.candidates.map(({ id, weight }) => ({ partner: name(id), weight })),
        picked: draw.picked.map(name),
        replays: replays(draw),
      })),
      matches: matches.map((match) => withDeal(match, timelines)),
      disclosures,
      mails: mails.map(({ partner, ...mail }) => ({ to: partner ?? ('client' as const), ...mail })),
      jobs,
    };
  });
}

/** A request's story, as `storyOf` tells it. */
export type Story = NonNullable<Awaited<ReturnType<typeof storyOf>>>;

/**
 * Whether the record alone gives the same partners again. How many were wanted is not recorded, and does
 * not matter: drawing goes on from pick to pick. null: the record is of another version of the rules.
 */
function replays({ candidates, seed, picked, policyVersion }: RecordedDraw): boolean | null {
  if (policyVersion !== POLICY_VERSION) return null;
  const again = pick(candidates, seed, picked.length);
  return again.length === picked.length && again.every((id, index) => id === picked[index]);
}

function withDeal(match: MatchStory, timelines: DealLine[]) {
  const { id, partner, drawNo, reasons, droppedAt, refilledAt, createdAt, ...rest } = match;
  const { kind, openedAt, ...deal } = rest;
  const events = timelines
    .filter(({ dealId }) => dealId === id)
    .map(({ actor, event, data, at }) => ({ actor, event, data, at }));
  return {
    ...{ id, partner, drawNo, reasons, droppedAt, refilledAt, createdAt },
    deal: kind === null ? null : { id, kind, ...deal, createdAt: openedAt, events },
  };
}

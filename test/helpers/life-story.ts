import type { Database } from '../../db/connect.ts';
import { createDeal } from '../../jobs/create-deal.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import { followUpHandler } from '../../workers/follow-up.ts';
import type { WorkerDeps } from '../../workers/handler.ts';
import { HANDLERS } from '../../workers/handlers.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { workerDeps } from './deps.ts';
import { deliver, promised } from './outbox.ts';
import { insertPartners, newPartner, type TestPartner } from './partners.ts';
import { newRequest, takeIn } from './requests.ts';

/** One request, and who was asked in the order of their rank. */
export interface Story {
  deps: WorkerDeps;
  db: Database;
  requestId: string;
  /** Those who have the request; the first is the first in the catalog. */
  asked: TestPartner[];
  /** The others in the catalog, best first. */
  spare: TestPartner[];
}

/** Policy `top`, so that who is asked is known. */
export const topDeps = (db: Database): WorkerDeps => workerDeps(db, {}, { MATCHING_POLICY: 'top' });

/** A request that was taken in, beside its own catalog of partners (in a country of its own); nothing is delivered. */
export async function received(
  db: Database,
  { partners = 3, mode = 'automated' as 'automated' | 'manual', country = 'BR' } = {},
): Promise<Story> {
  const deps = topDeps(db);
  const all = Array.from({ length: partners }, (_, index) => newPartner({ country, rank: 90 - index }));
  await insertPartners(db, all);
  const manual = mode === 'manual';
  const request = newRequest({
    mode,
    partnerId: manual ? (all[0]?.id ?? null) : null,
    criteria: { services: [], country, language: null, partnerType: null, tier: null },
  });
  await takeIn(deps, [request]);
  const count = manual ? 1 : 3;
  return { deps, db, requestId: request.id, asked: all.slice(0, count), spare: all.slice(count) };
}

/** A request whose partners have their deals; mails are promised, not sent. */
export async function routed(db: Database, options: Parameters<typeof received>[1] = {}): Promise<Story> {
  const story = await received(db, options);
  await deliver(story.deps, matchRequestHandler, await promised(db, matchRequest));
  await deliver(story.deps, createDealHandler, await promised(db, createDeal));
  return story;
}

/** Delivers what is promised of one job, or of all that are due but the follow-up's time. */
export async function deliverJob(deps: WorkerDeps, name: string): Promise<void> {
  const handler = HANDLERS.find(({ job }) => job.name === name);
  if (!handler) throw new Error(`no such job: ${name}`);
  await deliver(deps, handler, await promised(deps.db, handler.job));
}

/** Puts the request's clock forward: so much of its answer window (0 to 1) has gone by, and its follow-up is due. */
export async function windowPassed({ db, deps, requestId }: Story, part: number): Promise<void> {
  const leftMs = deps.settings.answerWindowMs * (1 - part) - 1_000;
  await db.query(
    `update requests set answer_due_at = now() + make_interval(secs => $2::float8 / 1000) where id = $1`,
    [requestId, leftMs],
  );
  await db.query(
    `update outbox set run_at = now() where job = 'follow-up' and payload ->> 'requestId' = $1::text`,
    [requestId],
  );
}

/** The window goes by, and the follow-up is delivered at a third, at two thirds and at its end. */
export async function windowEnds(story: Story, parts = [1]): Promise<void> {
  for (const part of parts) {
    await windowPassed(story, part);
    await deliver(story.deps, followUpHandler, await promised(story.db, followUpHandler.job));
  }
}

export async function statusOf({ db, requestId }: Story): Promise<string> {
  const [row] = await db.query<{ status: string }>('select status from requests where id = $1', [requestId]);
  return row?.status ?? 'gone';
}

/** The mails of a request as `purpose window recipient status`, in order of purpose; recipients by place in `asked`. */
export async function mailsOf(story: Story, purpose = '%'): Promise<string[]> {
  const everybody = [...story.asked, ...story.spare].map(({ id }) => id);
  const rows = await story.db.query<{
    purpose: string;
    no: number;
    partnerId: string | null;
    status: string;
  }>(
    `select purpose, window_no as no, partner_id as "partnerId", status from emails
     where request_id = $1 and purpose like $2 order by purpose, window_no, partner_id`,
    [story.requestId, purpose],
  );
  return rows
    .map((mail) => {
      const to = mail.partnerId === null ? 'client' : `partner ${everybody.indexOf(mail.partnerId)}`;
      return `${mail.purpose.replace(/\/.*/, '')} ${mail.no} ${to} ${mail.status}`;
    })
    .sort();
}

/** The matches of a request, by place in `asked`, then `spare`: kind of stage and reason, or `unopened` or `dropped`. */
export async function dealsOf(story: Story): Promise<Record<number, string>> {
  const everybody = [...story.asked, ...story.spare].map(({ id }) => id);
  const rows = await story.db.query<{ partnerId: string; stands: string }>(
    `select m.partner_id as "partnerId", case when d.id is not null then concat_ws(' ', d.kind, d.lost_reason)
       when m.dropped_at is not null then 'dropped' else 'unopened' end as stands
     from matches m left join deals d on d.id = m.id where m.request_id = $1`,
    [story.requestId],
  );
  return Object.fromEntries(rows.map(({ partnerId, stands }) => [everybody.indexOf(partnerId), stands]));
}

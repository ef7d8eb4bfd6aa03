import { hashToken, mintToken } from '../../db/access-tokens.ts';
import type { Database } from '../../db/connect.ts';
import { createDeal } from '../../jobs/create-deal.ts';
import { expire } from '../../jobs/expire.ts';
import { followUp } from '../../jobs/follow-up.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { recomputeRanks } from '../../jobs/recompute-ranks.ts';
import { requestFeedback } from '../../jobs/request-feedback.ts';
import { sendEmail } from '../../jobs/send-email.ts';
import { transaction } from '../../jobs/transaction.ts';
import { moveDeal } from '../../life/move-deal.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import { expireHandler } from '../../workers/expire.ts';
import { followUpHandler } from '../../workers/follow-up.ts';
import type { Handler, WorkerDeps } from '../../workers/handler.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { recomputeRanksHandler } from '../../workers/recompute-ranks.ts';
import { requestFeedbackHandler } from '../../workers/request-feedback.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { deliver, promised } from './outbox.ts';
import { insertPartners, newPartner } from './partners.ts';
import { newRequest, takeIn } from './requests.ts';

/** A job that is promised in an empty database, and another of its kind that shares no rows with it. */
export interface Scenario {
  handler: Handler;
  prepare(deps: WorkerDeps): Promise<{ id: string; other: string }>;
}

/** Two requests for different countries, each with three partners that have no pipeline yet. */
async function twoRequests(deps: WorkerDeps): Promise<string[]> {
  const inCountry = (country: string) => [1, 2, 3].map(() => newPartner({ country }));
  await insertPartners(deps.db, [...inCountry('BR'), ...inCountry('PT')]);
  const anything = { services: [], language: null, partnerType: null, tier: null };
  const requests = ['BR', 'PT'].map((country) => newRequest({ criteria: { ...anything, country } }));
  for (const request of requests) await takeIn(deps, [request]);
  return promised(deps.db, matchRequest);
}

async function twoDeals(deps: WorkerDeps): Promise<string[]> {
  await deliver(deps, matchRequestHandler, await twoRequests(deps));
  return promised(deps.db, createDeal);
}

async function twoMails(deps: WorkerDeps): Promise<string[]> {
  await deliver(deps, createDealHandler, await twoDeals(deps));
  return promised(deps.db, sendEmail);
}

/** Two follow-ups whose windows have just ended. */
async function twoFollowUps(deps: WorkerDeps): Promise<string[]> {
  await deliver(deps, matchRequestHandler, await twoRequests(deps));
  await deps.db.query(`update requests set answer_due_at = now() - interval '1 second'`);
  await deps.db.query(`update outbox set run_at = now() where job = 'follow-up'`);
  return promised(deps.db, followUp);
}

/** A deal of each of two requests is won. */
async function twoWins(deps: WorkerDeps): Promise<string[]> {
  await deliver(deps, createDealHandler, await twoDeals(deps));
  const won = await deps.db.query<{ id: string; partnerId: string }>(
    `select distinct on (request_id) id, partner_id as "partnerId" from deals order by request_id, id`,
  );
  for (const { id, partnerId } of won) {
    await transaction(deps, 'job test', (tx) => moveDeal(tx, partnerId, id, { to: { kind: 'won' } }));
  }
  return promised(deps.db, requestFeedback);
}

/** The first and the last of a list: they belong to different requests. */
function ends([...ids]: string[]): { id: string; other: string } {
  const [id = '', other = ''] = [ids.at(0), ids.at(-1)];
  return { id, other };
}

export const SCENARIOS: Scenario[] = [
  { handler: matchRequestHandler, prepare: async (deps) => ends(await twoRequests(deps)) },
  { handler: createDealHandler, prepare: async (deps) => ends(await twoDeals(deps)) },
  { handler: followUpHandler, prepare: async (deps) => ends(await twoFollowUps(deps)) },
  { handler: sendEmailHandler, prepare: async (deps) => ends(await twoMails(deps)) },
  { handler: requestFeedbackHandler, prepare: async (deps) => ends(await twoWins(deps)) },
  {
    handler: recomputeRanksHandler,
    async prepare(deps) {
      const partners = [newPartner({ rank: 1 }), newPartner({ rank: 2 })];
      await insertPartners(deps.db, partners);
      for (const { id } of partners) {
        await transaction(deps, 'job test', async (tx) => tx.enqueue(recomputeRanks, { partnerIds: [id] }));
      }
      return ends(await promised(deps.db, recomputeRanks));
    },
  },
  {
    handler: expireHandler,
    async prepare(deps) {
      await deps.db.query(
        `insert into access_tokens (hash, purpose, subject_id, expires_at)
         values ($1, 'request', gen_random_uuid(), now() - interval '1 day')`,
        [hashToken(mintToken())],
      );
      for (const _ of [1, 2]) await transaction(deps, 'job test', async (tx) => tx.enqueue(expire, {}));
      return ends(await promised(deps.db, expire));
    },
  },
];

/** Everything that handlers write, without ids and times: equal pictures, equal effects. */
export async function picture(db: Database): Promise<unknown> {
  const [row] = await db.query<{ picture: unknown }>(
    `select jsonb_build_object(
       'requests', (select jsonb_object_agg(status, n) from (select status, count(*) as n from requests group by 1) as x),
       'draws', (select count(*) from draws),
       'matches', (select count(*) from matches),
       'leads', (select sum(live_leads) from partners),
       'ranks', (select sum(rank) from partners),
       'pipelines', (select count(*) from pipelines),
       'stages', (select count(*) from stages),
       'deals', (select count(*) from deals),
       'emails', (select jsonb_object_agg(template || ' ' || status, n)
         from (select template, status, count(*) as n from emails group by 1, 2) as x),
       'captured', (select count(*) from captured_mails),
       'tokens', (select count(*) from access_tokens),
       'outbox', (select jsonb_object_agg(job, n) from (select job, count(*) as n from outbox group by 1) as x)
     ) as picture`,
  );
  return row?.picture;
}

import { uuidv7 } from 'uuidv7';
import { openPipeline } from '../../api/open-pipeline.ts';
import { insertTokens, mintToken, type Purpose } from '../../db/access-tokens.ts';
import { createApiKey } from '../../db/api-keys.ts';
import { findBoard } from '../../db/boards.ts';
import { insertCaptured } from '../../db/captured-mails.ts';
import { insertEmails } from '../../db/emails.ts';
import { insertRequests, type NewRequest } from '../../db/requests.ts';
import { insertReview } from '../../db/reviews.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { transaction } from '../../jobs/transaction.ts';
import { insertDeal } from './admin-deals.ts';
import { putInto, type SeenStage, stageOf } from './board-api.ts';
import type { TestApi } from './http-api.ts';
import { adminCookie, sessionCookieFor } from './page-session.ts';
import { insertPartners, newPartner, type TestPartner } from './partners.ts';
import { newRequest } from './requests.ts';

const HOUR_MS = 3_600_000;

/** What somebody who signs in may show: an API key, a session, a link to sign in with. */
export interface Secrets {
  key: string;
  session: string;
  signIn: string;
}

/** A partner with what it owns. */
export interface Owner extends Secrets {
  facts: TestPartner;
  /** An open deal, in the stage `new` of a board of its own. */
  deal: string;
  pipeline: string;
  stages: SeenStage[];
}

/** Everything that a call can be about, made just now, and everybody who may call. */
export interface World {
  partner: Owner;
  other: Owner;
  admin: Secrets;
  /** A client's tokens: for the request that was sent, for the one nobody suits, for the review of a won deal. */
  client: { request: string; unmatched: string; feedback: string };
  otherClient: string;
  request: string;
  unmatched: string;
  review: string;
  /** Another of the partner's API keys. */
  key: string;
  /** Where the partner is signed in, too; where the administrator is. */
  browser: string;
  adminBrowser: string;
  job: string;
  mail: string;
  /** A partner that is not in the catalog. */
  unlisted: TestPartner;
  /** What only the partner, its clients and administrators may read. */
  secret: string[];
}

export async function newWorld(api: TestApi): Promise<World> {
  const { db } = api;
  const mark = uuidv7();
  // Not of its id: that may stand in an address, which blanks it in what is shown.
  const facts = newPartner({ email: `studio-${mark}@partners.example`, liveLeads: 3 });
  const [otherFacts, unlisted] = [newPartner({ liveLeads: 1 }), newPartner({ listed: false })];
  await insertPartners(db, [facts, otherFacts, unlisted]);
  const asked: Partial<NewRequest> = {
    client: {
      ...{ name: 'Ana Souza', email: `ana-${mark}@clients.example`, phone: null, company: null },
      locale: 'en',
    },
    project: { title: `Bakery ${mark}`, description: 'A CRM for a bakery', budget: null, deadline: null },
  };
  const partner = await newOwner(api, facts, asked);
  const other = await newOwner(api, otherFacts, {});
  const nowhere = newRequest(asked);
  await insertRequests(db, [nowhere]);
  await db.query("update requests set status = 'unmatched' where id = $1", [nowhere.id]);
  const [won, reviewed] = [
    await insertDeal(db, facts.id, { request: asked }),
    await insertDeal(db, facts.id, { request: asked }),
  ];
  const review = uuidv7();
  const words = { rating: 5, comment: 'On time.', author: 'Ana S.' };
  await insertReview(db, { id: review, dealId: reviewed.id, partnerId: facts.id, ...words });
  await createApiKey(db, { role: 'partner', partnerId: facts.id });
  const key = await newest(api, 'api_keys', 'partner_id = $1', facts.id);
  await sessionCookieFor(db, facts.id);
  const browser = await newest(api, 'sessions', 'partner_id = $1', facts.id);
  const admin = await newAdmin(api);
  const request = await requestOf(api, partner.deal);
  const owned = [request, nowhere.id, partner.deal, won.id, reviewed.id, partner.pipeline, key, browser];
  return {
    ...{ partner, other, unlisted, review, key, browser, admin, request, unmatched: nowhere.id },
    adminBrowser: await newest(api, 'sessions', 'admin_id is not null'),
    client: {
      request: await tokenFor(api, 'request', request),
      unmatched: await tokenFor(api, 'request', nowhere.id),
      feedback: await tokenFor(api, 'feedback', won.id),
    },
    otherClient: await tokenFor(api, 'request', await requestOf(api, other.deal)),
    job: await failedJob(api),
    mail: await capturedMail(api, facts),
    secret: [...owned, ...partner.stages.map(({ id }) => id), mark],
  };
}

async function newOwner(api: TestApi, facts: TestPartner, request: Partial<NewRequest>): Promise<Owner> {
  const { db } = api;
  const principal = { role: 'partner', partnerId: facts.id } as const;
  const pipeline = await openPipeline(db, facts.id, { name: 'Leads' });
  const board = await findBoard(db, facts.id, pipeline);
  const deal = await insertDeal(db, facts.id, { kind: 'new', request });
  // A board that a deal can go through; the pipeline above stays empty, and can be removed.
  const whole = await findBoard(db, facts.id, await openPipeline(db, facts.id, { name: 'Clients' }));
  await putInto(api, deal.id, stageOf(whole, 'new'));
  await db.query("update requests set status = 'routed' where id = $1", [deal.requestId]);
  return {
    ...{ facts, pipeline, deal: deal.id, stages: board?.stages ?? [] },
    key: await createApiKey(db, principal),
    session: tokenIn(await sessionCookieFor(db, facts.id)),
    signIn: await tokenFor(api, 'sign-in', facts.id),
  };
}

async function newAdmin(api: TestApi): Promise<Secrets> {
  const { db } = api;
  const session = tokenIn(await adminCookie(db));
  const admin = await newest(api, 'admins');
  return {
    session,
    key: await createApiKey(db, { role: 'admin' }),
    signIn: await tokenFor(api, 'sign-in', admin),
  };
}

async function tokenFor({ db }: TestApi, purpose: Purpose, subjectId: string): Promise<string> {
  const token = mintToken();
  await insertTokens(db, purpose, [{ token, subjectId }], HOUR_MS);
  return token;
}

const tokenIn = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1);

async function newest({ db }: TestApi, table: string, where = 'true', ...values: string[]): Promise<string> {
  const [row] = await db.query<{ id: string }>(
    `select id from ${table} where ${where} order by id desc limit 1`,
    values,
  );
  return row?.id ?? '';
}

async function requestOf({ db }: TestApi, dealId: string): Promise<string> {
  const [deal] = await db.query<{ id: string }>('select request_id as id from deals where id = $1', [dealId]);
  return deal?.id ?? '';
}

async function failedJob({ db }: TestApi): Promise<string> {
  const requestId = uuidv7();
  const queues = { dispatch: () => undefined };
  await transaction({ db, queues }, 'job test', async (tx) => tx.enqueue(matchRequest, { requestId }));
  const [job] = await db.query<{ id: string }>(
    "update outbox set failed_at = now(), error = 'broken' where payload ->> 'requestId' = $1 returning id",
    [requestId],
  );
  return job?.id ?? '';
}

async function capturedMail({ db }: TestApi, { id: partnerId }: TestPartner): Promise<string> {
  const [id, emailId] = [uuidv7(), uuidv7()];
  const about = { requestId: null, matchId: null, windowNo: 0, purpose: `sign-in/${emailId}` };
  await insertEmails(db, [{ id: emailId, template: 'sign-in', partnerId, ...about }]);
  await db.query("update emails set status = 'sent' where id = $1", [emailId]);
  const words = { subject: 'Sign in', text: 'Sign in', html: '<head></head>Sign in', locale: 'en' } as const;
  await insertCaptured(db, [{ id, emailId, to: 'x@example.com', template: 'sign-in', ...words }]);
  return id;
}

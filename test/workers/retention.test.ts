import { expect, test } from 'vitest';
import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import type { Database } from '../../db/connect.ts';
import { insertDealEvents } from '../../db/deal-events.ts';
import { insertReview } from '../../db/reviews.ts';
import { expire } from '../../jobs/expire.ts';
import { transaction } from '../../jobs/transaction.ts';
import { expireHandler } from '../../workers/expire.ts';
import { HANDLERS } from '../../workers/handlers.ts';
import { insertDeal } from '../helpers/admin-deals.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliverAllDue } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';

const OLD = `now() - interval '731 days'`;

/** Everything that is there is as old as this. */
async function age(db: Database, when = OLD): Promise<void> {
  await db.query(`update requests set created_at = ${when}, active_at = null`);
  await db.query(`update matches set created_at = ${when}`);
  await db.query(`update draws set created_at = ${when}`);
  await db.query(`update deals set created_at = ${when}, moved_at = ${when}`);
  await db.query(`update deal_events set created_at = ${when}`);
}

async function purge(db: Database): Promise<void> {
  const deps = workerDeps(db);
  await transaction(deps, 'job test', async (tx) => tx.enqueue(expire, {}));
  await deliverAllDue(deps, [expireHandler]);
}

const erased = async (db: Database) =>
  (await db.query<{ n: number }>('select count(*)::int as n from requests where erased_at is not null'))[0]
    ?.n;

test('requests to which nothing happened for so long are erased in batches, until none is left', async () => {
  const { db } = await testDatabase('empty');
  const deps = workerDeps(db);
  await insertPartners(db, [newPartner()]);
  await takeIn(
    deps,
    Array.from({ length: 45 }, () => newRequest()),
  );
  await deliverAllDue(deps, HANDLERS);
  await purge(db);
  expect(await erased(db)).toBe(0);

  await age(db);
  await purge(db);
  expect(await erased(db)).toBe(45);
  const known = `select id from requests where client_name = 'Ana Souza' or status <> 'cancelled'`;
  expect(await db.query(known)).toEqual([]);
  expect(await db.query('select id from captured_mails where text like $1', ['%Ana Souza%'])).toEqual([]);
  expect(await db.query('select live_leads from partners')).toEqual([{ live_leads: 0 }]);
});

test('a review stays as it was published, without the name; its client’s links open nothing', async () => {
  const { db } = await testDatabase('empty');
  const partner = newPartner();
  await insertPartners(db, [partner]);
  const { id: dealId, requestId } = await insertDeal(db, partner.id);
  const words = { rating: 5, comment: 'On time.', author: 'Ana S.' };
  await insertReview(db, { id: dealId, dealId, partnerId: partner.id, ...words });
  await insertTokens(db, 'request', [{ token: mintToken(), subjectId: requestId }], 60_000);
  await insertTokens(db, 'feedback', [{ token: mintToken(), subjectId: dealId }], 60_000);
  await age(db);
  await purge(db);
  expect(await db.query('select rating, comment, author from reviews')).toEqual([{ ...words, author: '–' }]);
  expect(await db.query('select status, client_email from requests')).toEqual([
    { status: 'cancelled', client_email: '' },
  ]);
  expect(await db.query('select hash from access_tokens')).toEqual([]);
});

test('whatever happened meanwhile counts, and is looked at once', async () => {
  const { db } = await testDatabase('empty');
  const partner = newPartner();
  await insertPartners(db, [partner]);
  const { id: dealId } = await insertDeal(db, partner.id);
  await age(db);
  await insertDealEvents(db, [{ dealId, actor: 'partner', event: 'note', data: { text: 'Called.' } }]);
  await purge(db);
  expect(await erased(db)).toBe(0);
  const looked = await db.query<{ recent: boolean }>(
    `select active_at > now() - interval '1 minute' as recent from requests`,
  );
  expect(looked).toEqual([{ recent: true }]);
});

test('kept mails, records of sign-in mails and what servers answered go when they are old', async () => {
  const { db } = await testDatabase('empty');
  const deps = workerDeps(db);
  const partner = newPartner();
  await insertPartners(db, [partner]);
  await takeIn(deps, [newRequest()]);
  await deliverAllDue(deps, HANDLERS);
  await db.query(
    `insert into emails (id, template, purpose, partner_id, status) values (gen_random_uuid(), 'sign-in', 'x', $1, 'sent')`,
    [partner.id],
  );
  await db.query(`update emails set error = '550 no such user' where template = 'lead-new'`);
  const counts = async () =>
    (
      await db.query(
        `select (select count(*)::int from captured_mails) as captured, count(*)::int as mails, count(error)::int as errors
         from emails`,
      )
    )[0];
  expect(await counts()).toEqual({ captured: 2, mails: 3, errors: 1 });
  await db.query(`update captured_mails set created_at = now() - interval '29 days'`);
  await db.query(`update emails set created_at = now() - interval '179 days'`);
  await purge(db);
  expect(await counts()).toEqual({ captured: 2, mails: 3, errors: 1 });
  await db.query(`update captured_mails set created_at = now() - interval '31 days'`);
  await db.query(`update emails set created_at = now() - interval '181 days'`);
  await purge(db);
  expect(await counts()).toEqual({ captured: 0, mails: 2, errors: 0 });
});

test('the stories of a seeded catalog begin to age when it is seeded', async () => {
  const { db } = await testDatabase('seeded');
  await purge(db);
  expect(await erased(db)).toBe(0);
  await db.query(`update requests set active_at = active_at - interval '729 days'`);
  await purge(db);
  expect(await erased(db)).toBe(0);
});

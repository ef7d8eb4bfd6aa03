import { expect, test } from 'vitest';
import type { Actor } from '../../db/audit.ts';
import type { Database } from '../../db/connect.ts';
import { sendEmail } from '../../jobs/send-email.ts';
import { transaction } from '../../jobs/transaction.ts';
import { erase } from '../../life/erase.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import type { WorkerDeps } from '../../workers/handler.ts';
import { HANDLERS } from '../../workers/handlers.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliver, deliverAllDue, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';

const OPERATOR: Actor = { kind: 'cli' };
const EMAIL = 'ana@example.com';

/** The mails of one request, being sent: what becomes of them is written down only when `letSettle` is called. */
async function underWay(mailer?: WorkerDeps['mailer']) {
  const { db } = await testDatabase('empty');
  const deps = workerDeps(db, mailer && { mailer });
  await insertPartners(db, [newPartner()]);
  await takeIn(deps, [newRequest()]);
  await deliverAllDue(deps, [matchRequestHandler, createDealHandler]);

  let letSettle = () => {};
  const gate = new Promise<void>((resolve) => {
    letSettle = resolve;
  });
  let atGate = () => {};
  const sent = new Promise<void>((resolve) => {
    atGate = resolve;
  });
  const gated: Database = {
    ...db,
    async transaction(point, work) {
      if (point.startsWith('settling')) {
        atGate();
        await gate;
      }
      return db.transaction(point, work);
    },
  };
  const outcomes = deliver({ ...deps, db: gated }, sendEmailHandler, await promised(db, sendEmail));
  await sent;
  return { db, deps, outcomes, letSettle };
}

const captured = (db: Database) =>
  db.query<{ text: string }>(`select m.text from captured_mails m where m::text like '%Ana Souza%'`);

test('a mail that is settled after its client was erased is not kept, and does nothing more', async () => {
  const { db, deps, outcomes, letSettle } = await underWay();
  expect(await erase(deps, EMAIL, OPERATOR)).toMatchObject({ requests: 1, cancelled: 1 });
  letSettle();
  expect((await outcomes).map(({ kind }) => kind)).toEqual(['done', 'done']);
  await deliverAllDue(deps, HANDLERS);
  expect(await captured(db)).toEqual([]);
  const states = await db.query('select template, status, error from emails order by template');
  expect(states).toEqual([
    { template: 'lead-closed', status: 'sent', error: null },
    { template: 'lead-new', status: 'superseded', error: null },
    { template: 'request-routed', status: 'superseded', error: null },
  ]);
});

test('nor when its outbox row could not be taken away: somebody held it', async () => {
  const { db, deps, outcomes, letSettle } = await underWay();
  await db.transaction('job test', async (sql) => {
    await sql.query('select from outbox for update');
    await erase(deps, EMAIL, OPERATOR);
  });
  letSettle();
  await outcomes;
  expect(await captured(db)).toEqual([]);
});

test('what a server answered afterwards is not kept, either', async () => {
  const answer = `450 mailbox of ${EMAIL} full`;
  const { db, deps, outcomes, letSettle } = await underWay({
    ...{ kind: 'smtp', connections: 5, close: () => undefined },
    send: async () => {
      throw new Error(answer);
    },
  });
  await db.transaction('job test', async (sql) => {
    await sql.query('select from outbox for update');
    await erase(deps, EMAIL, OPERATOR);
  });
  letSettle();
  await outcomes;
  expect(await db.query('select id from emails where error is not null')).toEqual([]);
  await db.query('update outbox set run_at = now()');
  await deliverAllDue(workerDeps(db), HANDLERS);
  expect(await db.query('select id from outbox where error is not null')).toEqual([]);
});

test('a mail that is promised after its client was erased is not sent', async () => {
  const { db, deps, outcomes, letSettle } = await underWay();
  letSettle();
  await outcomes;
  await erase(deps, EMAIL, OPERATOR);
  const [email] = await db.query<{ id: string }>(
    `update emails set status = 'pending' where template = 'request-routed' returning id`,
  );
  await transaction(deps, 'job test', async (tx) => tx.enqueue(sendEmail, { emailId: email?.id ?? '' }));
  await deliverAllDue(deps, HANDLERS);
  expect(await db.query(`select status from emails where template = 'request-routed'`)).toEqual([
    { status: 'superseded' },
  ]);
});

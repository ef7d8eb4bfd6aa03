import { expect, test } from 'vitest';
import { expire } from '../../jobs/expire.ts';
import { sendEmail } from '../../jobs/send-email.ts';
import { transaction } from '../../jobs/transaction.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import type { Handler, WorkerDeps } from '../../workers/handler.ts';
import type { Mailer } from '../../workers/mail/mailer.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { transactional } from '../../workers/transactional.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliver, deliverAllDue, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';

const QUOTED = 'cannot read "Ana <ana.souza+crm@mail.example.com>", nor zoë@büro.example';

/** What operators may see of a failure: on the board the message and the stack, on pages the row's text. */
async function shown(deps: WorkerDeps, handler: Handler, ids: string[]): Promise<string> {
  const [outcome] = await deliver(deps, handler, ids);
  if (outcome?.kind !== 'retry') throw new Error('it did not fail');
  const rows = await deps.db.query(
    'select error from outbox where error is not null union all select error from emails where error is not null',
  );
  return [outcome.error.message, outcome.error.stack, JSON.stringify(rows)].join('\n');
}

test('what a handler throws is shown without addresses', async () => {
  const { db } = await testDatabase('empty');
  const deps = workerDeps(db);
  await transaction(deps, 'job test', async (tx) => tx.enqueue(expire, {}));
  const clumsy = transactional(expire, async () => {
    throw new Error(QUOTED);
  });
  const text = await shown(deps, clumsy, await promised(db, expire));
  expect(text).toContain('cannot read "Ana <<address>>"');
  expect(text).not.toMatch(/mail\.example|büro/);
  // Where it happened is still to be read.
  expect(text).toContain('failed-reason.test.ts');
});

test('and so is what goes wrong outside', async () => {
  const { db } = await testDatabase('empty');
  const send = () => Promise.reject(new Error(QUOTED));
  const mailer: Mailer = { kind: 'smtp', connections: 1, send, close: () => undefined };
  const deps = workerDeps(db, { mailer });
  await insertPartners(db, [newPartner()]);
  await takeIn(deps, [newRequest()]);
  await deliverAllDue(deps, [matchRequestHandler, createDealHandler]);
  const [id = ''] = await promised(db, sendEmail);
  const text = await shown(deps, sendEmailHandler, [id]);
  expect(text).toContain('<address>');
  expect(text).not.toMatch(/mail\.example|büro/);
});

import { expect, test } from 'vitest';
import { createDeal } from '../../jobs/create-deal.ts';
import { sendEmail } from '../../jobs/send-email.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import type { Mailer } from '../../workers/mail/mailer.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { slots } from '../../workers/slots.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliver, deliverAllDue, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';

test('so many at once, the others in turn, and nobody waits longer than said', async () => {
  const { take, release } = slots(2);
  expect(await Promise.all([take(10), take(10), take(10)])).toEqual([true, true, false]);
  const [third, fourth] = [take(5_000), take(5_000)];
  release();
  expect(await third).toBe(true);
  release();
  expect(await fourth).toBe(true);
});

test('a mail that finds no connection free in time is given back unsent, and no attempt is counted', async () => {
  const { db } = await testDatabase('empty');
  let sending = 0;
  let most = 0;
  let answer = () => undefined as unknown;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const mailer: Mailer = {
    kind: 'smtp',
    connections: 1,
    close: () => undefined,
    async send() {
      sending += 1;
      most = Math.max(most, sending);
      await answered;
      sending -= 1;
    },
  };
  const deps = workerDeps(db, { mailer }, { MAIL_LEASE: 'PT0.9S' });
  await insertPartners(db, [newPartner()]);
  await takeIn(deps, [newRequest()]);
  await deliverAllDue(deps, [matchRequestHandler]);
  expect(await promised(db, createDeal)).toHaveLength(1);
  await deliverAllDue(deps, [createDealHandler]);
  const ids = await promised(db, sendEmail);
  expect(ids).toHaveLength(2);

  setTimeout(() => answer(), 600);
  const outcomes = await deliver(deps, sendEmailHandler, ids);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['done', 'not-now']);
  expect(most).toBe(1);
  expect(
    await db.query('select attempts, error, lease from outbox where job = $1', [sendEmail.name]),
  ).toEqual([{ attempts: 0, error: null, lease: null }]);
  expect(await db.query('select status, uncertain from emails order by status')).toEqual([
    { status: 'pending', uncertain: false },
    { status: 'sent', uncertain: false },
  ]);

  const left = ids.filter((_, index) => outcomes[index]?.kind === 'not-now');
  expect(await deliver(deps, sendEmailHandler, left)).toMatchObject([{ kind: 'done' }]);
});

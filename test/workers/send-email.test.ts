import { expect, onTestFinished, test } from 'vitest';
import { sendEmail } from '../../jobs/send-email.ts';
import { transaction } from '../../jobs/transaction.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import { smtpMailer } from '../../workers/mail/mailer.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliver, deliverAllDue, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';
import { type Behave, refuse, startSmtpSink } from '../helpers/smtp-sink.ts';

const FROM = { name: 'Terna', address: 'no-reply@terna.example' };

/** One request with one partner: two mails that are promised and not sent yet, and a server that behaves as told. */
async function twoMails(behave?: Behave, env: NodeJS.ProcessEnv = {}) {
  const { db } = await testDatabase('empty');
  const sink = await startSmtpSink(behave);
  onTestFinished(() => sink.close());
  const mailer = smtpMailer(sink.url, FROM, 5);
  onTestFinished(() => mailer.close());
  const deps = workerDeps(db, { mailer }, { PUBLIC_URL: 'https://terna.example', ...env });
  await insertPartners(db, [newPartner({ name: 'Zoë O\'Neil <b>, "Inc"', email: 'zoe@partners.example' })]);
  await takeIn(deps, [newRequest()]);
  await deliverAllDue(deps, [matchRequestHandler, createDealHandler]);
  const [toClient = '', toPartner = ''] = await promised(db, sendEmail);
  const states = () =>
    db.query<{ status: string; uncertain: boolean; attempts: number; error: string | null }>(
      'select status, uncertain, attempts, error from emails order by id',
    );
  return { db, deps, sink, toClient, toPartner, states };
}

test('mails reach the server, each with its reader, both parts and a Message-ID of its own', async () => {
  const { deps, sink, toClient, toPartner, states } = await twoMails();
  expect(await deliver(deps, sendEmailHandler, [toClient, toPartner])).toEqual([
    { kind: 'done' },
    { kind: 'done' },
  ]);
  expect(sink.mails.map((mail) => mail.to[0]).sort()).toEqual(['ana@example.com', 'zoe@partners.example']);
  expect(new Set(sink.mails.map((mail) => mail.messageId)).size).toBe(2);
  for (const { source } of sink.mails) {
    expect(source).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(source).toMatch(/^From: Terna <no-reply@terna\.example>/m);
    expect(source).toMatch(/^Auto-Submitted: auto-generated/m);
  }
  expect(await states()).toMatchObject([
    { status: 'sent', uncertain: false },
    { status: 'sent', uncertain: false },
  ]);
});

test('a mail that the server puts off (450) is tried again, and is not uncertain', async () => {
  const { db, deps, sink, toClient, states } = await twoMails((_mail, nth) =>
    nth === 1 ? refuse(450, 'later') : undefined,
  );
  expect(await deliver(deps, sendEmailHandler, [toClient])).toMatchObject([{ kind: 'retry' }]);
  expect((await states())[0]).toMatchObject({ status: 'pending', uncertain: false, attempts: 1 });
  await db.query('update outbox set run_at = now()');
  expect(await deliver(deps, sendEmailHandler, [toClient])).toEqual([{ kind: 'done' }]);
  expect(sink.mails).toHaveLength(1);
  expect((await states())[0]).toMatchObject({ status: 'sent', uncertain: false, attempts: 2 });
});

test('a mail that the server refuses (550) fails at once, with the reason and without the address', async () => {
  const { deps, toClient, states } = await twoMails((mail) => refuse(550, `no such user ${mail.to[0]}`));
  expect(await deliver(deps, sendEmailHandler, [toClient])).toMatchObject([{ kind: 'failed' }]);
  const [mail] = await states();
  expect(mail).toMatchObject({ status: 'failed', uncertain: false });
  expect(mail?.error).toContain('no such user <address>');
});

test('a server that cuts the line instead of answering leaves the mail uncertain; it goes again under the same Message-ID', async () => {
  const accepted: string[] = [];
  const { db, deps, sink, toClient, states } = await twoMails((mail) => {
    accepted.push(mail.messageId);
    sink.cut();
  });
  expect(await deliver(deps, sendEmailHandler, [toClient])).toMatchObject([{ kind: 'retry' }]);
  expect((await states())[0]).toMatchObject({ status: 'pending', uncertain: true });

  const again = await startSmtpSink();
  onTestFinished(() => again.close());
  const mailer = smtpMailer(again.url, FROM, 1);
  onTestFinished(() => mailer.close());
  await db.query('update outbox set run_at = now()');
  expect(await deliver({ ...deps, mailer }, sendEmailHandler, [toClient])).toEqual([{ kind: 'done' }]);
  expect(again.mails.map((mail) => mail.messageId)).toEqual(accepted);
  expect((await states())[0]).toMatchObject({ status: 'sent', uncertain: true, attempts: 2 });
});

test('a server that cannot be reached is no uncertainty, and no mail is lost', async () => {
  const { deps, sink, toClient, states } = await twoMails();
  await sink.close();
  expect(await deliver(deps, sendEmailHandler, [toClient])).toMatchObject([{ kind: 'retry' }]);
  expect((await states())[0]).toMatchObject({ status: 'pending', uncertain: false });
});

test('a worker that dies between claim and settle: nobody sends while its lease lasts, then it goes again, flagged', async () => {
  const { db, deps, sink, toClient, states } = await twoMails(undefined, { MAIL_LEASE: 'PT1S' });
  // The first worker sends and is never heard of again.
  const { mailer } = deps;
  if (mailer.kind !== 'smtp') throw new Error('no server');
  const sent = new Promise<void>((resolve) => {
    const dying = {
      ...mailer,
      send: async (message: Parameters<typeof mailer.send>[0]) => {
        await mailer.send(message);
        resolve();
        await new Promise(() => undefined);
      },
    };
    void deliver({ ...deps, mailer: dying }, sendEmailHandler, [toClient]);
  });
  await sent;
  const [early] = await deliver(deps, sendEmailHandler, [toClient]);
  expect(early).toMatchObject({ kind: 'not-now', why: 'not due' });
  expect(early?.kind === 'not-now' && early.ms).toBeLessThanOrEqual(1_000);

  await db.query(`update outbox set lease_until = now() - interval '1 second' where lease is not null`);
  expect(await deliver(deps, sendEmailHandler, [toClient])).toEqual([{ kind: 'done' }]);
  expect(new Set(sink.mails.map((mail) => mail.messageId)).size).toBe(1);
  expect(sink.mails).toHaveLength(2);
  expect((await states())[0]).toMatchObject({ status: 'sent', uncertain: true, attempts: 2 });
});

test('a mail whose row was settled already is not sent again, whoever asks', async () => {
  const { deps, sink, toClient, db } = await twoMails();
  await deliver(deps, sendEmailHandler, [toClient]);
  const [email] = await db.query<{ id: string }>(`select id from emails where status = 'sent'`);
  await transaction(deps, 'job test', async (tx) => tx.enqueue(sendEmail, { emailId: email?.id ?? '' }));
  const second = (await promised(db, sendEmail)).at(-1) ?? '';
  expect(await deliver(deps, sendEmailHandler, [second])).toEqual([{ kind: 'done' }]);
  expect(sink.mails).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { PermanentError } from '../../workers/outcome.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { testDatabase } from '../helpers/database.ts';
import { deliverAll, doForward, doMove, idOf, move } from '../helpers/life-acts.ts';
import { deliverJob, mailsOf, routed, type Story, statusOf, windowEnds } from '../helpers/life-story.ts';
import { deliver, promised } from '../helpers/outbox.ts';

const story = async (partners = 3): Promise<Story> => routed((await testDatabase('empty')).db, { partners });
const sendAll = (at: Story) => deliverAll(sendEmailHandler)(at);

/** Invited at the end of the window, won by the first partner all the same, reopened and given up. */
async function wonWhileInvited(at: Story, whenInvited: () => Promise<unknown>): Promise<void> {
  await windowEnds(at);
  await whenInvited();
  for (const to of ['won', 'in_progress', 'lost'] as const) expect(await move(0, to)(at)).toBe('ok');
  expect(await statusOf(at)).toBe('invited');
}

test('a request won while invited, reopened and given up invites its client anew', async () => {
  const at = await story();
  await wonWhileInvited(at, () => sendAll(at));
  const invitations = await mailsOf(at, 'invitation');
  expect(invitations.filter((mail) => mail.endsWith('pending'))).toHaveLength(1);
});

test('a mail that was superseded and promised anew is sent once', async () => {
  const at = await story();
  await wonWhileInvited(at, async () => undefined);
  await sendAll(at);
  const sent = await at.db.query(
    "select uncertain from emails e join captured_mails c on c.email_id = e.id where e.template = 'invitation'",
  );
  expect(sent).toHaveLength(1);
});

/** The invitation is claimed; while it is being sent somebody answers; then sending fails. */
async function answeredWhileSending(at: Story, failure: Error): Promise<string[]> {
  await windowEnds(at);
  const [job = ''] = (
    await at.db.query<{ id: string }>(
      `select o.id from outbox o join emails e on e.id::text = payload ->> 'emailId' where e.template = 'invitation'`,
    )
  ).map(({ id }) => id);
  const sent: string[] = [];
  const mailer = (fails: boolean) => ({
    kind: 'smtp' as const,
    connections: 1,
    close: () => undefined,
    async send({ messageId }: { messageId: string }) {
      if (fails) {
        expect(await move(0, 'in_progress')(at)).toBe('ok');
        throw failure;
      }
      sent.push(messageId);
    },
  });
  await deliver({ ...at.deps, mailer: mailer(true) }, sendEmailHandler, [job]);
  await at.db.query('update outbox set run_at = now(), failed_at = null where id = $1', [job]);
  await deliver({ ...at.deps, mailer: mailer(false) }, sendEmailHandler, [job]);
  return sent;
}

test('an invitation whose sending failed is not tried again once somebody has answered', async () => {
  expect(await answeredWhileSending(await story(), new Error('421 come again'))).toEqual([]);
});

test('an invitation that failed for good is not sent by a retry once somebody has answered', async () => {
  expect(await answeredWhileSending(await story(), new PermanentError('550 no such user'))).toEqual([]);
});

test('a deal lost because the client chose another is not reopened under another reason', async () => {
  const at = await story();
  expect(await doMove(at.deps, at.requestId, idOf(at, 0), 'won')).toBe('ok');
  for (const to of ['in_progress', 'lost'] as const) expect(await move(0, to)(at)).toBe('ok');
  expect(await move(1, 'in_progress')(at)).toBe('client_chose_another');
  await doMove(at.deps, at.requestId, idOf(at, 1), 'lost', { lostReason: 'no_time' });
  expect(await move(1, 'in_progress')(at)).toBe('client_chose_another');
});

// BUG (or the design's sentence is): "at most MAX_REPLACEMENTS (3) times, and never after invitation, choice or
// cancel". A forward makes the request `routed`, and then refused places are filled again, old ones too.
test('a place refused after an invitation is not filled, though the request was forwarded', async () => {
  const at = await story(7);
  await windowEnds(at);
  for (const place of [0, 1, 2]) await move(place, 'lost')(at);
  expect(await doForward(at.deps, at.requestId, idOf(at, 3))).toBe('ok');
  await deliverJob(at.deps, 'create-deal');
  await move(3, 'lost')(at);
  await deliverJob(at.deps, 'match-request');
  expect(await promised(at.db, { name: 'create-deal' })).toEqual([]);
  expect(await statusOf(at)).toBe('invited');
});

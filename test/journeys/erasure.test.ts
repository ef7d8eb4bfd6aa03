import { expect, onTestFinished, test } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import type { Erased } from '../../life/erase.ts';
import type { Exported } from '../../life/export.ts';
import { marketplace } from '../helpers/article.ts';
import { onBothBackEnds, type QueueBackEnd } from '../helpers/backends.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { REQUESTS } from '../helpers/http-requests.ts';
import { ABOUT, expectGone, expectHeld, NEEDLE } from '../helpers/needle.ts';
import { requestBody } from '../helpers/requests.ts';
import { refuse, startSmtpSink } from '../helpers/smtp-sink.ts';
import { until } from '../helpers/until.ts';

type Market = Awaited<ReturnType<typeof marketplace>>;

/** Case does not count. */
const EMAIL = NEEDLE.client.email.toUpperCase();

async function administrator({ db, call }: TestApi) {
  const token = await createApiKey(db, { role: 'admin' });
  const post = async <T>(deed: string, email: string) => {
    const answer = await call<T>(`/api/v1/admin/personal-data/${deed}`, { token, json: { email } });
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };
  return {
    erase: (email = EMAIL) => post<Erased>('erase', email),
    export: (email = EMAIL) => post<Exported>('export', email),
  };
}

/** Nothing is left to do but what waits for its time. */
async function settled({ db }: TestApi): Promise<void> {
  const due = `select job from outbox where failed_at is null and (run_at <= now() or lease_until > now())`;
  await until(async () => (await db.query(due)).length === 0, { what: 'all work done', within: 20_000 });
}

/** What is counted is what there is. */
async function expectConsistent({ db }: TestApi): Promise<void> {
  const wrong = `select id from partners p where live_leads <> (
    select count(*) from matches m left join deals d on d.id = m.id where m.partner_id = p.id
      and m.dropped_at is null and coalesce(d.kind, 'new') in ('new', 'in_progress'))`;
  expect(await db.query(wrong)).toEqual([]);
  const listed = `select (select count(*)::int from partners where listed) as listed,
    (select n from catalog_counts where facet = 'all') as counted`;
  const [counts] = await db.query<{ listed: number; counted: number }>(listed);
  expect(counts?.counted).toBe(counts?.listed);
}

/** One request of the needle in each state that there is. */
async function everyState({ api, partners, ask, dealOf, moved, mailsOf, keyOf }: Market) {
  const first = partners[0]?.id ?? '';
  const manual = { ...NEEDLE, partnerId: first, criteria: undefined };
  const opened = async (overrides: Record<string, unknown>) => {
    const request = await ask(overrides);
    await dealOf(first, request.id);
    return request;
  };
  await opened(manual);
  await (await ask({ ...NEEDLE, criteria: { country: 'AQ' } })).becomes('unmatched');
  const answered = await opened(manual);
  await moved(first, answered.id, { stage: 'in_progress' });
  const chosen = await opened(manual);
  await chosen.call('/choice', { partnerId: first });
  const refused = await opened(manual);
  await moved(first, refused.id, { stage: 'lost' });
  await refused.becomes('invited');
  const cancelled = await opened(manual);
  await cancelled.call('/cancel', undefined, { method: 'POST' });

  const won = await opened(manual);
  const deal = await moved(first, won.id, { stage: 'won' });
  const mail = await until(async () => (await mailsOf(NEEDLE.client.email, 'feedback-request'))[0]);
  const token = /feedback\/([\w-]+)/.exec(mail.text)?.[1] ?? '';
  const review = await api.call<{ id: string }>('/api/v1/reviews', {
    token,
    json: { rating: 2, comment: ABOUT.comment },
  });
  expect(review.status, review.text).toBe(201);
  const key = await keyOf(first);
  const noted = await api.call(`/api/v1/deals/${deal.id}/notes`, { token: key, json: { text: ABOUT.note } });
  expect(noted.status).toBe(201);
  const { id } = review.body;
  const replied = await api.call(`/api/v1/reviews/${id}/reply`, { token: key, json: { text: ABOUT.reply } });
  expect(replied.status, replied.text).toBe(200);
  await api.call(REQUESTS, {
    json: requestBody({ ...manual, title: undefined }),
    headers: { 'idempotency-key': `of ${NEEDLE.client.email}` },
  });
  return { dealId: deal.id };
}

async function whatRemains({ db }: TestApi) {
  const [remains] = await db.query<Record<string, number>>(
    `select (select review_count from partners order by id limit 1) as reviews,
       (select rating_sum from partners order by id limit 1) as stars,
       (select count(*)::int from disclosures where consent_version is not null) as disclosures`,
  );
  return remains;
}

const THREE = [{}, {}, {}];

function erasureTests(backEnd: QueueBackEnd): void {
  test('requests in every state: exported whole, then in no table, key or file', async () => {
    const market = await marketplace(backEnd, THREE);
    const { api, ask, dealOf, partners } = market;
    const admin = await administrator(api);
    const { dealId } = await everyState(market);
    const bystander = await ask({ partnerId: partners[0]?.id, criteria: undefined });
    await dealOf(partners[0]?.id ?? '', bystander.id);
    await settled(api);
    await expectHeld(api, backEnd);

    const held = await admin.export();
    const states = held.requests.map(({ status }) => status).sort();
    expect(new Set(states)).toEqual(
      new Set(['routed', 'unmatched', 'answered', 'chosen', 'invited', 'cancelled', 'completed']),
    );
    for (const { client, consent, partners } of held.requests) {
      expect(client).toMatchObject(NEEDLE.client);
      for (const { disclosure } of partners) {
        expect(disclosure?.what).toEqual(['name', 'email', 'phone', 'company', 'project']);
        expect(disclosure?.consentVersion).toBe(consent.version);
      }
    }
    const reviewed = held.requests.flatMap(({ partners }) => partners).find(({ review }) => review);
    expect(reviewed).toMatchObject({ review: { rating: 2, ...ABOUT_REVIEW }, deal: { notes: [ABOUT.note] } });
    const before = await whatRemains(api);

    expect(await admin.erase()).toMatchObject({ requests: 8, cancelled: 6, reviews: 1, partners: 0 });
    await settled(api);
    await expectGone(api, backEnd);
    await expectConsistent(api);
    expect(await whatRemains(api)).toEqual(before);

    // Partners with an open deal were told which, and nothing of whom; nobody else was written to.
    const closed = await api.db.query<{ text: string; subject: string }>(
      `select c.subject, c.text from captured_mails c join emails e on e.id = c.email_id
       where e.request_id in (select id from requests where erased_at is not null)`,
    );
    expect(closed).toHaveLength(4);
    for (const { subject, text } of closed) {
      expect(subject).toBe('A request was closed');
      expect(text).toMatch(/workspace\/deals\/[\da-f-]{36}/);
    }
    expect((await bystander.see()).status).toBe('routed');
    const page = await api.call(`/api/v1/deals/${dealId}`, {
      token: await market.keyOf(partners[0]?.id ?? ''),
    });
    expect(page.status).toBe(200);

    // Asking again finds nothing.
    expect(Object.values(await admin.erase()).every((count) => count === 0)).toBe(true);
    expect((await admin.export()).requests).toEqual([]);
  });

  test('mails that failed or are tried again, with replies that quote the address', async () => {
    const sink = await startSmtpSink((mail) => {
      const [to = ''] = mail.to;
      if (to.toLowerCase() !== NEEDLE.client.email.toLowerCase()) return;
      refuse(/request-un|nobody/i.test(mail.source) ? 450 : 550, `no mailbox for <${to}>, ${to} or "${to}"`);
    });
    onTestFinished(() => sink.close());
    const { api, ask } = await marketplace(backEnd, THREE, { SMTP_URL: sink.url });
    const admin = await administrator(api);
    await ask(NEEDLE);
    await ask({ ...NEEDLE, criteria: { country: 'AQ' } });
    const failed = `select id from emails where error is not null`;
    await until(async () => (await api.db.query(failed)).length === 2, { what: 'two mails refused' });

    expect(await admin.erase()).toMatchObject({ requests: 2, cancelled: 2 });
    await settled(api);
    await expectGone(api, backEnd);
    expect(await api.db.query(failed)).toEqual([]);
    const unsent = `select id from outbox where job = 'send-email'`;
    expect(await api.db.query(unsent)).toEqual([]);
  });

  test('while workers are busy with it: nothing comes back', async () => {
    const { api, partners, keyOf } = await marketplace(backEnd, THREE);
    const admin = await administrator(api);
    const keys = await Promise.all(partners.map(({ id }) => keyOf(id)));
    for (let round = 0; round < 4; round += 1) {
      const sent = Array.from({ length: 12 }, () =>
        api.call(REQUESTS, { json: requestBody({ ...NEEDLE, criteria: {} }) }),
      );
      for (const { status } of await Promise.all(sent)) expect(status).toBe(202);
      // Partners answer and refuse what they have at this moment, beside two administrators who erase.
      const answers = keys.map(async (token, n) => {
        const { body } = await api.call<{ data: { id: string }[] }>('/api/v1/deals?stage=new', { token });
        const stage = n === 0 ? 'lost' : 'in_progress';
        const move = ({ id }: { id: string }) =>
          api.call(`/api/v1/deals/${id}`, { method: 'PATCH', token, json: { stage } });
        const statuses = (await Promise.all(body.data.map(move))).map(({ status }) => status);
        expect(statuses.filter((status) => ![200, 409].includes(status))).toEqual([]);
      });
      await new Promise((resolve) => setTimeout(resolve, 25 * round));
      await Promise.all([admin.erase(), admin.erase(), ...answers]);
    }
    await settled(api);
    await expectGone(api, backEnd);
    await expectConsistent(api);
    const running = `select status from requests where status not in ('cancelled', 'completed')`;
    expect(await api.db.query(running)).toEqual([]);
  });

  test('a partner: the listing is gone, its clients are served by others, nothing names it', async () => {
    const name = 'Agentur Nadelkissen';
    const email = 'Nadel@Kissen.example';
    const leaving = { name, title: 'Nadelarbeit', slug: 'nadelkissen', email, rank: 90 };
    const { api, partners, ask, dealOf, moved, keyOf } = await marketplace(
      backEnd,
      [leaving, { email: 'b@partners.example' }, {}, {}],
      { MATCHING_POLICY: 'top' },
    );
    const admin = await administrator(api);
    const id = partners[0]?.id ?? '';
    const alone = await ask({ partnerId: id, criteria: undefined });
    const shared = await ask();
    await dealOf(id, alone.id);
    await dealOf(id, shared.id);
    await moved(id, alone.id, { stage: 'in_progress' });
    await api.call('/api/v1/sign-in', { json: { email } });
    await settled(api);
    const texts = [email, name, 'Nadelarbeit', 'nadelkissen'];
    await expectHeld(api, backEnd, texts);
    const { partners: held } = await admin.export(email.toLowerCase());
    expect(held).toMatchObject([{ profile: { name, email }, deals: [{}, {}], apiKeys: [{ works: true }] }]);
    expect(JSON.stringify(held)).not.toContain(alone.email);

    expect(await admin.erase(email.toLowerCase())).toMatchObject({
      partners: 1,
      closedDeals: 2,
      requests: 0,
    });
    await settled(api);
    await expectGone(api, backEnd, texts);
    await expectConsistent(api);
    expect((await api.call('/api/v1/partners/nadelkissen')).status).toBe(404);
    expect((await api.call('/api/v1/deals', { token: await keyOf(id) })).status).toBe(401);
    await alone.becomes('invited');
    const { matches } = await shared.see();
    expect(matches.filter(({ status }) => status === 'sent')).toHaveLength(3);
    const again = await api.call(REQUESTS, { json: requestBody({ partnerId: id, criteria: undefined }) });
    expect(again.status).toBe(422);
  });
}

const ABOUT_REVIEW = { comment: ABOUT.comment, reply: ABOUT.reply };

onBothBackEnds('erasing a person', erasureTests);

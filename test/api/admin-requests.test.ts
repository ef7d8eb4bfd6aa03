import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertOutbox } from '../../db/outbox.ts';
import { HANDLERS } from '../../workers/handlers.ts';
import { type AdminApi, openAdminApi } from '../helpers/admin-api.ts';
import { feedbackToken, insertDeal } from '../helpers/admin-deals.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliverAllDue } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { requestBody } from '../helpers/requests.ts';

interface Name {
  id: string;
  slug: string;
  name: string;
}

interface Story {
  id: string;
  status: string;
  answerWindow: { no: number; dueAt: string | null };
  draws: {
    no: number;
    seed: string;
    eligible: number;
    candidates: { partner: Name; weight: number }[];
    picked: Name[];
    replays: boolean | null;
  }[];
  matches: {
    id: string;
    partner: Name;
    reasons: { code: string }[];
    deal: {
      kind: string;
      version: number;
      events: { actor: string; event: string; data: unknown }[];
      review: unknown;
    } | null;
  }[];
  mails: { id: string; template: string; purpose: string; to: Name | 'client'; status: string }[];
  jobs: { id: string; job: string; attempts: number; failedAt: string | null; error: string | null }[];
}

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

describe('the story of a request', () => {
  let api: AdminApi;
  beforeAll(async () => {
    api = await openAdminApi('empty');
    await insertPartners(
      api.db,
      Array.from({ length: 6 }, () => newPartner()),
    );
  });
  afterAll(() => api.close());

  const story = async (id: string) => {
    const { status, body, text } = await api.admin<Story>(`/requests/${id}`);
    expect(status, text).toBe(200);
    return body;
  };
  const send = async () =>
    (await api.call<{ id: string }>('/requests', { json: requestBody({ criteria: {} }) })).body.id;
  const work = () => deliverAllDue(workerDeps(api.db), HANDLERS);

  it('begins with a job that waits', async () => {
    const seen = await story(await send());
    expect(seen).toMatchObject({ status: 'received', draws: [], matches: [], mails: [] });
    expect(seen).toMatchObject({
      client: { name: 'Ana Souza', email: 'ana@example.com' },
      project: { title: 'CRM setup' },
      answerWindow: { no: 1, dueAt: null },
    });
    expect(seen.jobs.map(({ job, attempts }) => [job, attempts])).toEqual([['match-request', 0]]);
    await work();
  });

  it('goes on with a draw that replays, three deals, four mails and a follow-up', async () => {
    const id = await send();
    await work();
    const seen = await story(id);
    expect(seen.status).toBe('routed');
    expect(seen.answerWindow.dueAt).toMatch(/Z$/);
    const [draw] = seen.draws;
    expect(seen.draws).toHaveLength(1);
    expect(draw).toMatchObject({ no: 1, seed: `${id}/1`, policyVersion: 1, eligible: 6, replays: true });
    expect(draw?.candidates).toHaveLength(6);
    for (const { partner, weight } of draw?.candidates ?? []) {
      expect(partner).toEqual({ id: expect.any(String), slug: expect.any(String), name: expect.any(String) });
      expect(weight).toBeGreaterThan(0);
    }
    const picked = (draw?.picked ?? []).map((partner) => partner.id);
    expect(seen.matches.map(({ partner }) => partner.id).sort()).toEqual([...picked].sort());
    for (const match of seen.matches) {
      expect(match.reasons.length).toBeGreaterThan(0);
      expect(match.deal).toMatchObject({ kind: 'new', version: 1, lostReason: null, review: null });
    }
    expect(seen.mails.map(({ template, status }) => `${template} ${status}`).sort()).toEqual([
      'lead-new sent',
      'lead-new sent',
      'lead-new sent',
      'request-routed sent',
    ]);
    expect(seen.mails.filter(({ to }) => to === 'client')).toHaveLength(1);
    expect(seen.jobs.map(({ job }) => job)).toEqual(['follow-up']);
    expect((await api.admin(`/requests/${id.toUpperCase()}`)).status).toBe(200);
  });

  it('says of a draw that was tampered with that it does not replay', async () => {
    const id = await send();
    await work();
    const change = (sql: string) => api.db.query(`update draws set ${sql} where request_id = $1`, [id]);
    // Those who were not picked, of the same seed: another one might draw them.
    await change(`picked = (select array_agg(c ->> 'id' order by c ->> 'id')::uuid[]
      from jsonb_array_elements(candidates) as c where not (c ->> 'id')::uuid = any (picked))`);
    expect((await story(id)).draws[0]?.replays).toBe(false);
    await change('policy_version = 99');
    expect((await story(id)).draws[0]?.replays).toBeNull();
  });

  it('has the jobs of its matches, deals and mails, failed ones with their reason, and no others', async () => {
    const id = await send();
    await work();
    const { matches, mails } = await story(id);
    const payloads = [
      { matchId: matches[0]?.id },
      { dealId: matches[1]?.id },
      { emailId: mails[0]?.id },
      { requestId: id },
      { requestId: UNKNOWN },
      {},
    ];
    await insertOutbox(
      api.db,
      payloads.map((payload, n) => ({ id: uuidv7(), job: `job-${n}`, payload, delayMs: 60_000 + n })),
    );
    await api.db.query(`update outbox set failed_at = now(), error = 'why' where job = 'job-2'`);
    const { jobs } = await story(id);
    const own = jobs.filter(({ job }) => job.startsWith('job-'));
    expect(own.map(({ job }) => job)).toEqual(['job-0', 'job-1', 'job-2', 'job-3']);
    expect(own[2]).toMatchObject({ error: 'why', failedAt: expect.stringMatching(/Z$/) });
    await api.db.query(`delete from outbox where job like 'job-%'`);
  });

  it('has the timeline of each deal and its review', async () => {
    const partner = newPartner({ listed: false });
    await insertPartners(api.db, [partner]);
    const deal = await insertDeal(api.db, partner.id);
    const token = await feedbackToken(api.db, deal.id);
    const review = await api.call<{ id: string }>('/reviews', { token, json: { rating: 2 } });
    await api.admin(`/reviews/${review.body.id}/hide`, { json: { reason: 'x' } });
    const { matches } = await story(deal.requestId);
    expect(matches).toHaveLength(1);
    expect(matches[0]?.deal).toMatchObject({
      kind: 'won',
      events: [{ actor: 'client', event: 'reviewed', data: { rating: 2 }, at: expect.any(String) }],
      review: { id: review.body.id, rating: 2, hidden: true },
    });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey, principalOf } from '../../db/api-keys.ts';
import { boardApi, type Caller, newCaller, takeLeads } from '../helpers/board-api.ts';
import { atWork, location, type Visitor } from '../helpers/board-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { sessionCookieFor } from '../helpers/page-session.ts';

const PIPELINES = '/workspace/pipelines';
const KEYS = '/workspace/settings/keys';

/** The key of the one form on a page that has one. */
function keyIn(html: string): string {
  const keys = [...html.matchAll(/name="key" value="([^"]+)"/g)].map(([, key = '']) => key);
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  return keys[0] ?? '';
}

describe('a button pressed twice, without JavaScript', () => {
  let api: TestApi;
  let partner: Caller;
  let page: Visitor;
  beforeAll(async () => {
    api = await boardApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    partner = await newCaller(api);
    page = await atWork(api, partner.id);
  });

  const six = <T>(press: () => Promise<T>) => Promise.all(Array.from({ length: 6 }, press));

  describe('for a note', () => {
    let path: string;
    beforeEach(async () => {
      const [id] = await takeLeads(api, partner.id);
      path = `/workspace/deals/${id}`;
    });
    const notes = async () => {
      const { text } = await page.get(path);
      return [...text.matchAll(/<div class="note-text"><p[^>]*>([^<]*)</g)].map(([, words]) => words);
    };

    it('makes one, and another of other words: who goes back and writes again loses nothing', async () => {
      const key = keyIn((await page.get(path)).text);
      const answers = await six(() => page.post(`${path}/notes`, { key, text: 'First' }));
      expect(answers.map((answer) => [answer.status, location(answer)])).toEqual(
        Array(6).fill([303, `${path}?done=noted`]),
      );
      expect(await notes()).toEqual(['First']);
      await six(() => page.post(`${path}/notes`, { key, text: 'Second' }));
      expect(await notes()).toEqual(['Second', 'First']);
      // Another form, with the same words: somebody means it.
      await page.post(`${path}/notes`, { key: keyIn((await page.get(path)).text), text: 'First' });
      expect(await notes()).toEqual(['First', 'Second', 'First']);
    });

    it('keeps its key while something is wrong with it', async () => {
      const key = keyIn((await page.get(path)).text);
      const wrong = await page.post(`${path}/notes`, { key, text: ' ' });
      expect([wrong.status, keyIn(wrong.text)]).toEqual([422, key]);
    });

    it('stands where it was written, however long its form was open', async () => {
      const key = keyIn((await page.get(path)).text);
      await page.post(`${path}/notes`, { text: 'Meanwhile' });
      await page.post(`${path}/notes`, { key, text: 'At last' });
      expect(await notes()).toEqual(['At last', 'Meanwhile']);
      const { body } = await partner.call<{ timeline: { event: string; data: { text?: string } }[] }>(
        path.replace('/workspace', '/api/v1'),
      );
      expect(body.timeline.map(({ event, data }) => data.text ?? event)).toEqual([
        'opened',
        'Meanwhile',
        'At last',
      ]);
    });

    it.each(['', 'x', '00000000-0000-0000-0000-000000000000'])(
      'without a key that is one (%j) makes a note each',
      async (key) => {
        for (const _ of [1, 2])
          expect((await page.post(`${path}/notes`, { key, text: 'N' })).status).toBe(303);
        expect(await notes()).toEqual(['N', 'N']);
      },
    );

    it('never touches what somebody else has under the same id', async () => {
      const other = await newCaller(api);
      const [deal] = await takeLeads(api, other.id);
      const theirs = await atWork(api, other.id);
      await theirs.post(`/workspace/deals/${deal}/notes`, { text: 'Theirs' });
      const rows = () =>
        api.db.query<{ id: string }>(
          "select id, data from deal_events where deal_id = $1 and event = 'note'",
          [deal],
        );
      const before = await rows();
      const sent = await page.post(`${path}/notes`, { key: before[0]?.id ?? '', text: 'Mine' });
      expect([sent.status, sent.text.includes('Theirs')]).toEqual([303, false]);
      expect(await notes()).toEqual(['Mine']);
      expect(await rows()).toEqual(before);
    });
  });

  describe('for a pipeline', () => {
    const names = async () => (await partner.boards()).map(({ name }) => name);

    it('makes one, with one set of stages, and leads to it each time', async () => {
      const key = keyIn((await page.get(PIPELINES)).text);
      const answers = await six(() => page.post(PIPELINES, { key, name: 'Sales' }));
      expect(new Set(answers.map((answer) => `${answer.status} ${location(answer)}`)).size).toBe(1);
      expect((await page.get(`${PIPELINES}/${(await partner.boards())[0]?.id}?done=added`)).text).toContain(
        'Your new pipeline is ready.',
      );
      expect((await partner.boards()).map(({ stages }) => stages.length)).toEqual([4]);
      await page.post(PIPELINES, { key, name: 'Service' });
      await page.post(PIPELINES, { name: 'Sales' });
      expect(await names()).toEqual(['Sales', 'Service', 'Sales']);
    });

    it('never touches another partner’s under the same id', async () => {
      const other = await newCaller(api);
      const theirs = await other.add('Theirs');
      const sent = await page.post(PIPELINES, { key: theirs.id, name: 'Theirs' });
      expect(sent.status).toBe(303);
      expect(location(sent)).not.toContain(theirs.id);
      expect([await names(), (await other.boards()).length]).toEqual([['Theirs'], 1]);
    });

    it('stops at 50, on the page and in the API; the press that made the last counts once', async () => {
      await api.db.query(
        `insert into pipelines (id, partner_id, name, position)
         select gen_random_uuid(), $1, 'P' || n, n from generate_series(0, 48) as n`,
        [partner.id],
      );
      const key = keyIn((await page.get(PIPELINES)).text);
      for (const { status } of await six(() => page.post(PIPELINES, { key, name: 'Last' })))
        expect(status).toBe(303);
      expect(await names()).toHaveLength(50);
      const full = await page.post(PIPELINES, { name: 'One <too> many' });
      expect(full.status).toBe(409);
      expect(full.text).toContain('You have 50 pipelines, and there can be no more.');
      expect(full.text).toContain('value="One &lt;too> many"');
      expect(full.text).toContain(`href="${PIPELINES}?lang=pt-BR"`);
      const { status, body } = await partner.call('/api/v1/pipelines', 'POST', { name: 'More' });
      expect([status, body.code]).toEqual([409, 'too_many_pipelines']);
      expect(await names()).toHaveLength(50);
    });
  });

  describe('for an API key', () => {
    const settings = '/workspace/settings';
    const made = () =>
      api.db.query<{ id: string }>('select id from api_keys where partner_id = $1 and revoked_at is null', [
        partner.id,
      ]);
    beforeEach(() => api.db.query('delete from api_keys where partner_id = $1', [partner.id]));

    it('makes one, shows it once, and says so the second time', async () => {
      const key = keyIn((await page.get(settings)).text);
      const answers = await six(() => page.post(KEYS, { key }));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 201]);
      const secrets = answers.flatMap(
        ({ text }) => /<code id="new-key">(terna_[\w-]+)</.exec(text)?.[1] ?? [],
      );
      expect(secrets).toHaveLength(1);
      expect(await principalOf(api.db, secrets[0] ?? '')).toMatchObject({ partnerId: partner.id });
      const second = answers.find(({ status }) => status === 200);
      expect(second?.text).toMatch(
        /role="status">This key has already been created, and it was shown only once/,
      );
      expect(second?.text).toContain(`href="${settings}?lang=pt-BR"`);
      expect(await made()).toHaveLength(1);
      // The page that says so makes another one.
      expect((await page.post(KEYS, { key: keyIn(second?.text ?? '') })).status).toBe(201);
      expect(await made()).toHaveLength(2);
    });

    it('is not made again after it was revoked, and never in another’s place', async () => {
      const key = keyIn((await page.get(settings)).text);
      await page.post(KEYS, { key });
      const [{ id } = { id: '' }] = await made();
      await page.post(`${KEYS}/${id}/revoke`, {});
      expect((await page.post(KEYS, { key })).status).toBe(200);
      expect(await made()).toEqual([]);
      const theirs = await atWork(api, (await newCaller(api)).id);
      for (const each of [key, id]) expect((await theirs.post(KEYS, { key: each })).status).toBe(201);
    });

    it('is one of 20 at most that work', async () => {
      const secrets = [];
      for (let n = 0; n < 19; n += 1)
        secrets.push(await createApiKey(api.db, { role: 'partner', partnerId: partner.id }));
      const { text } = await page.get(settings);
      const answers = await Promise.all(
        [{ key: keyIn(text) }, {}, {}].map((fields) => page.post(KEYS, fields)),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
      const refused = answers.find(({ status }) => status === 409);
      expect(refused?.text).toMatch(/role="alert">You have 20 API keys that work/);
      expect(refused?.text).toContain(`href="${settings}?lang=pt-BR"`);
      const keys = await made();
      expect(keys).toHaveLength(20);
      for (const { id } of keys) expect(refused?.text).toContain(`/keys/${id}/revoke"`);
      await page.post(`${KEYS}/${keys[0]?.id}/revoke`, {});
      expect((await page.post(KEYS, {})).status).toBe(201);
    });

    it('is not made by what is no form', async () => {
      const cookie = await sessionCookieFor(api.db, partner.id);
      expect((await api.call(KEYS, { method: 'POST', headers: { cookie } })).status).toBe(415);
      expect(await made()).toEqual([]);
    });
  });
});

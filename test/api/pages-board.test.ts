import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  boardApi,
  type Caller,
  newCaller,
  promiseLeads,
  putInto,
  stageOf,
  takeLeads,
  UNKNOWN,
} from '../helpers/board-api.ts';
import { atWork, location, type Visitor, visitor } from '../helpers/board-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { adminCookie } from '../helpers/page-session.ts';

const BOARD = '/workspace/board';

describe('the board page', () => {
  let api: TestApi;
  let partner: Caller;
  let page: Visitor;

  beforeAll(async () => {
    api = await boardApi();
  });
  afterAll(() => api.close());

  async function newPartnerAtWork(): Promise<void> {
    // Deals of the helpers are not counted as leads, but closing one counts one less.
    partner = await newCaller(api, { liveLeads: 100 });
    page = await atWork(api, partner.id);
  }

  const versionOf = async (path = `${BOARD}/state`) => (await page.get(path)).body.version;
  const shownVersion = (text: string) => /data-version="([^"]*)"/.exec(text)?.[1];
  const stage = async (kind: string) => stageOf((await partner.boards())[0], kind);
  const move = async (id: string, kind: string, more: Record<string, string> = {}) =>
    page.post(`/workspace/deals/${id}/move`, {
      stageId: (await stage(kind))?.id ?? '',
      version: '1',
      back: 'board',
      ...more,
    });
  const card = (text: string, id: string) =>
    new RegExp(`id="deal-${id}".*?</li></ul>|id="deal-${id}".*`, 's').exec(text)?.[0] ?? '';
  const isIn = (text: string, id: string, stageId = '') => {
    const list = new RegExp(`data-stage="${stageId}">(.*?)(?=data-stage=|$)`, 's').exec(text)?.[1] ?? '';
    return list.includes(`id="deal-${id}"`);
  };

  it('is the start of the workspace, which others do not have', async () => {
    await newPartnerAtWork();
    expect([(await page.get('/workspace')).status, location(await page.get('/workspace'))]).toEqual([
      303,
      BOARD,
    ]);
    const stranger = await visitor(api).get(BOARD);
    expect([stranger.status, location(stranger)]).toEqual([303, '/sign-in']);
    const admin = visitor(api, await adminCookie(api.db));
    expect((await admin.get(BOARD)).status).toBe(404);
    expect((await admin.get(`${BOARD}/state`)).status).toBe(404);
    expect((await page.get(BOARD)).headers.get('cache-control')).toBe('no-store');
  });

  it('tells a partner without a pipeline what will happen, and shows the first deal by itself', async () => {
    await newPartnerAtWork();
    const { status, text } = await page.get(BOARD);
    expect(status).toBe(200);
    expect(text).toContain('a pipeline named Leads');
    expect(shownVersion(text)).toBe(await versionOf());
    await takeLeads(api, partner.id);
    expect(await versionOf()).not.toBe(shownVersion(text));
    expect((await page.get(`${BOARD}?after=`)).text).toContain('1 new deal: CRM');
  });

  it('shows the deals in the stages, in both languages', async () => {
    await newPartnerAtWork();
    const [id = ''] = await takeLeads(api, partner.id);
    await api.db.query(
      `update requests set title = $2, client_name = $3, budget_amount = 1500, budget_currency = 'BRL',
         answer_due_at = now() + interval '5 hours' where id = $1`,
      [id, 'Site & <i>CRM</i>', `Zoë O'Neil <b>`],
    );
    const { text } = await page.get(BOARD);
    expect(text).toContain('Site &amp; &lt;i>CRM&lt;/i>');
    expect(text).toContain(`Zoë O'Neil &lt;b>`);
    expect(text).toMatch(/R\$1,500\.00.*Came in now.*Answer within 5 hours/s);
    expect(isIn(text, id, (await stage('new'))?.id)).toBe(true);
    const { text: pt } = await page.get(BOARD, { 'accept-language': 'pt-BR' });
    expect(pt).toContain('Responda em até 5 horas');
    expect(pt).toContain('Mover para…');
  });

  it('moves a deal without JavaScript, and says so', async () => {
    await newPartnerAtWork();
    const [id = ''] = await takeLeads(api, partner.id);
    const moved = await move(id, 'in_progress');
    expect(moved.status).toBe(303);
    expect(location(moved)).toContain(`#deal-${id}`);
    const { text } = await page.get(location(moved));
    expect(text).toContain('“CRM” is now in In progress.');
    expect(isIn(text, id, (await stage('in_progress'))?.id)).toBe(true);
  });

  it('tells the second of two windows, and shows where the deal really is', async () => {
    await newPartnerAtWork();
    const [id = ''] = await takeLeads(api, partner.id);
    await move(id, 'in_progress');
    const late = await move(id, 'lost', { lostReason: 'no_time' });
    expect(late.status).toBe(412);
    expect(late.text).toMatch(/role="alert"[^>]*>Somebody moved this deal in the meantime/);
    expect(isIn(late.text, id, (await stage('in_progress'))?.id)).toBe(true);
    const twice = await move(id, 'in_progress');
    expect(twice.status).toBe(412);
    expect(twice.text).toContain('it is already in In progress');
    const rows = await api.db.query("select from deal_events where deal_id = $1 and event = 'moved'", [id]);
    expect(rows).toHaveLength(1);
  });

  it('asks why a deal is lost, and keeps the question open where nobody said', async () => {
    await newPartnerAtWork();
    const [id = ''] = await takeLeads(api, partner.id);
    const silent = await move(id, 'lost');
    expect(silent.status).toBe(422);
    expect(card(silent.text, id)).toMatch(/<details class="asking"[^>]* open.*Choose why the deal was lost/s);
    expect((await move(id, 'lost', { lostReason: 'expired' })).status).toBe(422);
    const { text } = await page.get(location(await move(id, 'lost', { lostReason: 'budget_too_low' })));
    expect(card(text, id)).toContain('The budget is too low');
  });

  it('explains a move that the life of the request does not allow', async () => {
    await newPartnerAtWork();
    const [id = ''] = await takeLeads(api, partner.id);
    await move(id, 'lost', { lostReason: 'no_time' });
    await api.db.query("update requests set status = 'cancelled' where id = $1", [id]);
    const refused = await move(id, 'in_progress', { version: '2' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('The client canceled the request, so this deal cannot be reopened.');
    expect((await move(id, 'won', { version: '2' })).status).toBe(409);
    expect((await move(id, 'won', { version: 'x' })).status).toBe(422);
    expect((await move(id, 'won', { stageId: UNKNOWN, version: '2' })).status).toBe(422);
  });

  it('does not offer what is impossible', async () => {
    await newPartnerAtWork();
    const [id = ''] = await takeLeads(api, partner.id);
    expect(card((await page.get(BOARD)).text, id)).toContain('Yes, the project is completed');
    await putInto(api, id, await stage('lost'));
    await api.db.query("update deals set lost_reason = 'client_chose_another' where id = $1", [id]);
    const { text } = await page.get(BOARD);
    expect(card(text, id)).toContain('The client chose another partner.');
    expect(card(text, id)).not.toContain('<form');
  });

  it('has another version after each thing that changes it, and no other', async () => {
    await newPartnerAtWork();
    const [id = ''] = await takeLeads(api, partner.id);
    const [board] = await partner.boards();
    const state = `${BOARD}/state?pipeline=${board?.id}`;
    const first = await versionOf(state);
    expect(shownVersion((await page.get(BOARD)).text)).toBe(first);
    expect(await versionOf(state)).toBe(first);
    await takeLeads(api, partner.id);
    const second = await versionOf(state);
    await move(id, 'in_progress');
    expect(new Set([first, second, await versionOf(state)]).size).toBe(3);
  });

  it('says how many deals are new since it was shown', async () => {
    await newPartnerAtWork();
    const [first = ''] = await takeLeads(api, partner.id);
    await promiseLeads(api, partner.id, 2);
    await api.deliver();
    expect((await page.get(`${BOARD}?after=${first}`)).text).toContain('2 new deals, the latest: CRM');
    expect((await page.get(BOARD)).text).toMatch(/role="status"><\/p>/);
    expect((await page.get(`${BOARD}?after=no-id&moved=x`)).status).toBe(200);
  });

  it('has one page per pipeline, and none for those of others', async () => {
    await newPartnerAtWork();
    await takeLeads(api, partner.id, 2);
    const second = await partner.add('Later <b>');
    const { text } = await page.get(BOARD);
    expect(text).toMatch(/aria-current="page">Leads<span class="badge active">2 new/);
    expect(text).toContain(`href="/workspace/board?pipeline=${second.id}">Later &lt;b>`);
    expect((await page.get(`${BOARD}?pipeline=${second.id}`)).status).toBe(200);
    const other = await newCaller(api);
    const foreign = await other.add('Theirs');
    for (const id of [foreign.id, UNKNOWN, 'x']) {
      expect((await page.get(`${BOARD}?pipeline=${id}`)).status).toBe(404);
      expect((await page.get(`${BOARD}/state?pipeline=${id}`)).status).toBe(404);
    }
  });
});

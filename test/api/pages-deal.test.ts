import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { atWork, location, type Visitor, visitor } from '../helpers/board-pages.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { type Accepted, look, REQUESTS, send } from '../helpers/http-requests.ts';
import { adminCookie } from '../helpers/page-session.ts';
import { insertPartners, newPartner, type TestPartner } from '../helpers/partners.ts';

const client = {
  name: `Zoë O'Neil <b>`,
  email: 'zoe+crm@example.com',
  phone: '+55 (11) 5555-0100',
  company: 'Padaria',
  locale: 'pt-BR',
};
const project = {
  title: 'CRM <setup>',
  description: 'Two pipelines.\n\nAnd a form & more.',
  budget: { amount: '1500.50', currency: 'BRL' },
  deadline: '2027-01-31',
};

describe('the page of a deal', () => {
  let api: TestApi;
  let partners: TestPartner[];
  let accepted: Accepted;
  let id: string;
  let path: string;
  let page: Visitor;
  let stages: Record<string, string>;

  beforeAll(async () => {
    api = await openApi('empty');
    partners = [newPartner({ name: 'Alfa' }), newPartner({ name: 'Bravo' }), newPartner({ name: 'Charlie' })];
    await insertPartners(api.db, partners);
  });
  afterAll(() => api.close());

  beforeEach(async () => {
    accepted = await send(api, { client, project, criteria: { services: ['crm-setup'], country: 'BR' } });
    await api.deliver();
    const [deal] = await api.db.query<{ id: string }>(
      'select id from deals where request_id = $1 and partner_id = $2',
      [accepted.id, partners[0]?.id],
    );
    id = deal?.id ?? '';
    path = `/workspace/deals/${id}`;
    page = await atWork(api, partners[0]?.id ?? '');
    const rows = await api.db.query<{ kind: string; id: string }>(
      'select s.kind, s.id from stages s join pipelines l on l.id = s.pipeline_id where l.partner_id = $1',
      [partners[0]?.id],
    );
    stages = Object.fromEntries(rows.map(({ kind, id }) => [kind, id]));
  });

  const move = (kind: string, version: number, more: Record<string, string> = {}) =>
    page.post(`${path}/move`, { stageId: stages[kind] ?? '', version: `${version}`, back: 'deal', ...more });

  it('holds project and contact, and says nothing of who else was asked', async () => {
    const { status, text } = await page.get(path);
    expect(status).toBe(200);
    for (const words of [
      'CRM &lt;setup>',
      'And a form &amp; more.',
      'R$1,500.50',
      'January 31, 2027',
      `Zoë O'Neil &lt;b>`,
      'href="mailto:zoe%2Bcrm@example.com?subject=CRM%20%3Csetup%3E"',
      'href="tel:+551155550100"',
      'Padaria',
      'Prefers Brazilian Portuguese',
      'Located in Brazil',
      'Offers every service asked for: CRM setup',
      '2 other partners have this request, too.',
      'The request came in as a new deal',
    ])
      expect(text).toContain(words);
    for (const { name, slug, id } of partners.slice(1)) {
      expect(text).not.toContain(name);
      expect(text).not.toContain(slug);
      expect(text).not.toContain(id);
    }
  });

  it('is read in Portuguese, too', async () => {
    const { text } = await page.get(path, { 'accept-language': 'pt-BR' });
    expect(text).toContain('<html lang="pt-BR">');
    expect(text).toContain('Por que chegou até você');
    expect(text).toContain('31 de janeiro de 2027');
  });

  it('is nobody else’s', async () => {
    const note = { text: 'mine' };
    for (const other of [await atWork(api, partners[1]?.id ?? ''), visitor(api, await adminCookie(api.db))]) {
      expect((await other.get(path)).status).toBe(404);
      expect((await other.post(`${path}/notes`, note)).status).toBe(404);
      const order = { stageId: stages.in_progress ?? '', version: '1' };
      expect((await other.post(`${path}/move`, order)).status).toBe(404);
    }
    const stranger = visitor(api);
    expect([location(await stranger.get(path)), (await stranger.post(`${path}/notes`, note)).status]).toEqual(
      ['/sign-in', 401],
    );
    expect((await page.get('/workspace/deals/x')).status).toBe(404);
    expect(await api.db.query("select from deal_events where deal_id = $1 and event = 'note'", [id])).toEqual(
      [],
    );
  });

  it('keeps notes, and explains what is wrong with one', async () => {
    const empty = await page.post(`${path}/notes`, { text: ' ' });
    expect([empty.status, /aria-invalid="true"/.test(empty.text)]).toEqual([422, true]);
    const long = 'x'.repeat(5_001);
    expect((await page.post(`${path}/notes`, { text: long })).text).toContain(long);
    const kept = await page.post(`${path}/notes`, { text: 'Called.\nWants <b>two</b> funnels.' });
    expect([kept.status, location(kept)]).toEqual([303, `${path}?done=noted`]);
    const { text } = await page.get(location(kept));
    expect(text).toContain('Your note is saved.');
    expect(text).toContain('Wants &lt;b>two&lt;/b> funnels.');
  });

  it('moves the deal, tells the story, and shows it as it stands where a move came too late', async () => {
    const moved = await move('in_progress', 1);
    expect([moved.status, location(moved)]).toEqual([303, `${path}?done=moved`]);
    expect((await page.get(location(moved))).text).toContain('The deal is now in In progress.');
    const late = await move('lost', 1, { lostReason: 'no_time' });
    expect(late.status).toBe(412);
    expect(late.text).toContain('Somebody moved this deal in the meantime');
    expect(late.text).toContain(`href="${path}?lang=pt-BR"`);
    const silent = await move('lost', 2);
    expect([silent.status, silent.text.includes('Choose why the deal was lost')]).toEqual([422, true]);
    await move('lost', 2, { lostReason: 'no_agreement' });
    await move('in_progress', 3);
    const { text } = await page.get(path);
    for (const words of [
      'You moved it to In progress',
      'You moved it to Closed - Lost',
      'We did not reach an agreement',
    ])
      expect(text).toContain(words);
    expect(text).toContain('You reopened it, in In progress');
  });

  it('says that the client chose, and how asking for feedback goes', async () => {
    const token = accepted.accessToken;
    const chosen = await api.call(`${REQUESTS}/${accepted.id}/choice`, {
      json: { partnerId: partners[0]?.id },
      token,
    });
    expect(chosen.status).toBe(200);
    expect((await page.get(path)).text).toContain('The client chose you for this project.');
    expect((await page.get('/workspace/board')).text).toContain('Chose you');
    await move('won', 1);
    await api.deliver();
    expect((await page.get(path)).text).toContain('The client is asked for a review');
    await api.db.query(
      `insert into reviews (id, deal_id, partner_id, rating, comment, author) values ($1, $1, $2, 4, '<i>Fine</i>', 'Zoë O.')`,
      [id, partners[0]?.id],
    );
    const { text } = await page.get(path);
    expect(text).toMatch(/4 of 5 stars.*&lt;i>Fine&lt;\/i>/s);
    await api.db.query('update reviews set hidden_at = now() where id = $1', [id]);
    expect((await page.get(path)).text).toContain('This review is not shown in the catalog.');
  });

  it('says why it was lost where the client chose another', async () => {
    await api.call(`${REQUESTS}/${accepted.id}/choice`, {
      json: { partnerId: partners[1]?.id },
      token: accepted.accessToken,
    });
    const { matches } = await look(api, accepted);
    expect(matches.filter(({ status }) => status === 'chosen')).toHaveLength(1);
    const { text } = await page.get(path);
    expect(text).toContain('The client chose another partner.');
    expect(text).not.toContain('/move"');
    const refused = await move('in_progress', 2);
    expect([refused.status, refused.text.includes('this deal cannot be reopened')]).toEqual([409, true]);
  });
});

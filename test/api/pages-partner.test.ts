import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertDeal } from '../helpers/admin-deals.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { insertPartners, newPartner, type TestPartner } from '../helpers/partners.ts';

const HOSTILE = "Zoë O'Neil <b>";
const ESCAPED = "Zoë O'Neil &lt;b>";

describe('a partner’s profile page', () => {
  let api: TestApi;
  const ana = newPartner({
    slug: 'ana-lima',
    name: HOSTILE,
    title: 'CRM & <i>more</i>',
    primaryLanguage: 'pt',
    languages: ['en', 'pt'],
    services: ['crm-setup', 'landing-pages'],
  });
  const paused = newPartner({ slug: 'paused', name: 'Paused & Co', accepting: false });
  const unlisted = newPartner({ slug: 'unlisted', listed: false });

  beforeAll(async () => {
    api = await openApi('empty');
    await insertPartners(api.db, [ana, paused, unlisted]);
    await api.db.query('update partners set about = $2 where id = $1', [
      ana.id,
      'First.\n\nSecond <script>.',
    ]);
    await api.db.query(
      'update partners set review_count = 12, rating_sum = 55, answer_seconds = 7200 where id = $1',
      [ana.id],
    );
    for (let n = 1; n <= 12; n++) await insertReview(ana, n % 4 === 0 ? 3 : 5, `Review no. ${n}.`);
    await insertReview(ana, 1, 'Nobody sees this.', true);
    await api.db.query(`update reviews set reply = 'Thanks <b>you</b>', replied_at = '2026-02-03T23:00:00Z'
      where comment = 'Review no. 12.'`);
    await api.db.query(
      `update reviews set author = $1, created_at = '2026-01-31T23:30:00Z'
      where comment = 'Review no. 12.'`,
      [HOSTILE],
    );
  });
  afterAll(() => api.close());

  async function insertReview(partner: TestPartner, rating: number, comment: string, hidden = false) {
    const deal = await insertDeal(api.db, partner.id);
    await api.db.query(
      `insert into reviews (id, deal_id, partner_id, rating, comment, author, hidden_at, hidden_reason)
       values ($1, $2, $3, $4, $5, 'Ana S.', case when $6 then now() end, case when $6 then 'spam' end)`,
      [uuidv7(), deal.id, partner.id, rating, comment, hidden],
    );
  }

  const page = async (path: string, lang = 'en') => {
    const answer = await api.call(path, { redirect: 'manual', headers: { 'accept-language': lang } });
    return { ...answer, location: answer.headers.get('location') };
  };
  const numbersIn = (text: string) => [...text.matchAll(/Review no\. (\d+)\./g)].map(([, n]) => Number(n));

  it('shows what the partner offers, to anybody', async () => {
    const { status, text } = await page('/partners/ana-lima');
    expect(status).toBe(200);
    for (const words of [
      `<h1>${ESCAPED}</h1>`,
      'CRM &amp; &lt;i>more&lt;/i>',
      'Silver Partner',
      'Agency',
      'Brazil',
      'CRM setup',
      'Landing pages',
      'First.</p><p class="as-written">Second &lt;script>.',
      '4.6',
      'from 12 client reviews',
      '2 hours',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/Portuguese<span[^>]*> · primary/);
    expect(text).toContain('href="/requests/new?partner=ana-lima"');
    expect(text).not.toContain('<b>');
  });

  it('speaks Portuguese', async () => {
    const { text } = await page('/partners/ana-lima', 'pt-BR');
    for (const words of [
      '<html lang="pt-BR"',
      'Enviar uma solicitação a este parceiro',
      'Todos os parceiros',
      '4,6',
      '12 avaliações de clientes',
      '31 de janeiro de 2026',
      'Cliente verificado',
      '1 avaliação foi ocultada',
    ])
      expect(text).toContain(words);
  });

  it('shows reviews with author, day and the reply, and says how many are hidden', async () => {
    const { text } = await page('/partners/ana-lima');
    expect(text).toContain(`<h3>${ESCAPED}</h3>`);
    expect(text).toContain('<time datetime="2026-01-31">January 31, 2026</time>');
    expect(text).toContain('Thanks &lt;b>you&lt;/b>');
    expect(text).toContain('<time datetime="2026-02-03">February 3, 2026</time>');
    expect(text).toContain('1 review is hidden by the catalog’s administrators');
    expect(text).not.toContain('Nobody sees this.');
  });

  it('counts the visible reviews by stars', async () => {
    const { text } = await page('/partners/ana-lima');
    const rows = [...text.matchAll(/class="star-label">(\d) stars?<.*?class="unseen">(\d+) review/g)];
    expect(rows.map(([, stars, count]) => [stars, count])).toEqual([
      ['5', '9'],
      ['4', '0'],
      ['3', '3'],
      ['2', '0'],
      ['1', '0'],
    ]);
  });

  it('leads on through all reviews, newest first, with plain links', async () => {
    const first = await page('/partners/ana-lima');
    const next = /href="(\/partners\/ana-lima\?cursor=[\w-]+)#reviews"/.exec(first.text)?.[1] ?? '';
    const second = await page(next);
    expect(second.status).toBe(200);
    expect([...numbersIn(first.text), ...numbersIn(second.text)]).toEqual([
      12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
    ]);
    expect(second.text).not.toContain('Show more reviews');
    expect(second.text).toContain('Back to the newest reviews');
    expect((await page('/partners/ana-lima?cursor=nonsense')).status).toBe(422);
    expect((await page('/partners/ana-lima?cursor=')).status).toBe(200);
  });

  it('of a partner who takes no requests says so, and shows another way', async () => {
    const { text } = await page('/partners/paused');
    expect(text).toContain('Paused &amp; Co takes no new requests at the moment.');
    expect(text).toContain('href="/requests/new"');
    expect(text).not.toContain('/requests/new?partner=');
  });

  it('without reviews says so kindly, and draws no chart', async () => {
    const { text } = await page('/partners/paused');
    expect(text).toContain('No client has reviewed Paused &amp; Co yet.');
    expect(text).toContain('No data yet');
    expect(text).not.toMatch(/star-chart|NaN|hidden by/);
  });

  it('has one address: an id leads to the slug', async () => {
    const { status, location } = await page(`/partners/${ana.id}`);
    expect([status, location]).toEqual([302, '/partners/ana-lima']);
  });

  it.each(['unlisted', unlisted.id, 'nobody', uuidv7(), '%00', 'a%20b', "'"])(
    'is not there for %s',
    async (name) => {
      const { status, text } = await page(`/partners/${name}`);
      expect(status).toBe(404);
      expect(text).toContain('There is nothing here');
    },
  );

  it('is packed for browsers that can unpack it', async () => {
    const { headers } = await api.call('/partners/ana-lima', { headers: { 'accept-encoding': 'gzip' } });
    expect(headers.get('content-encoding')).toBe('gzip');
  });
});

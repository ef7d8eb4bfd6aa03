import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedbackToken, insertDeal } from '../helpers/admin-deals.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { insertPartners, newPartner, type TestPartner } from '../helpers/partners.ts';
import { newRequest } from '../helpers/requests.ts';

const HOSTILE = "Zoë O'Neil <b>";
const ESCAPED = "Zoë O'Neil &lt;b>";

let api: TestApi;
beforeAll(async () => {
  api = await openApi('empty');
});
afterAll(() => api.close());

/** A won deal of a partner, and the link that its client got. */
async function won(overrides: Partial<TestPartner> = {}, client = 'Ana Maria Souza') {
  const partner = newPartner({ name: 'Bússola', ...overrides });
  await insertPartners(api.db, [partner]);
  const { client: somebody, project } = newRequest();
  const request = {
    client: { ...somebody, name: client },
    project: { ...project, title: `A CRM for ${client}` },
  };
  const deal = await insertDeal(api.db, partner.id, { request });
  const path = `/feedback/${await feedbackToken(api.db, deal.id)}`;
  return { partner, deal, path };
}

const open = (path: string, lang = 'en') => api.call(path, { headers: { 'accept-language': lang } });

function send(path: string, fields: Record<string, string>) {
  return api.call(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers: { 'accept-language': 'en' },
  });
}

const reviewsOf = (dealId: string) =>
  api.db.query('select rating, comment, author from reviews where deal_id = $1', [dealId]);

describe('the feedback page', () => {
  it('asks about the partner and the project, and says which name will be shown', async () => {
    const { path, deal } = await won();
    const { status, text, headers } = await open(path);
    expect(status).toBe(200);
    expect(text).toContain('<h1>How was it with Bússola?</h1>');
    expect(text).toContain('“A CRM for Ana Maria Souza”');
    expect(text).toContain('under this name: Ana S.');
    for (const label of ['1 star', '2 stars', '5 stars']) expect(text).toContain(`>${label}</span>`);
    expect(text.match(/<input type="radio" name="rating"/g)).toHaveLength(5);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(await reviewsOf(deal.id)).toEqual([]);
    expect((await open(path, 'pt-BR')).text).toContain('Como foi com Bússola?');
  });

  it('takes a review once, however often the button is pressed', async () => {
    const { path, deal, partner } = await won();
    const fields = { rating: '4', comment: 'Great work!\r\n\r\nThanks.' };
    const answers = await Promise.all([1, 2, 3].map(() => send(path, fields)));
    for (const { status, headers } of answers)
      expect([status, headers.get('location')]).toEqual([303, `${path}?done=1`]);
    expect(await reviewsOf(deal.id)).toEqual([
      { rating: 4, comment: 'Great work!\n\nThanks.', author: 'Ana S.' },
    ]);
    const thanks = await open(`${path}?done=1`);
    expect(thanks.text).toContain('Your review has been saved.');
    expect(thanks.text).toContain('<p class="as-written">Thanks.</p>');
    expect(thanks.text).toContain(`href="/partners/${partner.slug}"`);
  });

  it('shows at a later visit what was written', async () => {
    const { path, deal } = await won();
    await send(path, { rating: '2', comment: '' });
    const later = await open(path);
    expect(later.status).toBe(200);
    expect(later.text).toContain('You reviewed this on <time');
    expect(later.text).toContain('2 of 5 stars');
    expect(later.text).not.toContain('has been saved');
    expect((await send(path, { rating: '' })).status).toBe(303);
    expect((await send(path, { rating: '5', comment: 'No, better!' })).status).toBe(303);
    expect(await reviewsOf(deal.id)).toMatchObject([{ rating: 2 }]);
  });

  it('keeps what was typed, and says what is wrong', async () => {
    const { path, deal } = await won();
    const none = await send(path, { comment: HOSTILE });
    expect(none.status).toBe(422);
    expect(none.text).toContain('Choose one to five stars.');
    expect(none.text).toContain(`>${ESCAPED}</textarea>`);
    for (const rating of ['0', '6', '1.5', 'x', 'Infinity'])
      expect((await send(path, { rating })).status, rating).toBe(422);
    const long = await send(path, { rating: '3', comment: 'x'.repeat(5_001) });
    expect(long.status).toBe(422);
    expect(long.text).toContain('too long');
    expect(long.text).toMatch(/value="3" checked/);
    expect((await send(path, { rating: '3', comment: 'a\u0000b' })).status).toBe(422);
    expect(await reviewsOf(deal.id)).toEqual([]);
  });

  it('shows names and words as text, and links to no page that is not there', async () => {
    const { path, partner } = await won({ name: HOSTILE, listed: false }, HOSTILE);
    expect((await open(path)).text).toContain('under this name: Zoë O.');
    await send(path, { rating: '5', comment: '<script>alert(1)</script>' });
    const { text } = await open(path);
    expect(text).toContain(ESCAPED);
    expect(text).not.toMatch(/<b>|<script>/);
    expect(text).not.toContain(`/partners/${partner.slug}`);
  });

  it('is not there with a link that is wrong, of another kind, or too old', async () => {
    const { deal } = await won();
    const expired = await feedbackToken(api.db, deal.id, -1_000);
    for (const token of ['x', expired, '%00', deal.id]) {
      const { status, text } = await open(`/feedback/${token}`);
      expect(status).toBe(404);
      expect(text).toContain('This link to leave a review is not valid');
      expect((await send(`/feedback/${token}`, { rating: '5' })).status).toBe(404);
    }
    expect(await reviewsOf(deal.id)).toEqual([]);
  });
});

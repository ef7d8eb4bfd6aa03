import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertReview, setHidden } from '../../db/reviews.ts';
import { insertDeal } from '../helpers/admin-deals.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { adminCookie } from '../helpers/page-session.ts';
import { textOf, type Visitor, visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/workspace/reviews';

let api: TestApi;
beforeAll(async () => {
  api = await openApi('empty');
});
afterAll(() => api.close());

async function signedIn(): Promise<Visitor & { id: string }> {
  const partner = newPartner();
  await insertPartners(api.db, [partner]);
  return { id: partner.id, ...(await visitor(api, partner.id)) };
}

const project = (title: string) => ({
  request: { project: { title, description: 'x', budget: null, deadline: null } },
});

async function reviewOf(partnerId: string, title: string, rating = 4, comment = 'Fine'): Promise<string> {
  const id = uuidv7();
  const deal = await insertDeal(api.db, partnerId, project(title));
  await insertReview(api.db, { id, dealId: deal.id, partnerId, rating, comment, author: 'Zoë O.' });
  return id;
}

const titlesIn = (html: string) =>
  [...html.matchAll(/<h3>((?:Project|&lt;)[^<]*)<\/h3>/g)].map(([, title]) => title);

describe('the page of one’s own reviews', () => {
  it('shows average, words and project, hidden ones with the reason, none of others', async () => {
    const ana = await signedIn();
    await reviewOf(ana.id, 'Project 1', 5, 'Great <b>work</b>');
    const hidden = await reviewOf(ana.id, 'Project 2', 1, 'Rude');
    await setHidden(api.db, hidden, 'Holds an address');
    await reviewOf(ana.id, 'Project 3', 4, '');
    await reviewOf((await signedIn()).id, 'Project of another');
    const page = await ana.get(PATH);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(titlesIn(page.text)).toEqual(['Project 3', 'Project 2', 'Project 1']);
    const text = textOf(page.text);
    expect(text).toContain('4.5 from 2 reviews');
    expect(text).toContain('1 more review is hidden');
    expect(text).toContain('Reason: Holds an address');
    expect(page.text).toContain('Great &lt;b>work&lt;/b>');
    expect(page.text).not.toContain(`/${hidden}/reply`);
    expect((await ana.get(PATH, 'pt-BR')).text).toContain('O que os clientes dizem');
  });

  it('pages from new to old', async () => {
    const ana = await signedIn();
    for (let n = 1; n <= 12; n++) await reviewOf(ana.id, `Project ${n}`);
    const first = await ana.get(PATH);
    expect(titlesIn(first.text)).toHaveLength(10);
    const [, next = ''] = /href="(\/workspace\/reviews\?cursor=[\w-]+)"/.exec(first.text) ?? [];
    const second = await ana.get(next);
    expect(titlesIn(second.text)).toEqual(['Project 2', 'Project 1']);
    expect(second.text).toContain('Back to the newest reviews');
    expect((await ana.get(`${PATH}?cursor=x`)).status).toBe(422);
  });

  it('names the won deals without a review, the latest five, and when feedback was asked', async () => {
    const ana = await signedIn();
    expect((await ana.get(PATH)).text).toContain('No reviews here yet');
    for (let n = 1; n <= 7; n++) await insertDeal(api.db, ana.id, project(`Won ${n} <i>`));
    const last = await insertDeal(api.db, ana.id, project('Won 8 <i>'));
    await insertDeal(api.db, ana.id, { kind: 'lost', ...project('Lost') });
    await api.db.query(
      `insert into emails (id, template, purpose, request_id, match_id, status, sent_at)
       values ($1, 'feedback-request', 'feedback-request/' || $2, $3, $2::uuid, 'sent', '2026-03-01T12:00:00Z')`,
      [uuidv7(), last.id, last.requestId],
    );
    const page = await ana.get(PATH);
    const text = textOf(page.text);
    expect(text).toContain('The clients of 8 won deals have not written a review yet.');
    expect([...page.text.matchAll(/>Won (\d) &lt;i></g)].map(([, n]) => n)).toEqual([
      '8',
      '7',
      '6',
      '5',
      '4',
    ]);
    expect(text).toContain('review requested on March 1, 2026');
    expect(text).toContain('And 3 earlier ones.');
    expect(text).not.toContain('Lost');
  });

  it('is its partner’s alone', async () => {
    expect((await (await visitor(api)).get(PATH)).headers.get('location')).toBe('/sign-in');
    const cookie = await adminCookie(api.db);
    expect((await api.call(PATH, { headers: { cookie } })).status).toBe(404);
  });
});

describe('a reply', () => {
  const replyPath = (id: string) => `${PATH}/${id}/reply`;

  it('is published once; the second is refused with the page as it stands', async () => {
    const ana = await signedIn();
    const id = await reviewOf(ana.id, 'Project 1');
    expect((await ana.get(PATH)).text).toContain('it cannot be changed');
    const first = await ana.post(replyPath(id), { [`text.${id}`]: ' Thank <b>you</b> ' });
    expect([first.status, first.headers.get('location')]).toEqual([303, `${PATH}?done=replied#review-${id}`]);
    const page = await ana.get(`${PATH}?done=replied`);
    expect(page.text).toContain('Your reply is published.');
    expect(page.text).toContain('Thank &lt;b>you&lt;/b>');
    const second = await ana.post(replyPath(id), { [`text.${id}`]: 'Again' });
    expect(second.status).toBe(409);
    expect(second.text).toContain('This review has a reply already.');
    expect(second.text).toContain('Thank &lt;b>you&lt;/b>');
    expect(second.text).toContain(`href="${PATH}?lang=pt-BR"`);
  });

  it('needs words that can be published, and keeps those that were typed', async () => {
    const ana = await signedIn();
    const id = await reviewOf(ana.id, 'Project 1');
    for (const text of ['', '  ', 'x'.repeat(5_001), 'a\u0000b']) {
      const page = await ana.post(replyPath(id), { [`text.${id}`]: text });
      expect(page.status).toBe(422);
      expect(page.text).toContain(`href="#f-text-${id}"`);
      expect(page.text).toMatch(/<details class="reply-form" open/);
      expect(page.text).toContain(`${text}</textarea>`);
    }
    const [review] = await api.db.query('select reply from reviews where id = $1', [id]);
    expect(review).toEqual({ reply: null });
  });

  it('comes back to the page that it was written on', async () => {
    const ana = await signedIn();
    const ids: string[] = [];
    for (let n = 1; n <= 11; n++) ids.push(await reviewOf(ana.id, `Project ${n}`));
    const [, cursor = ''] = /\?cursor=([\w-]+)"/.exec((await ana.get(PATH)).text) ?? [];
    const path = `${replyPath(ids[0] ?? '')}?cursor=${cursor}`;
    expect((await ana.get(`${PATH}?cursor=${cursor}`)).text).toContain(`action="${path}"`);
    const bad = await ana.post(path, { [`text.${ids[0]}`]: '' });
    expect([bad.status, titlesIn(bad.text)]).toEqual([422, ['Project 1']]);
    const { headers } = await ana.post(path, { [`text.${ids[0]}`]: 'Thanks' });
    expect(headers.get('location')).toBe(`${PATH}?cursor=${cursor}&done=replied#review-${ids[0]}`);
  });

  it('is nobody else’s to write', async () => {
    const [ana, bia, nobody] = [await signedIn(), await signedIn(), await visitor(api)];
    const id = await reviewOf(ana.id, 'Project 1');
    const fields = { [`text.${id}`]: 'Hi' };
    expect((await bia.post(replyPath(id), fields)).status).toBe(404);
    expect((await nobody.post(replyPath(id), fields)).status).toBe(401);
    expect((await ana.post(replyPath('x'), { 'text.x': 'Hi' })).status).toBe(404);
    const unknown = uuidv7();
    expect((await ana.post(replyPath(unknown), { [`text.${unknown}`]: 'Hi' })).status).toBe(404);
  });
});

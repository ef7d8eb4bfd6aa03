import { expect, test } from 'vitest';
import { marketplace, type SeenDeal } from '../helpers/article.ts';
import { onBothBackEnds } from '../helpers/backends.ts';
import type { SeenRequest } from '../helpers/http-requests.ts';
import { until } from '../helpers/until.ts';

const three = [{}, {}, {}];
const idsOf = (request: SeenRequest) => request.matches.map(({ partner }) => partner.id);

onBothBackEnds('the article', (backEnd) => {
  test('Clients find partners by automated matching, or by contacting a specific partner.', async () => {
    const { ask } = await marketplace(backEnd, [{}, {}, {}, {}, {}]);
    const automated = await (await ask()).becomes('routed');
    expect(new Set(idsOf(automated)).size).toBe(3);
  });

  test('A manual request goes to the chosen partner alone.', async () => {
    const { ask, partners } = await marketplace(backEnd, [{}, {}, {}, {}, {}]);
    const manual = await (await ask({ partnerId: partners[4]?.id })).becomes('routed');
    expect(idsOf(manual)).toEqual([partners[4]?.id]);
  });

  test('All requests appear automatically in the CRM: each creates a deal with the project and contact details.', async () => {
    const { ask, dealOf } = await marketplace(backEnd, three);
    const request = await ask();
    for (const id of idsOf(await request.becomes('routed'))) {
      const deal = await dealOf(id, request.id);
      expect(deal).toMatchObject({
        stage: { kind: 'new', name: 'New' },
        pipeline: { name: 'SendPulse Leads' },
        project: { title: 'CRM setup', description: 'Two pipelines and a form.' },
        client: { name: 'Ana Souza', email: request.email, phone: '+55 11 5555 0100' },
      });
    }
  });

  test('A request that goes unanswered for the window: the client is invited to choose another partner, and can.', async () => {
    const world = await marketplace(backEnd, [...three, {}], { ANSWER_WINDOW: 'PT3S' });
    const request = await world.ask();
    const routed = await request.becomes('routed');
    const invited = await request.becomes('invited');
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(routed.answerDueAt ?? ''));
    const [invitation] = await until(async () =>
      (await request.mails('invitation')).length > 0 ? request.mails('invitation') : undefined,
    );
    expect(invitation?.text).toContain(`/requests/${request.id}/`);
    const [asked = ''] = idsOf(invited);
    const email = world.partners.find(({ id }) => id === asked)?.email ?? '';
    expect(await world.mailsOf(email, 'lead-nudge')).toHaveLength(2);

    const { body } = await request.call<{ data: { id: string }[] }>('/suggestions');
    const other = world.partners.find(({ id }) => !idsOf(invited).includes(id))?.id ?? '';
    expect(body.data.map(({ id }) => id)).toEqual([other]);
    expect((await request.call('/forward', { partnerId: other })).status).toBe(202);
    expect((await request.call('/forward', { partnerId: asked })).status).toBe(202);
    const forwarded = await request.see();
    expect(forwarded.status).toBe('routed');
    expect(Date.parse(forwarded.answerDueAt ?? '')).toBeGreaterThan(Date.parse(routed.answerDueAt ?? ''));
    expect(idsOf(forwarded)).toHaveLength(4);
    expect((await world.moved(other, request.id, { stage: 'in_progress' })).stage.kind).toBe('in_progress');
    await request.becomes('answered');
    expect(await request.mails('invitation')).toHaveLength(1);
  });

  test('Requests land in the first pipeline of the partner, or in a new SendPulse Leads when there is none.', async () => {
    const world = await marketplace(backEnd, three);
    const first = await world.ask();
    const [one = ''] = idsOf(await first.becomes('routed'));
    const { pipeline } = await world.dealOf(one, first.id);
    expect(pipeline.name).toBe('SendPulse Leads');
    const token = await world.keyOf(one);
    const sales = await world.api.call<{ id: string }>('/api/v1/pipelines', {
      token,
      json: { name: 'Sales' },
    });
    const first0 = { method: 'PATCH', token, json: { position: 0 } };
    expect((await world.api.call(`/api/v1/pipelines/${sales.body.id}`, first0)).status).toBe(200);
    const second = await world.ask();
    await second.becomes('routed');
    expect((await world.dealOf(one, second.id)).pipeline.name).toBe('Sales');
  });

  test('Deal notifications can be switched off by the partner.', async () => {
    const world = await marketplace(backEnd, three);
    const [quiet = { id: '', email: '' }, loud = { email: '' }] = world.partners;
    const patch = {
      method: 'PATCH',
      token: await world.keyOf(quiet.id),
      json: { notifications: { leadNew: false } },
    };
    expect((await world.api.call('/api/v1/me', patch)).status).toBe(200);
    const request = await world.ask();
    await request.becomes('routed');
    await until(async () => (await world.mailsOf(loud.email, 'lead-new')).length === 1);
    await world.dealOf(quiet.id, request.id);
    expect(await world.mailsOf(quiet.email, 'lead-new')).toEqual([]);
  });

  test('Closed - Won: the client automatically gets a feedback e-mail.', async () => {
    const world = await marketplace(backEnd, three);
    const request = await world.ask();
    const [winner = '', other = ''] = idsOf(await request.becomes('routed'));
    await world.dealOf(other, request.id);
    await world.moved(winner, request.id, { stage: 'in_progress' });
    expect((await request.call('/choice', { partnerId: winner })).status).toBe(200);
    const won = await world.moved(winner, request.id, { stage: 'won' });
    expect(won.timeline.map(({ event }) => event)).toEqual(['opened', 'moved', 'chosen', 'moved']);
    expect((await request.see()).status).toBe('completed');
    const [mail] = await until(async () =>
      (await request.mails('feedback-request')).length > 0 ? request.mails('feedback-request') : undefined,
    );
    expect(mail?.text.match(/\/feedback\/[\w-]{43}/g)).toHaveLength(1);
    expect(mail?.text.match(/https?:\/\//g)).toHaveLength(1);
    const lost: SeenDeal = await world.dealOf(other, request.id);
    expect(lost).toMatchObject({ stage: { kind: 'lost' }, lostReason: 'client_chose_another' });
    const email = world.partners.find(({ id }) => id === other)?.email ?? '';
    await until(async () => (await world.mailsOf(email, 'lead-closed')).length === 1);
    expect((await world.move(other, request.id, { stage: 'in_progress' })).status).toBe(409);
  });

  test('Closed - Lost: a refused place is filled by another partner at once; when nobody is left, the client is invited.', async () => {
    const world = await marketplace(backEnd, [...three, {}]);
    const request = await world.ask();
    const asked = idsOf(await request.becomes('routed'));
    const [first = ''] = asked;
    await world.moved(first, request.id, { stage: 'lost', lostReason: 'no_time' });
    const four = await until(async () => {
      const seen = await request.see();
      return seen.matches.length === 4 ? seen : undefined;
    });
    expect(four.matches.filter(({ status }) => status === 'sent')).toHaveLength(3);
    expect((await world.move(first, request.id, { stage: 'in_progress' })).body).toMatchObject({
      code: 'place_refilled',
    });
    for (const id of idsOf(four).filter((each) => each !== first))
      await world.moved(id, request.id, { stage: 'lost' });
    const invited = await request.becomes('invited');
    expect(invited.matches.map(({ status }) => status)).toEqual(['refused', 'refused', 'refused', 'refused']);
  });

  test('In progress is the answer; a stale version is refused, and the client may cancel.', async () => {
    const world = await marketplace(backEnd, three);
    const request = await world.ask();
    const [one = ''] = idsOf(await request.becomes('routed'));
    await world.dealOf(one, request.id);
    expect((await world.move(one, request.id, { stage: 'in_progress' }, { 'if-match': '"7"' })).status).toBe(
      412,
    );
    expect((await world.move(one, request.id, { stage: 'in_progress' }, { 'if-match': '"1"' })).status).toBe(
      200,
    );
    expect((await request.see()).matches.find(({ partner }) => partner.id === one)).toMatchObject({
      status: 'answered',
      answeredAt: expect.any(String),
    });
    expect((await request.call('/forward', { partnerId: one })).status).toBe(202);
    expect((await request.call('/cancel', {})).status).toBe(200);
    expect((await request.see()).status).toBe('cancelled');
    expect((await world.move(one, request.id, { stage: 'in_progress' })).body).toMatchObject({
      code: 'client_cancelled',
    });
    expect((await request.call('/choice', { partnerId: one })).status).toBe(409);
  });

  test('A request that nobody matches: the client is told, asks for less, and is matched.', async () => {
    const world = await marketplace(backEnd, three);
    const request = await world.ask({ criteria: { services: ['crm-setup'], country: 'PT' } });
    await request.becomes('unmatched');
    await until(async () => (await request.mails('request-unmatched')).length === 1);
    expect((await request.call('/criteria', { country: null }, { method: 'PATCH' })).status).toBe(202);
    expect(idsOf(await request.becomes('routed'))).toHaveLength(3);
    expect((await request.call('/criteria', { country: null }, { method: 'PATCH' })).status).toBe(409);
  });

  test('Clients can look for partners by services, country, language (primary first), type, status, title or name.', async () => {
    const { api } = await marketplace(backEnd, [
      {
        name: 'Estúdio São Tomé',
        services: ['landing-pages'],
        country: 'PT',
        tier: 'gold',
        type: 'freelancer',
      },
      { name: 'Second language', languages: ['en', 'pt'], rank: 90 },
      { name: 'First language', primaryLanguage: 'pt', rank: 10 },
    ]);
    const names = async (query: string) => {
      const { body } = await api.call<{ data: { name: string }[] }>(`/api/v1/partners?${query}`);
      return body.data.map(({ name }) => name);
    };
    for (const query of [
      'services=landing-pages',
      'country=PT',
      'type=freelancer',
      'tier=gold',
      'q=sao%20tome',
      'q=estudio%20sao%20tmoe',
    ]) {
      expect([query, await names(query)]).toEqual([query, ['Estúdio São Tomé']]);
    }
    expect(await names('language=pt')).toEqual(['First language', 'Second language']);
  });

  test('The Partner Catalog ranks by number of completed projects, client reviews and rating.', async () => {
    const world = await marketplace(backEnd, [{ rank: 45 }, { rank: 45 }, { rank: 45 }]);
    const request = await world.ask();
    const [winner = ''] = idsOf(await request.becomes('routed'));
    await world.moved(winner, request.id, { stage: 'won' });
    const [mail] = await until(async () => {
      const mails = await request.mails('feedback-request');
      return mails.length > 0 ? mails : undefined;
    });
    const [, token = ''] = /\/feedback\/([\w-]{43})/.exec(mail?.text ?? '') ?? [];
    const review = { token, json: { rating: 5, comment: 'Quick and kind.' } };
    expect((await world.api.call('/api/v1/reviews', review)).status).toBe(201);
    expect((await world.api.call('/api/v1/reviews', review)).status).toBe(409);
    await until(async () => {
      const { body } = await world.api.call<{ data: Record<string, unknown>[] }>('/api/v1/partners');
      const [first] = body.data;
      return (
        first?.id === winner && first.rating === 5 && first.reviewCount === 1 && first.completedProjects === 1
      );
    });
    const { body } = await world.api.call<{ place: number }>('/api/v1/me/rank', {
      token: await world.keyOf(winner),
    });
    expect(body.place).toBe(1);
  });
});

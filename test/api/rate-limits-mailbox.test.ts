import { expect, it } from 'vitest';
import { onBothBackEnds } from '../helpers/backends.ts';
import { testApi } from '../helpers/http-api.ts';
import { REQUESTS } from '../helpers/http-requests.ts';
import { sendForm, shown, typed } from '../helpers/request-form.ts';
import { requestBody } from '../helpers/requests.ts';
import { until } from '../helpers/until.ts';

const SPELLINGS = ['ana@bücher.example', 'ANA@BÜCHER.example', 'ana+crm@xn--bcher-kva.example'];

onBothBackEnds('requests for one mailbox', (backEnd) => {
  async function limited(env: NodeJS.ProcessEnv = {}) {
    const redis = backEnd.redisUrl();
    if (redis) await backEnd.redis().flushAll();
    const settings = { RATE_LIMITS: 'on', TRUST_PROXY: '1', ...env, ...(redis && { REDIS_URL: redis }) };
    const api = await testApi('empty', { env: settings });
    // Before its connection to Redis is there, all is let through.
    await until(async () => (await fetch(`${api.origin}/readyz`)).ok);
    let n = 0;
    /** From an address of its own each time. */
    const ask = (email: string) =>
      api.call(REQUESTS, {
        json: requestBody({ client: { name: 'Ana', email, locale: 'en' } }),
        headers: { 'x-forwarded-for': `192.0.2.${n++}` },
      });
    const statuses = async (times: number, email = (n: number) => SPELLINGS[n % 3] ?? '') => {
      const all = [];
      for (let n = 0; n < times; n++) all.push((await ask(email(n))).status);
      return all;
    };
    return { api, ask, statuses };
  }

  it('are 20 in a quarter of an hour, however it is spelt and wherever they come from', async () => {
    const { api, ask, statuses } = await limited();
    expect(await statuses(20)).toEqual(Array(20).fill(202));
    const refused = await ask('ana@bücher.example');
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
    expect(refused.body.detail).toContain('for this e-mail address');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds > 800 && seconds <= 900).toBe(true);
    expect((await ask('ana@example.com')).status).toBe(202);
    expect((await ask('+ana@bücher.example')).status).toBe(202);

    const fields = typed({ 'client.email': 'Ana@bücher.example', 'project.title': 'Another bakery' });
    const page = await sendForm(api, fields, 'pt-BR');
    expect([page.status, shown(page.text, 'project.title')]).toEqual([429, 'Another bakery']);
    expect(page.text).toContain('espere 15 minutos e clique no botão de novo');
    expect(page.headers.get('retry-after')).toBeTruthy();
    expect(await api.db.query('select count(*)::int as n from requests')).toEqual([{ n: 22 }]);
    const counted = JSON.stringify(await api.db.query('select * from rate_limits'));
    expect(counted).not.toMatch(/ana|cher|example/i);
  });

  it('are let through while the store is away', async () => {
    const { api, statuses } = await limited();
    if (backEnd.kind === 'redis') await backEnd.redis().kill();
    else await api.db.query('alter table rate_limits rename to gone');
    expect(await statuses(22)).toEqual(Array(22).fill(202));
    if (backEnd.kind === 'redis') await backEnd.redis().start();
  });

  it('are not counted with RATE_LIMITS=off, nor when they are refused for another reason', async () => {
    const off = await limited({ RATE_LIMITS: 'off' });
    expect(await off.statuses(22)).toEqual(Array(22).fill(202));
    const { api, statuses } = await limited();
    for (let n = 0; n < 25; n++) {
      const client = { name: '', email: 'ana@example.com' };
      expect((await api.call(REQUESTS, { json: requestBody({ client }) })).status).toBe(422);
    }
    expect(await statuses(1, () => 'ana@example.com')).toEqual([202]);
  });
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { readConfig } from '../../config.ts';
import type { Database } from '../../db/connect.ts';
import { openQueues, type Queues } from '../../jobs/queues.ts';
import { silentLog } from '../helpers/deps.ts';
import { openApi, type TestApi, testApi } from '../helpers/http-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openApi('seeded');
});
afterAll(() => api.close());

const namesIn = (text: string) =>
  [...text.matchAll(/<h3><a href="\/partners\/([\w-]+)"/g)].map(([, slug]) => slug);

describe('the catalog page', () => {
  it('has the partners of the API, in its order', async () => {
    for (const query of [
      '',
      '?country=BR&type=agency',
      '?services=crm-setup,landing-pages',
      '?language=es',
    ]) {
      const page = await api.call(`/${query}`);
      const { body } = await api.call<{ data: { slug: string }[] }>(
        `/api/v1/partners${query}${query ? '&' : '?'}limit=18`,
      );
      expect(body.data.length).toBeGreaterThan(3);
      expect(namesIn(page.text)).toEqual(body.data.map(({ slug }) => slug));
    }
  });

  it('takes services as a form sends them, and leads forms to the short address', async () => {
    const sent = '/?q=&services=landing-pages&services=crm-setup&country=&type=agency';
    const { status, headers } = await api.call(sent, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([
      302,
      '/?services=landing-pages,crm-setup&type=agency',
    ]);
    const typed = await api.call(sent, { headers: { 'hx-request': 'true' } });
    expect(typed.status).toBe(200);
    expect(typed.headers.get('hx-replace-url')).toBe('/?services=landing-pages,crm-setup&type=agency');
  });

  it('leaves out what it does not know, and says so', async () => {
    const flawed = await api.call('/?country=ZZ&tier=gold&type=robot&services=crm-setup,x&cursor=x');
    expect(flawed.text).toContain('Part of the address was not recognized');
    expect(namesIn(flawed.text)).toEqual(namesIn((await api.call('/?tier=gold')).text));
  });

  it('survives whatever is in the address', async () => {
    const odd = [
      '?q=%00',
      '?q=%25_%5C',
      '?q=%3Cscript%3Ealert(1)%3C/script%3E',
      `?q=${'x'.repeat(101)}`,
      '?services[]=x',
    ];
    for (const query of [
      ...odd,
      '?lang[]=en&lang=pt',
      '?__proto__=1&constructor=2',
      '?cursor=%F0%9F%98%80',
    ]) {
      const { status, text } = await api.call(`/${query}`);
      expect([query, status]).toEqual([query, 200]);
      expect(text).not.toContain('<script>alert');
    }
  });

  it('pages on to the end without a partner twice', async () => {
    const seen: (string | undefined)[] = [];
    for (let path: string | undefined = '/?country=BR'; path; ) {
      const { text }: { text: string } = await api.call(path);
      seen.push(...namesIn(text));
      path = /class="button quiet" href="([^"]+cursor[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    const [row] = await api.db.query<{ n: number }>(
      "select count(*)::int as n from partners where listed and country = 'BR'",
    );
    expect(seen).toHaveLength(row?.n ?? 0);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('speaks Portuguese, with figures as they are written there', async () => {
    const { text, headers } = await api.call('/', { headers: { 'accept-language': 'pt-BR' } });
    expect(text).toContain('Encontrar um parceiro');
    expect(text).toMatch(/\d,\d em \d+ avaliações/);
    expect(headers.get('vary')).toMatch(/Accept-Language.*Cookie/);
  });

  it('is welcoming when there is nobody yet', async () => {
    const empty = await testApi('empty');
    const { status, text } = await empty.call('/');
    expect(status).toBe(200);
    expect(text).toContain('0 partners');
  });

  it('lets nothing run or load but what is its own', async () => {
    const { text, headers } = await api.call('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/ style="|<style|<script(?! defer src="\/assets\/)|\son\w+="/);
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });
});

describe('files that pages load', () => {
  it('are kept for good, packed, and named after their content', async () => {
    const { text } = await api.call('/');
    const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file);
    expect(new Set(files).size).toBeGreaterThan(3);
    for (const file of files) {
      const answer = await fetch(`${api.origin}${file}`, { headers: { 'accept-encoding': 'br' } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-encoding')).toBe('br');
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect(answer.headers.get('content-type')).toMatch(/css|javascript|svg/);
      const plain = await fetch(`${api.origin}${file}`, { headers: { 'accept-encoding': 'identity' } });
      expect(await plain.text()).toBe(await answer.text());
      const stale = file.replace(/assets\/[^/]+/, 'assets/older');
      expect((await fetch(`${api.origin}${stale}`)).status).toBe(404);
    }
  });
});

describe('how often the database is asked', () => {
  let server: Server;
  let queues: Queues;
  let asked: string[] = [];

  beforeAll(async () => {
    const counting: Database = {
      ...api.db,
      query: (text, values) => {
        asked.push(text);
        return api.db.query(text, values);
      },
    };
    queues = openQueues({ databaseUrl: api.url, redisUrl: undefined }, silentLog);
    const deps = { db: counting, queues, log: silentLog, config: readConfig({}) };
    server = createServer(createApp(deps)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(async () => {
    server.close();
    await queues.close();
  });

  const statements = async (path: string) => {
    asked = [];
    const { port } = server.address() as AddressInfo;
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(200);
    return asked.length;
  };

  it('is twice for a page of the catalog: counts and partners; with a language, who speaks it first and the others', async () => {
    expect(await statements('/')).toBe(2);
    expect(await statements('/?services=crm-setup&country=BR&type=agency&q=an')).toBe(2);
    expect(await statements('/?services=crm-setup&country=BR&language=pt&type=agency&q=an')).toBe(3);
  });
});

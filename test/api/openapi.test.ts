import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { buildDocument, OPERATIONS } from '../../api/openapi/document.ts';
import { readConfig } from '../../config.ts';
import { testDatabase } from '../helpers/database.ts';
import { silentLog, testQueues } from '../helpers/deps.ts';
import { testApi } from '../helpers/http-api.ts';
import { expectShape } from '../helpers/openapi-conversation.ts';
import { routesOf } from '../helpers/openapi-routes.ts';

const PUBLIC_URL = 'https://terna.example.com';
const documented = JSON.stringify(buildDocument({ publicUrl: PUBLIC_URL }));

describe('the OpenAPI document', () => {
  it('is valid', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(documented));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('has all routes of the app below /api/v1, and no others', async () => {
    const { db, url } = await testDatabase('empty');
    const deps = { db, queues: testQueues(url, undefined), log: silentLog, config: readConfig({}) };
    const routes = routesOf(deps).filter((route) => / \/(api\/v1\/|livez$|readyz$)/.test(route));
    const operations = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
    expect(routes.length).toBeGreaterThan(30);
    expect(operations.toSorted()).toEqual(routes.toSorted());
  });

  it('names each operation once, and groups them under tags that it explains', () => {
    const { tags } = JSON.parse(documented) as { tags: { name: string }[] };
    const ids = OPERATIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(OPERATIONS.map(({ tag }) => tag))]).toEqual(tags.map(({ name }) => name));
  });

  it('declares every parameter that a path has', () => {
    for (const { path, params } of OPERATIONS) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(params?.shape ?? {}), path).toEqual(names);
    }
  });

  it('keeps null where a named object may be missing', () => {
    const { schemas } = JSON.parse(documented).components;
    for (const [name, field] of [
      ['Project', 'budget'],
      ['StoryMatch', 'deal'],
    ] as const) {
      expect(schemas[name].properties[field].anyOf).toContainEqual({ type: 'null' });
    }
  });

  it.each(OPERATIONS)(
    '$id: its examples are what its schemas say',
    ({ body, answer, others = [], ...operation }) => {
      if (body) expect(body.schema.safeParse(body.example).error?.issues).toBeUndefined();
      for (const { json } of [answer, ...others]) {
        if (json) expectShape(json.schema as z.ZodType, json.example, operation.id);
      }
    },
  );

  it('tells of nobody but invented people', () => {
    const addresses = documented.match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((address) => !/[@.]example\.com$/.test(address))).toEqual([]);
    const hosts = [...documented.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host]) => host);
    expect(new Set(hosts)).toEqual(new Set(['terna.example.com']));
    const phones = documented.match(/\+\d[\d ]{7,}/g) ?? [];
    expect(phones.filter((phone) => !phone.includes('5555 01'))).toEqual([]);
  });

  it('is served, to other sites too', async () => {
    const api = await testApi('empty');
    const answer = await api.call<{ openapi: string; servers: { url: string }[] }>('/openapi.json');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.body.servers.map(({ url }) => url)).toEqual(['/', api.config.publicUrl]);
    expect((await api.call('/openapi.json', { method: 'POST' })).status).toBe(405);
  });
});

describe('/docs', () => {
  it.each(['/docs', '/docs/'])(
    '%s loads what it needs from this server, under a strict policy',
    async (path) => {
      const api = await testApi('empty');
      const page = await api.call(path);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy.match(/script-src [^;]*/)?.[0]).toBe("script-src 'self'");
      expect(policy).toContain("default-src 'none'");
      const urls = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
      const types = Object.fromEntries(
        await Promise.all(
          urls.map(async (url) => {
            const { status, headers, text } = await api.call(url);
            expect([status, text.length > 100], url).toEqual([200, true]);
            return [url, headers.get('content-type')?.split(';')[0]] as const;
          }),
        ),
      );
      expect(types).toEqual({
        '/docs/favicon-32x32.png': 'image/png',
        '/docs/swagger-ui.css': 'text/css',
        '/docs/swagger-ui-bundle.js': 'text/javascript',
        '/docs/init.js': 'text/javascript',
        '/openapi.json': 'application/json',
      });
      expect(page.text).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=/);
    },
  );

  it('serves nothing else of the folder that Swagger UI is in', async () => {
    const api = await testApi('empty');
    for (const name of ['package.json', 'index.html', 'swagger-initializer.js', '..%2fpackage.json'])
      expect((await api.call(`/docs/${name}`)).status, name).toBe(404);
  });
});

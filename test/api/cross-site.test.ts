import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, callersOf, fingerprint, OPS_PASSWORD } from '../helpers/access-calls.ts';
import { PAGE_AREAS } from '../helpers/access-pages.ts';
import { ROLES, type Role } from '../helpers/access-table.ts';
import { newWorld, type World } from '../helpers/access-world.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';

const FORMS = PAGE_AREAS.flatMap(({ rows }) => rows).filter(({ route }) => !route.startsWith('get '));
const roles = Object.keys(ROLES) as Role[];

/** What a browser says of a post that another site's page makes. */
const ELSEWHERE: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'same-site', origin: 'https://other.terna.example' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
];

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openApi('empty', { env: { OPS_PASSWORD } });
  world = await newWorld(api);
});
afterAll(() => api.close());

it.each(FORMS)('$route does nothing for another site, whoever is signed in', async (row) => {
  const before = await fingerprint(api);
  for (const role of roles) {
    for (const caller of callersOf(world, row, role)) {
      for (const headers of ELSEWHERE) {
        const riding = { ...caller, headers: { ...caller.headers, ...headers } };
        expect((await ask(api, world, row, riding)).status, role).toBe(403);
      }
    }
  }
  expect(await fingerprint(api)).toBe(before);
});

it.each(['/ops/queues/api/queues/send-email/pause', '/ops/queues/api/queues/send-email/retry/failed'])(
  '%s does nothing for another site',
  async (path) => {
    const authorization = `Basic ${Buffer.from(`ops:${OPS_PASSWORD}`).toString('base64')}`;
    for (const headers of ELSEWHERE)
      expect((await api.call(path, { method: 'PUT', headers: { authorization, ...headers } })).status).toBe(
        403,
      );
  },
);

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { OPERATIONS } from '../../api/openapi/document.ts';
import { readConfig } from '../../config.ts';
import { createApiKey } from '../../db/api-keys.ts';
import { API_AREAS } from '../helpers/access-api.ts';
import {
  ask,
  callersOf,
  fingerprint,
  leaks,
  misplaced,
  OPS_PASSWORD,
  OPS_VIEWER_PASSWORD,
  outcomeOf,
  shapeOf,
} from '../helpers/access-calls.ts';
import { tablesOf } from '../helpers/access-page.ts';
import { PAGE_AREAS } from '../helpers/access-pages.ts';
import { REFERENCES } from '../helpers/access-references.ts';
import { appRoutes, nestedApps } from '../helpers/access-routes.ts';
import { ROLES, type Role, type Row } from '../helpers/access-table.ts';
import { newWorld, type World } from '../helpers/access-world.ts';
import { UNKNOWN } from '../helpers/board-api.ts';
import { testDatabase } from '../helpers/database.ts';
import { silentLog, testQueues } from '../helpers/deps.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';

const AREAS = [...API_AREAS, ...PAGE_AREAS];
const ROWS = AREAS.flatMap(({ rows }) => rows);
const ENV = { OPS_PASSWORD, OPS_VIEWER_PASSWORD, RATE_LIMITS: 'off' };
const roles = Object.keys(ROLES) as Role[];

const isAllowed = (row: Row, role: Role) => row.who[role] === 'yes' || row.who[role] === 'own';
const isReading = ({ route }: Row) => route.startsWith('get ');
const closed = (row: Row) => roles.some((role) => !isAllowed(row, role));

let api: TestApi;
/** For calls that leave it as it is. */
let shared: World;
beforeAll(async () => {
  api = await openApi('empty', { env: ENV });
  shared = await newWorld(api);
});
afterAll(() => api.close());

describe('who may do what', () => {
  it.each(ROWS)('$route', async (row) => {
    const world = isReading(row) ? shared : await newWorld(api);
    const before = await fingerprint(api);
    for (const role of roles.filter((each) => !isAllowed(row, each))) {
      for (const caller of callersOf(world, row, role)) {
        const answer = await ask(api, world, row, caller);
        expect(outcomeOf(row, answer), `${role}: ${answer.text}`).toBe(row.who[role]);
        expect(leaks(answer, world, row, caller), role).toEqual([]);
        if (!row.route.startsWith('get ')) continue;
        expect((await ask(api, world, row, caller, { method: 'HEAD' })).status, role).toBe(answer.status);
      }
    }
    // Whoever was refused has changed nothing: what is done from here on is done to the same rows.
    expect(await fingerprint(api)).toBe(before);

    let used = false;
    for (const role of roles.filter((each) => isAllowed(row, each))) {
      for (const way of callersOf(world, row, role).keys()) {
        const fresh = used && !isReading(row) ? await newWorld(api) : world;
        const caller = callersOf(fresh, row, role)[way];
        if (!caller) throw new Error('a role has lost a way to show who it is');
        const answer = await ask(api, fresh, row, caller);
        expect(outcomeOf(row, answer), `${role}: ${answer.status} ${answer.text}`).toBe('yes');
        if (row.who[role] === 'own' || row.who.nobody === 'yes')
          expect(leaks(answer, fresh, row, caller), role).toEqual([]);
        used = true;
      }
    }
  });
});

describe('what is foreign looks as if it did not exist', () => {
  it.each(ROWS.filter((row) => row.route.includes('{id}') && closed(row)))('$route', async (row) => {
    const { id = '' } = row.at?.(shared) ?? {};
    for (const role of roles.filter((each) => !isAllowed(row, each))) {
      for (const caller of callersOf(shared, row, role)) {
        const foreign = shapeOf(await ask(api, shared, row, caller), id);
        const unknown = await ask(api, shared, row, caller, { at: { id: UNKNOWN } });
        expect(shapeOf(unknown, UNKNOWN), role).toEqual(foreign);
        for (const malformed of ['not-an-id', `${id}0`]) {
          const { status } = await ask(api, shared, row, caller, { at: { id: malformed } });
          expect([malformed, status]).toEqual([malformed, unknown.status]);
        }
      }
    }
  });

  it.each(REFERENCES)('where it is only mentioned: $says', async ({ call, foreign }) => {
    const world = await newWorld(api);
    const id = foreign(world);
    const answer = await call(api, world, id);
    expect(answer.status).not.toBe(500);
    const unknown = await call(api, world, UNKNOWN);
    expect(shapeOf(answer, id)).toEqual(shapeOf(unknown, UNKNOWN));
  });
});

describe('a secret shown in the wrong place', () => {
  it.each(ROWS.filter((row) => row.who.nobody !== 'yes'))('is nobody’s: $route', async (row) => {
    for (const [n, caller] of misplaced(shared, row).entries()) {
      const answer = await ask(api, shared, row, caller);
      expect(outcomeOf(row, answer), `${n}: ${answer.text}`).toBe(row.who.nobody);
    }
  });
});

describe('a key that only reads', () => {
  const isKeyed = ({ route, who }: Row) =>
    / \/api\//.test(route) && route !== 'delete /api/v1/sessions' && who.nobody === '401';
  const holders = ['partner', 'admin'] as const;
  const keyed = holders.flatMap((role) =>
    ROWS.filter((row) => isKeyed(row) && row.opens === undefined && isAllowed(row, role)).map((row) => ({
      ...{ route: row.route, role, row },
    })),
  );

  it.each(keyed)('$role: $route', async ({ role, row }) => {
    const principal =
      role === 'admin' ? ({ role } as const) : ({ role, partnerId: shared.partner.facts.id } as const);
    const key = await createApiKey(api.db, principal, { scope: 'read' });
    const before = await fingerprint(api);
    const caller = { role, link: key, headers: { authorization: `Bearer ${key}` } };
    const { status, text } = await ask(api, shared, row, caller);
    expect(status, text).toBe(isReading(row) ? 200 : 403);
    expect(await fingerprint(api)).toBe(before);
  });
});

describe('the table', () => {
  const deps = async (env: NodeJS.ProcessEnv) => {
    const { db, url } = await testDatabase('empty');
    return { db, queues: testQueues(url, undefined), log: silentLog, config: readConfig(env) };
  };
  const walked = ROWS.map(({ route }) => route).filter((route) => !route.includes('/ops/queues'));

  it('names every route of the app once, and no other', async () => {
    expect(walked.toSorted()).toEqual(appRoutes(await deps(ENV)).toSorted());
  });

  it('has the whole of Bull Board in two lines: operators do, viewers look, all others are refused', async () => {
    const [board = [], same, ...more] = nestedApps(await deps(ENV));
    expect([board.length > 20, same, more]).toEqual([true, board, []]);
    const callers = callersOf.bind(null, shared, { route: 'get /ops/queues', who: ROWS[0]?.who ?? never() });
    for (const { method, path } of board) {
      const address = `/ops/queues${path.replace('*', '').replace(/:\w+/g, 'send-email')}`;
      for (const { role, headers } of roles.filter((role) => role !== 'operator').flatMap(callers)) {
        if (role === 'viewer' && method === 'get') continue;
        const answer = await api.call(address, { method: method.toUpperCase(), headers });
        expect([address, role, answer.status]).toEqual([address, role, role === 'viewer' ? 403 : 401]);
      }
    }
  });

  it('has no mail and no board where mail is sent and operators have no password', async () => {
    const bare = await deps({ SMTP_URL: 'smtp://mail.example' });
    const missing = walked.filter((route) => !appRoutes(bare).includes(route));
    expect(missing.every((route) => /^get \/(dev\/|metrics$)/.test(route))).toBe(true);
    expect(missing).toHaveLength(5);
    expect(nestedApps(bare)).toEqual([]);
  });

  it('agrees with the OpenAPI document about who needs which credential', () => {
    const holders = { client: 'client', reviewer: 'client', partner: 'partner', admin: 'admin' } as const;
    for (const { method, path, credential } of OPERATIONS) {
      const row = ROWS.find(({ route }) => route === `${method} ${path}`) ?? never();
      // The token to sign in with is in the body.
      const isOpen = row.who.nobody === 'yes' || row.opens === 'sign-in';
      expect(isOpen, path).toBe(credential === undefined);
      if (!credential || credential === 'session') continue;
      for (const holder of ['client', 'partner', 'admin'] as const)
        expect([path, holder, isAllowed(row, holder)]).toEqual([
          path,
          holder,
          holder === holders[credential],
        ]);
    }
  });

  test('docs/access.md shows it (UPDATE=1 writes it anew)', () => {
    const file = resolve(import.meta.dirname, '../../docs/access.md');
    const page = readFileSync(file, 'utf8');
    const [words = ''] = page.split(/^## /m);
    const wanted = `${words.trimEnd()}\n${tablesOf(AREAS)}`;
    if (process.env.UPDATE === '1') writeFileSync(file, wanted);
    else expect(page).toBe(wanted);
  });
});

function never(): never {
  throw new Error('the table lacks a row');
}

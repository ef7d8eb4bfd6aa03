import { afterAll, beforeAll, expect, it } from 'vitest';
import { API_AREAS } from '../helpers/access-api.ts';
import { ask, callersOf, fingerprint, OPS_PASSWORD } from '../helpers/access-calls.ts';
import { PAGE_AREAS } from '../helpers/access-pages.ts';
import type { Role, Row } from '../helpers/access-table.ts';
import { newWorld } from '../helpers/access-world.ts';
import { auditRows, lastAct } from '../helpers/audit.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';

/** Only administrators or operators may, and it is no GET. */
const actOf = ({ route, who }: Row, role: Role) =>
  !route.startsWith('get ') && who[role] === 'yes' && who.nobody !== 'yes' && who.partner !== 'yes';
const ROWS = [...API_AREAS, ...PAGE_AREAS].flatMap(({ rows }) => rows);
const ACTS = (['admin', 'operator'] as const).flatMap((role) =>
  ROWS.filter((row) => actOf(row, role)).map((row) => ({ route: row.route, role, row })),
);

/** What looks only, though it is posted: nothing of what it looks for may stand in an address. */
const LOOKING = [
  'post /api/v1/admin/match-preview',
  'post /admin/preview',
  'post /admin/requests',
  'post /admin/partners',
  'post /admin/privacy',
];

let api: TestApi;
beforeAll(async () => {
  api = await openApi('empty', { env: { OPS_PASSWORD } });
});
afterAll(() => api.close());

it('there are acts to look at', () => {
  expect(ACTS.length).toBeGreaterThan(15);
  for (const route of LOOKING) expect(ACTS.map((act) => act.route)).toContain(route);
});

it.each(ACTS)('$role: $route leaves a record, and nothing personal in it', async ({ role, row }) => {
  const world = await newWorld(api);
  for (const way of callersOf(world, row, role).keys()) {
    const fresh = await newWorld(api);
    const caller = callersOf(fresh, row, role)[way];
    if (!caller) throw new Error('a role has lost a way to show who it is');
    const [before, records] = [await fingerprint(api), await auditRows(api.db)];
    const answer = await ask(api, fresh, row, caller);
    expect(answer.status, answer.text).toBeLessThan(400);
    const added = (await auditRows(api.db)).slice(records.length);
    if (LOOKING.includes(row.route)) {
      expect([await fingerprint(api), added]).toEqual([before, []]);
      continue;
    }
    expect(added.length, 'a successful call that is not on record').toBeGreaterThan(0);
    const last = await lastAct(api.db);
    expect(last.outcome).toBe('done');
    expect(last.actor).toBe(role === 'operator' ? 'operator' : way === 0 && isApi(row) ? 'key' : 'admin');
    expect(JSON.stringify(added)).not.toMatch(/@|Souza|Studio|Rude|Bakery/);
  }
});

const isApi = ({ route }: Row) => route.includes(' /api/');

import { expect, test } from 'vitest';
import type { Actor } from '../../db/audit.ts';
import type { Database } from '../../db/connect.ts';
import { upsertAdmin } from '../../db/sessions.ts';
import { erase } from '../../life/erase.ts';
import { HANDLERS } from '../../workers/handlers.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { dumpPostgres, foundIn } from '../helpers/dump.ts';
import { deliverAllDue } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';

const OPERATOR: Actor = { kind: 'cli' };
const EMAIL = 'both@sides.example';

/** A database whose process dies before the `n`th part of an erasure is begun. */
function dyingBefore(db: Database, n: number): Database {
  let parts = 0;
  return {
    ...db,
    async transaction(point, work) {
      if (point === 'erasure') parts += 1;
      if (parts === n) throw new Error('killed');
      return db.transaction(point, work);
    },
  };
}

/** Somebody who is partner, client and administrator: 25 requests to it, 25 from it, none with a deal of its own. */
async function everything() {
  const { db } = await testDatabase('empty');
  const deps = workerDeps(db);
  const [own, other] = [newPartner({ email: EMAIL, name: 'Both Sides' }), newPartner()];
  await insertPartners(db, [own, other]);
  const requests = (partnerId: string, email: string) =>
    Array.from({ length: 25 }, () => {
      const client = { name: 'Somebody', email, phone: null, company: null, locale: 'en' as const };
      return newRequest({ mode: 'manual', partnerId, client });
    });
  await takeIn(deps, [...requests(own.id, 'x@clients.example'), ...requests(other.id, EMAIL.toUpperCase())]);
  await upsertAdmin(db, { email: EMAIL, name: 'Both Sides', locale: 'en' });
  await deliverAllDue(deps, HANDLERS);
  return { db, deps, other };
}

test('broken off anywhere, it is ended by asking again', async () => {
  const { db, deps, other } = await everything();
  for (let n = 1; ; n += 1) {
    const broken = await erase({ ...deps, db: dyingBefore(db, n) }, EMAIL, OPERATOR).catch(() => 'killed');
    await deliverAllDue(deps, HANDLERS);
    if (broken !== 'killed') break;
    expect(n).toBeLessThan(20);
  }
  const texts = [EMAIL, 'Both Sides', 'Somebody'];
  const left = foundIn(await dumpPostgres(db), texts);
  // The clients of the partner that left are other people.
  expect([...new Set(left.filter((each) => !each.endsWith('Somebody')))]).toEqual([]);
  expect(
    await db.query(
      `select (select count(*)::int from requests where erased_at is not null) as erased,
         (select count(*)::int from requests where status = 'invited') as invited,
         (select count(*)::int from deals where lost_reason = 'partner_left') as closed,
         (select count(*)::int from admins) as admins, (select sum(live_leads)::int from partners) as leads`,
    ),
  ).toEqual([{ erased: 25, invited: 25, closed: 25, admins: 0, leads: 0 }]);
  const [recorded] = await db.query<Record<string, number>>(
    `select sum((detail ->> 'requests')::int)::int as requests, sum((detail ->> 'partners')::int)::int as partners,
       sum((detail ->> 'closedDeals')::int)::int as "closedDeals",
       sum((detail ->> 'administrators')::int)::int as administrators
     from audit_log where action = 'personal-data.erase'`,
  );
  expect(recorded).toEqual({ requests: 25, partners: 1, closedDeals: 25, administrators: 1 });
  expect(await db.query('select listed from partners where id = $1', [other.id])).toEqual([{ listed: true }]);
});

test('a request to a partner that was erased before it was matched goes to nobody, visibly', async () => {
  const { db } = await testDatabase('empty');
  const deps = workerDeps(db);
  const partner = newPartner({ email: EMAIL });
  await insertPartners(db, [partner]);
  await takeIn(deps, [newRequest({ mode: 'manual', partnerId: partner.id })]);
  await erase(deps, EMAIL, OPERATOR);
  await deliverAllDue(deps, HANDLERS);
  expect(await db.query('select status from requests')).toEqual([{ status: 'unmatched' }]);
  expect(await db.query('select template, status from emails')).toEqual([
    { template: 'request-unmatched', status: 'sent' },
  ]);
});

test('an address is found in either spelling of its domain', async () => {
  const { db } = await testDatabase('empty');
  const deps = workerDeps(db);
  const from = (email: string) =>
    newRequest({ client: { name: 'Ana', email, phone: null, company: null, locale: 'en' } });
  await takeIn(deps, [
    from('Ana@bücher.example'),
    from('ana@xn--bcher-kva.example'),
    from('anab@bücher.example'),
  ]);
  expect(await erase(deps, 'ANA@BÜCHER.example', OPERATOR)).toMatchObject({ requests: 2 });
  expect(await db.query('select client_email as email from requests where erased_at is null')).toEqual([
    { email: 'anab@bücher.example' },
  ]);
});

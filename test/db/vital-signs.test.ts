import { expect, it } from 'vitest';
import { COUNTED, VITAL_SIGNS, vitalSigns } from '../../db/vital-signs.ts';
import { testDatabase } from '../helpers/database.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const ROWS = 60_000;

it('operators’ figures read no large table from end to end', async () => {
  const { db } = await testDatabase('empty');
  await insertPartners(db, [newPartner()]);
  await db.query(
    `insert into outbox (id, job, payload, run_at, sweep_at, failed_at, sweeps)
     select gen_random_uuid(), 'job-' || n % 7, '{}', at, at + interval '5 seconds',
       case when n % 1000 = 1 then now() end, case when n % 1000 < 2 then 3 else 0 end
     from generate_series(1, ${ROWS}) n, lateral (select now() + (n % 100 - 1) * interval '1 hour') due (at)`,
  );
  await db.query(
    `insert into requests (id, mode, status, client_name, client_email, locale, title, description, consented_at)
     select gen_random_uuid(), 'automated', case when n % 2 = 0 then 'routed' else 'unmatched' end, 'x', 'x@example.com',
       'en', 'x', 'x', now() from generate_series(1, ${ROWS}) n`,
  );
  await db.query(
    `insert into emails (id, template, request_id, purpose, status)
     select gen_random_uuid(), 'request-routed', id, 'x', 'sent' from requests`,
  );
  await db.query('vacuum analyze outbox, requests, emails');
  const plan = await db.query<{ 'QUERY PLAN': string }>(`explain (analyze, timing off) ${VITAL_SIGNS}`);
  const lines = plan.map((row) => row['QUERY PLAN']);
  expect(lines.filter((line) => /Seq Scan on (outbox|requests|emails)/.test(line))).toEqual([]);
  const read = lines.map((line) =>
    Number(/on (?:outbox|requests|emails).*\(actual rows=([\d.]+)/.exec(line)?.[1] ?? 0),
  );
  expect(Math.max(...read)).toBeLessThanOrEqual(COUNTED);
  const { requests, mails, failed, overdue } = await vitalSigns(db);
  expect(Object.values(requests).reduce((sum, n) => sum + n)).toBe(COUNTED);
  expect(mails).toEqual({ sent: COUNTED });
  expect(Object.values(failed).reduce((sum, n) => sum + n)).toBe(ROWS / 1_000);
  expect(Object.values(overdue).reduce((sum, n) => sum + n)).toBeGreaterThan(0);
});

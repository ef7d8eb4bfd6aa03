import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, beginAction, endAction, purgeActions, recordAction } from '../../db/audit.ts';
import type { AuditRecord } from '../../db/audit-list.ts';
import { expire } from '../../jobs/expire.ts';
import { transaction } from '../../jobs/transaction.ts';
import { expireHandler } from '../../workers/expire.ts';
import { type AdminApi, openAdminApi } from '../helpers/admin-api.ts';
import { auditRows } from '../helpers/audit.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { runEntry } from '../helpers/http-process.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const CLI = { kind: 'cli' } as const;
const ACT: Action = { action: 'partner.change', subject: { kind: 'partner', id: uuidv7() } };
const DAY_MS = 24 * 3_600_000;

interface Records {
  data: (Omit<AuditRecord, 'at'> & { at: string })[];
  page: { nextCursor: string | null };
}

describe('what administrators do', () => {
  let api: AdminApi;
  const partner = newPartner({ tier: 'silver', email: 'rui@example.com' });
  beforeAll(async () => {
    api = await openAdminApi('empty');
    await insertPartners(api.db, [partner]);
  });
  afterAll(() => api.close());

  const read = async (query = '') => (await api.admin<Records>(`/audit${query}`)).body;
  const change = (json: object) => api.admin(`/partners/${partner.id}`, { method: 'PATCH', json });

  it('is on record field by field, of what is personal only that it changed', async () => {
    await change({ tier: 'gold', email: 'ana@example.com', languages: [{ code: 'de', primary: true }] });
    const [record] = (await read()).data;
    expect(record).toMatchObject({
      ...{ action: 'partner.change', subject: { kind: 'partner', id: partner.id }, outcome: 'done' },
      actor: { kind: 'key', name: null },
    });
    expect(record?.detail.changes).toMatchObject({
      ...{ tier: { from: 'silver', to: 'gold' }, languages: { to: ['de'] } },
    });
    expect(record?.detail.changes).toHaveProperty('email', {});
    expect(JSON.stringify(await auditRows(api.db))).not.toContain('@');
  });

  it('is not when it did not happen', async () => {
    const before = await auditRows(api.db);
    expect((await change({ tier: 'best' })).status).toBe(422);
    expect((await api.admin(`/partners/${uuidv7()}`, { method: 'PATCH', json: {} })).status).toBe(404);
    expect((await api.admin(`/reviews/${uuidv7()}/restore`, { method: 'POST' })).status).toBe(404);
    expect((await api.admin(`/jobs/${uuidv7()}/retry`, { method: 'POST' })).status).toBe(404);
    expect(await auditRows(api.db)).toEqual(before);
  });

  it('did not happen when it cannot be on record', async () => {
    await api.db.query('alter table audit_log rename to elsewhere');
    try {
      expect((await change({ tier: 'platinum' })).status).toBe(500);
    } finally {
      await api.db.query('alter table elsewhere rename to audit_log');
    }
    expect((await api.admin<{ tier: string }>(`/partners/${partner.id}`)).body.tier).toBe('gold');
  });

  it('is read page by page, newest first, by who, what and to what', async () => {
    for (const tier of ['silver', 'gold', 'registered']) await change({ tier });
    const { data: all } = await read('?limit=200');
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted().reverse());
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { data, page } = await read(`?limit=2&cursor=${cursor}`);
      walked.push(...data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(walked).toEqual(ids);

    await recordAction(api.db, CLI, { action: 'catalog.seed', subject: { kind: 'catalog', id: null } });
    const actionsBy = async (query: string) => [
      ...new Set((await read(query)).data.map((each) => each.action)),
    ];
    expect(await actionsBy('?actor=cli')).toEqual(['catalog.seed']);
    expect(await actionsBy('?action=partner.change')).toEqual(['partner.change']);
    expect(await actionsBy(`?subjectId=${partner.id}&actor=key`)).toEqual(['partner.change']);
    expect(await actionsBy(`?actorId=${all[0]?.actor.id}`)).toEqual(['partner.change']);
    expect(await actionsBy(`?subjectId=${uuidv7()}`)).toEqual([]);
    for (const query of ['?actor=god', '?action=x', '?actorId=1', '?cursor=x', '?subjectId=a%20b'])
      expect((await api.admin(`/audit${query}`)).status, query).toBe(422);
  });
});

describe('the record', () => {
  it('takes no change, and lets nothing young go', async () => {
    const { db } = await testDatabase('empty');
    await recordAction(db, CLI, ACT);
    const before = await auditRows(db);
    for (const statement of [
      "update audit_log set actor = 'cli'",
      "update audit_log set outcome = 'failed'",
      "update audit_log set at = at - interval '1 year'",
      'delete from audit_log',
      'truncate audit_log',
    ]) {
      await expect(db.query(statement), statement).rejects.toThrow('audit_log is append-only');
    }
    expect(await auditRows(db)).toEqual(before);
  });

  it('is told once how an act ended, and nothing else', async () => {
    const { db } = await testDatabase('empty');
    const id = await beginAction(db, { kind: 'operator' }, ACT);
    await expect(db.query("update audit_log set outcome = 'done', action = 'a.b'")).rejects.toThrow(
      'append-only',
    );
    await endAction(db, id, 'failed');
    await endAction(db, id, 'done');
    expect((await auditRows(db)).map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  it('goes when it is older than RETENTION_AUDIT, by the job that purges, whoever else is at it', async () => {
    const { db } = await testDatabase('empty');
    const deps = workerDeps(db, {}, { RETENTION_AUDIT: 'P100D' });
    const old = (days: number) =>
      db.query(
        `insert into audit_log (id, at, actor, action, subject) values ($1, now() - make_interval(days => $2), 'cli', 'a.b', 'c')`,
        [uuidv7(), days],
      );
    for (const days of [400, 101, 99, 0]) await old(days);
    await transaction(deps, 'job test', async (tx) => tx.enqueue(expire, {}));
    const ids = await promised(db, expire);
    expect(await deliver(deps, expireHandler, ids)).toEqual([{ kind: 'done' }]);
    expect(await auditRows(db)).toHaveLength(2);
    // A setting of less than 90 days is refused, and so it is by the table.
    await old(89);
    await expect(purgeActions(db, 10 * DAY_MS)).rejects.toThrow('append-only');
  });
});

it('has what is done at the command line', async () => {
  const { db, url } = await testDatabase('empty');
  await insertPartners(db, [newPartner({ slug: 'studio' })]);
  const cli = async (...args: string[]) => {
    const { code, stdout, stderr } = await runEntry('cli.ts', args, { DATABASE_URL: url });
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };
  await cli('api-key', 'create', '--partner', 'studio', '--read-only', '--name', 'Night export of Ana');
  const [key] = await db.query<{ id: string }>('select id from api_keys');
  await cli('api-key', 'revoke', '--id', key?.id ?? '');
  for (const name of ['Ana', 'Ana Souza'])
    await cli('admin', 'create', '--email', 'ana@example.com', '--name', name);
  const rows = await auditRows(db);
  expect(rows.map(({ actor, action }) => [actor, action])).toEqual([
    ['cli', 'api-key.create'],
    ['cli', 'api-key.revoke'],
    ['cli', 'admin.create'],
    ['cli', 'admin.change'],
  ]);
  expect(rows[0]).toMatchObject({ subject_id: key?.id, detail: { role: 'partner', scope: 'read' } });
  expect(JSON.stringify(rows)).not.toMatch(/Ana|terna_/);
});

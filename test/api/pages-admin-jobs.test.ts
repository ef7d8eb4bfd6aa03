import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertOutbox } from '../../db/outbox.ts';
import { openAdminPages } from '../helpers/admin-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { send } from '../helpers/http-requests.ts';
import { textOf, type Visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/admin/jobs';

describe('failed jobs, as a page', () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
  });
  afterAll(() => api.close());

  async function fail(job: string, payload: object, error: string | null): Promise<string> {
    const id = uuidv7();
    await insertOutbox(api.db, [{ id, job, payload, delayMs: 0 }]);
    await api.db.query('update outbox set failed_at = now(), error = $2, attempts = 8 where id = $1', [
      id,
      error,
    ]);
    return id;
  }

  it('is glad when nothing has failed', async () => {
    expect((await admin.get(PATH)).text).toContain('Nothing has failed');
    expect((await admin.get(PATH, 'pt-BR')).text).toContain('Nada falhou');
  });

  it('says what each is about, whatever names the request, and why it failed', async () => {
    await insertPartners(api.db, [newPartner()]);
    const request = await send(api, { project: { title: 'Shop <i>', description: 'x' }, criteria: {} });
    await api.deliver();
    const [ids] = await api.db.query<{ matchId: string; emailId: string }>(
      `select (select id from matches) as "matchId", (select id from emails limit 1) as "emailId"`,
    );
    await fail('match-request', { requestId: request.id }, 'deadlock <b>');
    await fail('create-deal', { matchId: ids?.matchId }, null);
    await fail('request-feedback', { dealId: ids?.matchId }, 'x');
    await fail('send-email', { emailId: ids?.emailId }, '550 no such mailbox');
    await fail('unknown-job', { requestId: 'no id', other: 1 }, 'x');
    const { text } = await admin.get(PATH);
    expect(text.match(new RegExp(`href="/admin/requests/${request.id}">Shop &lt;i>`, 'g'))).toHaveLength(4);
    expect(text).toContain('deadlock &lt;b>');
    expect(textOf(text)).toMatch(/unknown-job.*Send an email send-email.*after 8 attempts.*Draw partners/);
    expect(text).toContain('No reason was recorded.');
    await api.db.query('delete from outbox where failed_at is not null');
  });

  it('has one done after all, once', async () => {
    const id = await fail('expire', {}, 'why');
    const retry = () => admin.post(`${PATH}/${id}/retry`);
    const done = await retry();
    expect([done.status, done.headers.get('location')]).toEqual([303, `${PATH}?done=retried`]);
    expect((await admin.get(`${PATH}?done=retried`)).text).toContain('The job is back in the queue');
    const [row] = await api.db.query<{ attempts: number; failedAt: Date | null }>(
      'select attempts, failed_at as "failedAt" from outbox where id = $1',
      [id],
    );
    expect(row).toEqual({ attempts: 0, failedAt: null });
    const again = await retry();
    expect([again.status, again.text.includes('Nothing has failed')]).toEqual([409, true]);
    expect(again.text).toContain(`href="${PATH}?lang=pt-BR"`);
    for (const nobody of [uuidv7(), 'x'])
      expect((await admin.post(`${PATH}/${nobody}/retry`)).status).toBe(404);
  });

  it('leads to the dashboard of the queues only where there is one', async () => {
    expect((await admin.get(PATH)).text.includes('/ops/queues')).toBe(Boolean(api.config.opsPassword));
  });

  it('pages', async () => {
    for (let n = 0; n < 31; n += 1) await fail('send-email', { n }, `error ${n}`);
    const page = await admin.get(PATH);
    const [, next = ''] = /<a[^>]* href="(\/admin\/jobs\?cursor=[^"]+)"/.exec(page.text) ?? [];
    expect(page.text).not.toContain('>error 0<');
    expect((await admin.get(next)).text).toContain('>error 0<');
  });
});

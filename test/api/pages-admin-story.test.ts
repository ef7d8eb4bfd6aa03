import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../jobs/transaction.ts';
import { moveDeal } from '../../life/move-deal.ts';
import { openAdminPages, STRANGE, STRANGE_SHOWN } from '../helpers/admin-pages.ts';
import { workerDeps } from '../helpers/deps.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { type Accepted, send } from '../helpers/http-requests.ts';
import { textOf, type Visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const client = { name: STRANGE, email: 'zoe@example.com', phone: '+55 11 5555 0100', locale: 'en' };
const project = {
  title: 'CRM for a bakery',
  description: 'First.\n\nSecond <script>.',
  budget: { amount: '1500.00', currency: 'BRL' },
  deadline: '2027-01-31',
};

describe('the story of a request, as a page', () => {
  let api: TestApi;
  let admin: Visitor;
  let request: Accepted;
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
    await insertPartners(
      api.db,
      ['One <b>', 'Two', 'Three', 'Four'].map((name) => newPartner({ name })),
    );
    request = await send(api, { client, project, criteria: { services: ['crm-setup'] } });
  });
  afterAll(() => api.close());

  const story = async (language?: string) => {
    const page = await admin.get(`/admin/requests/${request.id}`, language);
    expect(page.status).toBe(200);
    return { html: page.text, text: textOf(page.text) };
  };

  it('begins with what comes next', async () => {
    const { html, text } = await story();
    expect(text).toContain('What comes next Draw partners due now');
    expect(text).toContain('Nobody has this request yet.');
    expect(text).toMatch(/R\$1,500\.00.*January 31, 2027/);
    expect(html).toContain(STRANGE_SHOWN);
    expect(html).toContain('Second &lt;script>.');
  });

  it('shows the draw with every chance, who was drawn, and that it replays', async () => {
    await api.deliver();
    const { html, text } = await story();
    expect(text).toContain(`Seed ${request.id}/1`);
    expect(text).toContain('Replay gives the same partners Yes');
    expect(html.match(/class="bar-fill"/g)).toHaveLength(4);
    expect(html.match(/<tr class="picked">/g)).toHaveLength(3);
    expect(text).toContain('75%');
    expect(text).toContain('Offers every service asked for: CRM setup');
    expect(text).toContain('Draw 1: 3 partners of 4 candidates');
    expect(text).toMatch(/Email to Zoë O'Neil &lt;b>: your request has been sent Sent/);
    expect((await story('pt-BR')).text).toContain('Sorteio 1: 3 parceiros de 4 candidatos');

    await api.db.query(`update draws set seed = seed || 'x', picked = picked[1:1] where request_id = $1`, [
      request.id,
    ]);
    await api.db.query('update draws set policy_version = 99 where request_id = $1', [request.id]);
    expect((await story()).text).toContain('Unknown: made with other rules');
  });

  it('tells what the partners did, in order, and which mail may have gone twice', async () => {
    const [deal] = await api.db.query<{ id: string; partnerId: string; name: string }>(
      `select d.id, p.id as "partnerId", p.name from deals d join partners p on p.id = d.partner_id
       where request_id = $1 and p.name <> 'One <b>' order by d.id limit 1`,
      [request.id],
    );
    const { id = '', partnerId = '', name = '' } = deal ?? {};
    for (const kind of ['in_progress', 'lost'] as const) {
      const order = { to: { kind }, lostReason: 'budget_too_low' as const };
      await transaction(workerDeps(api.db), 'job test', (tx) => moveDeal(tx, partnerId, id, order));
    }
    await api.db.query(`update emails set uncertain = true where request_id = $1 and template = 'lead-new'`, [
      request.id,
    ]);
    const { text } = await story();
    expect(text).toMatch(
      new RegExp(
        `sent the request.*The deal of ${name} was opened.*${name} answered.*${name} closed the deal as lost`,
      ),
    );
    expect(text).toContain('The budget is too low');
    expect(text).toContain('Sent Perhaps twice');
    expect(text).toContain('nobody can know whether it accepted the email');
  });

  it('shows a failed job and has it done after all; twice says how it stands', async () => {
    const [job] = await api.db.query<{ id: string }>(
      `update outbox set failed_at = now(), error = '550 <nobody>', attempts = 8
       where payload ->> 'requestId' = $1 returning id`,
      [request.id],
    );
    const { html, text } = await story();
    expect(text).toContain('This needs you');
    expect(html).toContain('550 &lt;nobody>');
    const retry = () => admin.post(`/admin/jobs/${job?.id}/retry`, { requestId: request.id });
    const done = await retry();
    expect([done.status, done.headers.get('location')]).toEqual([
      303,
      `/admin/requests/${request.id}?done=retried`,
    ]);
    expect((await admin.get(done.headers.get('location') ?? '')).text).toContain(
      'The job is back in the queue',
    );
    const again = await retry();
    expect(again.status).toBe(409);
    expect(again.text).toContain('it is still going to run');
    expect(again.text).toContain('CRM for a bakery');
    expect(again.text).toContain(`href="/admin/requests/${request.id}?lang=pt-BR"`);
  });
});

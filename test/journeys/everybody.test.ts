import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { upsertAdmin } from '../../db/sessions.ts';
import { expectAccessible } from '../helpers/a11y.ts';
import { onBrowser } from '../helpers/browser.ts';
import { expectFits } from '../helpers/layout.ts';
import { shoot } from '../helpers/shots.ts';
import { signIn } from '../helpers/sign-in.ts';
import { openSite, type Site } from '../helpers/site.ts';
import { expectTargets } from '../helpers/targets.ts';
import { until } from '../helpers/until.ts';

const LOOKS = [
  { locale: 'en', colorScheme: 'light' },
  { locale: 'pt-BR', colorScheme: 'dark' },
  { locale: 'en', colorScheme: 'dark' },
  { locale: 'pt-BR', colorScheme: 'light' },
] as const;

const ADMIN = 'boss@example.com';

/** Every page, for those who cannot see, point, or have a wide screen. */
onBrowser('everybody', (browser) => {
  let site: Site;
  let partner: { id: string; slug: string; email: string };

  beforeAll(async () => {
    site = await openSite(browser, 'seeded');
    await upsertAdmin(site.db, { email: ADMIN, name: 'Boss', locale: 'en' });
    const [found] = await site.db.query<typeof partner>(
      `select id, slug, email from partners where accepting and listed and review_count between 3 and 30
       order by completed_projects desc, id limit 1`,
    );
    if (!found) throw new Error('the catalog is empty');
    partner = found;
  });
  afterAll(() => site.close());

  /** All three, of a page as it is. Folds are opened first: what is in them must be usable, too. */
  const examine = async (page: Page, name: string) => {
    await shoot(page, name);
    await expectFits(page);
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    await expectAccessible(page);
    await expectTargets(page);
    await expectFits(page, [360, 1280]);
  };

  const send = async (fields: object, title = 'CRM for a bakery') => {
    const { body } = await site.call<{ id: string; trackingUrl: string }>('/api/v1/requests', {
      json: {
        client: {
          name: "Zoë O'Neil <b>",
          email: 'zoe@example.com',
          phone: '+55 11 5555 0100',
          company: 'Zoë & Co',
        },
        project: {
          title,
          description: 'Two pipelines.\n\nAnd a form on the site.',
          budget: { amount: '1500.00', currency: 'BRL' },
          deadline: '2027-01-31',
        },
        consent: true,
        ...fields,
      },
    });
    return { id: body.id, path: new URL(body.trackingUrl).pathname };
  };

  const reaches = (id: string, status: string) =>
    until(
      async () =>
        (await site.db.query('select from requests where id = $1 and status = $2', [id, status]))[0],
      {
        what: `request ${id} being ${status}`,
      },
    );

  const act = async (path: string, what: string, fields: Record<string, string> = {}) => {
    const { status } = await site.call(`${path}/${what}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
    expect(status).toBe(303);
  };

  describe.each(LOOKS)('$locale, $colorScheme', (look) => {
    const name = (page: string) => `${page}-${look.locale}-${look.colorScheme}`;
    const see = async (path: string, page: string, allowedStatuses: number[] = []) =>
      examine(await site.open(path, { ...look, allowedStatuses }), name(page));

    test('what anybody can open', async () => {
      await see(`/partners/${partner.slug}`, 'profile');
      await see('/requests/new', 'request-form');
      await see(`/requests/new?partner=${partner.slug}`, 'request-form-manual');
      await see('/nowhere', 'missing', [404]);
      const form = await site.open('/requests/new?country=BR', { ...look, allowedStatuses: [422] });
      await form.locator('.request-consent button, form button[type=submit]').last().click();
      await form.locator('.summary-of-errors').waitFor();
      await examine(form, name('request-form-wrong'));
    });

    test('a request in each of its states', async () => {
      const routed = await send({ criteria: { services: ['crm-setup'], country: 'BR' } });
      const alone = await send({ partnerId: partner.id });
      const nobody = await send({ criteria: { country: 'IS', tier: 'platinum', services: ['crm-setup'] } });
      await reaches(routed.id, 'routed');
      await see(`${routed.path}?new=1`, 'tracking-routed');
      await reaches(alone.id, 'routed');
      await see(alone.path, 'tracking-manual');
      await reaches(nobody.id, 'unmatched');
      await see(nobody.path, 'tracking-unmatched');

      await act(routed.path, 'choice', { partnerId: await someoneAsked(routed.id) });
      await see(`${routed.path}?done=chosen`, 'tracking-chosen');
      await act(nobody.path, 'cancel');
      await see(nobody.path, 'tracking-cancelled');
      await site.db.query("update requests set status = 'invited', invited_at = now() where id = $1", [
        alone.id,
      ]);
      await see(alone.path, 'tracking-invited');
    });

    test('the workspace of a partner', async () => {
      const { id } = await send(
        { partnerId: partner.id },
        'Um projeto com um título comprido que não cabe em uma linha',
      );
      await reaches(id, 'routed');
      const dealId = await until(async () => {
        const [deal] = await site.db.query<{ id: string }>('select id from deals where request_id = $1', [
          id,
        ]);
        return deal?.id;
      });
      const page = await site.open('/sign-in', look);
      await signIn(page, partner.email);
      const paths = ['board', `deals/${dealId}`, 'rank', 'reviews', 'profile', 'pipelines', 'settings'];
      for (const path of paths) {
        await page.goto(`${site.origin}/workspace/${path}`);
        await examine(page, name(`workspace-${path.split('/')[0]}`));
      }
      await page.goto(`${site.origin}/workspace/pipelines`);
      await page.locator('main a[href*="/workspace/pipelines/"]').first().click();
      await examine(page, name('workspace-pipeline'));
    });

    test('the feedback form, and the thanks', async () => {
      const { id } = await send({ partnerId: partner.id });
      await reaches(id, 'routed');
      const path = await winAndGetFeedback(id);
      await see(path, 'feedback');
      const page = await site.open(path, look);
      await page.getByRole('radio').nth(4).check({ force: true });
      await page.getByRole('button').last().click();
      await page.waitForURL(/done/);
      await examine(page, name('feedback-thanks'));
    });

    test('the administration', async () => {
      const page = await site.open('/sign-in', look);
      await signIn(page, ADMIN);
      for (const path of ['requests', 'partners', 'partners/new', 'preview', 'reviews', 'jobs', 'audit']) {
        await page.goto(`${site.origin}/admin/${path}`);
        await examine(page, name(`admin-${path.replace('/', '-')}`));
      }
      const { id } = await send({ criteria: { services: ['crm-setup'] } });
      await reaches(id, 'routed');
      await page.goto(`${site.origin}/admin/requests/${id}`);
      await examine(page, name('admin-request'));
      await page.goto(`${site.origin}/admin/partners/${partner.id}`);
      await examine(page, name('admin-partner'));
    });
  });

  async function someoneAsked(requestId: string): Promise<string> {
    const [match] = await site.db.query<{ id: string }>(
      'select partner_id as id from matches where request_id = $1 order by id limit 1',
      [requestId],
    );
    return match?.id ?? '';
  }

  /** The partner wins the deal over the API; the client's link comes by mail. */
  async function winAndGetFeedback(requestId: string): Promise<string> {
    const token = await createApiKey(site.db, { role: 'partner', partnerId: partner.id });
    const dealId = await until(async () => {
      const [deal] = await site.db.query<{ id: string }>('select id from deals where request_id = $1', [
        requestId,
      ]);
      return deal?.id;
    });
    const before = (await site.mails('zoe@example.com')).length;
    const { status } = await site.call(`/api/v1/deals/${dealId}`, {
      method: 'PATCH',
      body: '{"stage":"won"}',
      headers: { 'content-type': 'application/json' },
      token,
    });
    expect(status).toBe(200);
    return until(async () => {
      const mails = await site.mails('zoe@example.com');
      const mail = mails
        .slice(0, mails.length - before)
        .find(({ template }) => template === 'feedback-request');
      return mail?.text.match(/\/feedback\/[\w-]{43}/)?.[0];
    });
  }
});

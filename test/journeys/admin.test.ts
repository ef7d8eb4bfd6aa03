import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { upsertAdmin } from '../../db/sessions.ts';
import { type Key, translator, type Values } from '../../locales/translator.ts';
import { onBrowser } from '../helpers/browser.ts';
import { signIn } from '../helpers/sign-in.ts';
import { openSite, type Site } from '../helpers/site.ts';

const CASES = [
  ['en', true],
  ['pt-BR', false],
] as const;

onBrowser('an administrator', (browser) => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(browser, 'seeded');
    await upsertAdmin(site.db, { email: 'boss@example.com', name: 'Boss', locale: 'en' });
  });
  afterAll(() => site.close());

  describe.each(CASES)('in %s, JavaScript: %s', (locale, javaScript) => {
    const translate = translator(locale);
    const say = (key: Key, values?: Values) => translate(key, values);
    const enter = async () => {
      const page = await site.open('/sign-in', { locale, javaScript });
      await signIn(page, 'boss@example.com');
      return page;
    };
    const heading = (name: string) => ({ name, exact: true });

    test('finds a request and reads its whole story', async () => {
      const title = `CRM ${locale}`;
      const { status } = await site.call('/api/v1/requests', {
        json: {
          client: { name: "Zoë O'Neil <b>", email: 'zoe@example.com' },
          project: { title, description: 'Two pipelines.' },
          criteria: { services: ['crm-setup'] },
          consent: true,
        },
      });
      expect(status).toBe(202);
      const page = await enter();
      expect(new URL(page.url()).pathname).toBe('/admin/requests');
      await page.getByRole('searchbox').fill(title);
      await page.getByRole('button', { name: say('admin.search') }).click();
      await page.getByRole('link', { name: title }).click();
      await expect
        .poll(async () => {
          await page.reload();
          return page.locator('main').innerText();
        })
        .toContain(say('admin.draw.replays'));
      const story = await page.locator('main').innerText();
      expect(story).toContain(say('admin.event.accepted', { name: "Zoë O'Neil <b>" }));
      expect(story).toContain(say('admin.draw.replays-yes'));
      expect(await page.locator('details', { hasText: say('admin.draw.chance') }).count()).toBeGreaterThan(0);
    });

    test('raises a tier and takes a partner out of the catalog', async () => {
      const [partner] = await site.db.query<{ id: string; slug: string; name: string }>(
        "select id, slug, name from partners where tier = 'registered' and listed order by id limit 1",
      );
      if (!partner) throw new Error('the catalog is empty');
      const page = await enter();
      await page.goto(`${site.origin}/admin/partners/${partner.id}`);
      await page.getByLabel(say('catalog.tier')).selectOption('platinum');
      await page.getByLabel(say('admin.partners.listed-label')).uncheck();
      await page.getByRole('button', { name: say('form.save') }).click();
      await page.getByText(say('form.saved')).waitFor();
      const [now] = await site.db.query<{ tier: string; listed: boolean }>(
        'select tier, listed from partners where id = $1',
        [partner.id],
      );
      expect(now).toEqual({ tier: 'platinum', listed: false });
      expect((await site.call(`/partners/${partner.slug}`)).status).toBe(404);
    });

    test('hides a review with a reason, and shows it again', async () => {
      const page = await enter();
      await page.getByRole('link', heading(say('nav.moderation'))).click();
      const review = page.locator('main li', { has: page.locator('summary') }).first();
      await review.locator('summary').first().click();
      await review.getByRole('textbox').fill('Names a person');
      await review.getByRole('button').last().click();
      const hidden = () => site.db.query('select from reviews where hidden_reason = $1', ['Names a person']);
      await expect.poll(async () => (await hidden()).length).toBe(1);
      await page.locator('main li', { hasText: 'Names a person' }).getByRole('button').last().click();
      await expect.poll(async () => (await hidden()).length).toBe(0);
    });

    test('sees who would be asked, and retries what failed for good', async () => {
      const page = await enter();
      await page.getByRole('link', heading(say('nav.preview'))).click();
      await page.getByLabel(say('service.crm-setup')).check();
      await page.getByRole('button', { name: say('admin.preview.submit') }).click();
      await page.getByText(say('admin.draw.chance')).first().waitFor();

      const id = `01935bd8-b098-70b5-b5b4-${locale === 'en' ? '9181d0692ad9' : '9181d0692ada'}`;
      await site.db.query(
        `insert into outbox (id, job, payload, run_at, sweep_at, attempts, error, failed_at)
         values ($1, 'recompute-ranks', '{"partnerIds":[]}', now(), now(), 5, 'No reason at all', now())`,
        [id],
      );
      await page.getByRole('link', heading(say('nav.jobs'))).click();
      await page.getByText('No reason at all').waitFor();
      await page
        .getByRole('button', { name: say('admin.jobs.retry') })
        .first()
        .click();
      await page.getByText(say('admin.jobs.retried')).waitFor();
      const left = () => site.db.query('select from outbox where id = $1', [id]);
      await expect.poll(async () => (await left()).length, { timeout: 15_000 }).toBe(0);
    });
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translator } from '../../locales/translator.ts';
import { onBrowser } from '../helpers/browser.ts';
import { openSite, type Site } from '../helpers/site.ts';

const say = translator('en');

// Long enough for a page to be read before it ends.
const ANSWER_WINDOW_S = 6;

onBrowser('a client', (browser) => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(browser, 'seeded', { ANSWER_WINDOW: `PT${ANSWER_WINDOW_S}S` });
  });
  afterAll(() => site.close());

  const main = (page: Page) => page.locator('main').innerText();
  const shows = (page: Page, words: string, javaScript = true) =>
    expect
      .poll(
        async () => {
          if (!javaScript) await page.reload();
          return main(page);
        },
        { timeout: 20_000 },
      )
      .toContain(words);

  const fillIn = async (page: Page, email: string) => {
    await page.getByLabel(say('request-form.project-title')).fill('A landing page');
    await page.getByLabel(say('request-form.description')).fill('For our spring sale.');
    await page.getByLabel(say('request-form.name')).fill('Ben Okafor');
    await page.getByRole('textbox', { name: say('field.email') }).fill(email);
    await page.locator('input[name=consent]').check();
  };

  describe.each([true, false])('JavaScript: %s', (javaScript) => {
    const open = (path: string) => site.open(path, { javaScript, allowedStatuses: [404, 409, 422] });

    test('asks one partner, hears nothing, and sends the request to another', async () => {
      const email = `silence-${javaScript}@example.com`;
      const page = await open('/?type=freelancer');
      await page.locator('.card h3 a').first().click();
      const name = (await page.locator('h1').innerText()).trim();
      await page.getByRole('link', { name: say('profile.send') }).click();
      await fillIn(page, email);
      await page.getByRole('button', { name: say('request-form.send-one', { name }) }).click();
      await page.waitForURL(/\/requests\/[\w-]{36}\//);
      await shows(page, name, javaScript);
      expect(await page.locator('.match h3').allInnerTexts()).toEqual([name]);

      await shows(page, say('tracking.title.invited'), javaScript);
      const invitation = await site.mail(email, 'invitation');
      const [link = ''] = invitation.text.match(/\/requests\/[\w-]{36}\/[\w-]{43}/) ?? [];
      await page.goto(`${site.origin}${link}`);
      await page
        .locator('summary', { hasText: say('tracking.send') })
        .first()
        .click();
      await page.locator('details[open] button[type=submit]').first().click();
      await shows(page, say('tracking.title.routed', { live: 2, mode: 'manual' }), javaScript);
      expect(await page.locator('.match h3').allInnerTexts()).toHaveLength(2);
    });

    test('asks too much, gives a wish up, and cancels in the end', async () => {
      const email = `wishes-${javaScript}@example.com`;
      const page = await open('/requests/new?country=IS&tier=platinum&services=crm-setup,online-courses');
      await fillIn(page, email);
      await page.getByRole('button', { name: say('request-form.send'), exact: true }).click();
      await page.waitForURL(/\/requests\/[\w-]{36}\//);
      await shows(page, say('tracking.title.unmatched'), javaScript);

      for (const select of await page.locator('form[action$="/criteria"] select').all())
        await select.selectOption('');
      for (const tick of await page.locator('form[action$="/criteria"] input[type=checkbox]').all())
        await tick.uncheck();
      await page.getByRole('button', { name: say('tracking.look-again') }).click();
      await shows(page, say('tracking.title.routed', { live: 3, mode: 'automated' }), javaScript);

      await page.locator('summary', { hasText: say('tracking.cancel') }).click();
      await page.getByRole('button', { name: say('tracking.cancel-yes') }).click();
      await shows(page, say('tracking.title.cancelled'), javaScript);
      const [request] = await site.db.query<{ status: string }>(
        'select status from requests where client_email = $1',
        [email],
      );
      expect(request?.status).toBe('cancelled');
    });

    test('keeps what was typed when something is missing, and sends once', async () => {
      const email = `once-${javaScript}@example.com`;
      const page = await open('/requests/new');
      await page.getByLabel(say('request-form.project-title')).fill('Only a title <b>');
      const send = page.getByRole('button', { name: say('request-form.send'), exact: true });
      await send.click();
      await page.locator('.summary-of-errors').waitFor();
      expect(await page.getByLabel(say('request-form.project-title')).inputValue()).toBe('Only a title <b>');
      if (javaScript)
        expect(await page.evaluate(() => document.activeElement?.className)).toContain('summary-of-errors');
      await page.locator('.summary-of-errors a').first().click();
      expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(
        'project.description',
      );

      await fillIn(page, email);
      await send.dblclick();
      await page.waitForURL(/\/requests\/[\w-]{36}\//);
      const requests = await site.db.query('select from requests where client_email = $1', [email]);
      expect(requests).toHaveLength(1);
    });
  });
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../helpers/a11y.ts';
import { onBrowser } from '../helpers/browser.ts';
import { expectFits } from '../helpers/layout.ts';
import { shoot } from '../helpers/shots.ts';
import { openSite, type Site } from '../helpers/site.ts';
import { expectTargets } from '../helpers/targets.ts';

const names = (page: Page) => page.locator('.card h3').allTextContents();
const path = (page: Page) => {
  const { pathname, search } = new URL(page.url());
  return `${pathname}${decodeURIComponent(search)}`;
};

onBrowser('the catalog', (browser) => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(browser, 'seeded');
  });
  afterAll(() => site.close());

  test('finds while one types and picks, and its address can be shared', async () => {
    const page = await site.open('/');
    const all = await names(page);
    expect(all).toHaveLength(18);

    await page.getByLabel('Country').selectOption('BR');
    await expect.poll(() => path(page)).toBe('/?country=BR');
    await page.getByLabel('CRM setup').check();
    await expect.poll(() => path(page)).toBe('/?services=crm-setup&country=BR');
    await expect
      .poll(() => page.locator('.card-type').allTextContents())
      .toSatisfy((types: string[]) => types.every((type) => type.endsWith('Brazil')));
    // What is looked for goes along into the request form.
    const find = page.getByRole('link', { name: 'Find a partner' });
    expect(await find.getAttribute('href')).toBe('/requests/new?services=crm-setup&country=BR');

    const [wanted = ''] = await names(page);
    await page.getByLabel('Title or name').pressSequentially(wanted.slice(0, 9), { delay: 20 });
    await expect.poll(() => names(page)).toContain(wanted);
    await expect.poll(() => path(page)).toContain('&q=');
    expect(await page.getByLabel('Title or name').evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    expect(await page.getByRole('status').textContent()).toMatch(/\d+ partners?/);

    const shared = await site.open(path(page), { javaScript: false });
    expect(await names(shared)).toEqual(await names(page));
    expect(await shared.getByLabel('CRM setup').isChecked()).toBe(true);
  });

  test('forgives typing mistakes, and helps where there is nobody', async () => {
    const page = await site.open('/?q=marketign');
    expect(await page.getByRole('status').textContent()).toContain('these come close');
    expect((await names(page)).length).toBeGreaterThan(0);

    await page.getByLabel('Title or name').fill('qqqqqqqq');
    await page.getByRole('heading', { name: 'No partner meets all of this' }).waitFor();
    await expectAccessible(page);
    await page.locator('.empty').getByRole('link', { name: 'Clear all filters' }).click();
    await expect.poll(() => names(page)).toHaveLength(18);
  });

  test('shows more in place, and the keyboard goes on with what came', async () => {
    const page = await site.open('/?country=BR');
    await page.getByRole('link', { name: 'Show more partners' }).press('Enter');
    await expect.poll(() => names(page)).toHaveLength(36);
    expect(new Set(await names(page)).size).toBe(36);
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    expect(focused).toBe((await names(page))[18]);
    expect(path(page)).toBe('/?country=BR');
  });

  test('works without JavaScript', async () => {
    const page = await site.open('/', { javaScript: false });
    await page.getByLabel('Partner type').selectOption('freelancer');
    await page.getByLabel('Email marketing').check();
    await page.getByRole('button', { name: 'Show partners' }).click();
    expect(path(page)).toBe('/?services=email-marketing&type=freelancer');
    await page.getByRole('link', { name: 'Show more partners' }).click();
    expect(path(page)).toContain('&cursor=');
    expect(await page.getByRole('status').textContent()).toBe('More partners');
  });

  describe.each([
    ['en', 'light'],
    ['pt-BR', 'dark'],
  ] as const)('in %s, %s', (locale, colorScheme) => {
    test.each(['/', '/?q=qqqqqqqq', '/?language=pt&tier=gold', '/sign-in', '/sign-in/sent', '/dev/mail'])(
      '%s fits, and everybody can use it',
      async (where) => {
        const page = await site.open(where, { locale, colorScheme });
        await expectAccessible(page);
        await expectTargets(page);
        await expectFits(page);
        await shoot(page, `catalog-${where.replace(/\W+/g, '-')}-${locale}`);
      },
    );
  });

  test('weighs less than 60 kB, all in all', async () => {
    const page = await site.open('/livez');
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(`${site.origin}/`, { waitUntil: 'load' });
    await expect.poll(() => page.evaluate(() => 'htmx' in window)).toBe(true);
    expect(bytes).toBeGreaterThan(15_000);
    expect(bytes).toBeLessThan(60_000);
  });
});

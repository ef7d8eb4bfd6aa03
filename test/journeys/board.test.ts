import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { translator } from '../../locales/translator.ts';
import { onBrowser } from '../helpers/browser.ts';
import { signIn } from '../helpers/sign-in.ts';
import { openSite, type Site } from '../helpers/site.ts';

const say = translator('en');

onBrowser('the board', (browser) => {
  let site: Site;
  let partner: { id: string; email: string };
  beforeAll(async () => {
    site = await openSite(browser, 'seeded');
    const [found] = await site.db.query<typeof partner>(
      "select id, email from partners where accepting and listed and type = 'agency' and country = 'BR' order by id limit 1",
    );
    if (!found) throw new Error('the catalog is empty');
    partner = found;
  });
  afterAll(() => site.close());

  const board = async (options = {}): Promise<Page> => {
    const page = await site.open('/sign-in', { allowedStatuses: [409, 412, 422], ...options });
    await signIn(page, partner.email);
    await page.goto(`${site.origin}/workspace/board`);
    return page;
  };

  const request = async (title: string) => {
    const { status, text } = await site.call('/api/v1/requests', {
      json: {
        client: { name: 'Ana Souza', email: 'ana@example.com' },
        project: { title, description: 'A form.' },
        partnerId: partner.id,
        consent: true,
      },
    });
    expect(status, text).toBe(202);
  };

  const cardIn = (page: Page, kind: string, title: string) =>
    page.locator(`.column.${kind} .deal-card`, { hasText: title });

  const openMenu = (page: Page, title: string) =>
    page.locator('.deal-card', { hasText: title }).locator('.move-to > summary').click();

  const choose = async (page: Page, title: string, kind: string) =>
    page
      .locator('.deal-card', { hasText: title })
      .locator('.target', { has: page.locator(`.${kind}, [data-kind="${kind}"]`) })
      .first()
      .click();

  test('a new deal shows up without reloading, and is announced', async () => {
    const page = await board();
    await request('Live news');
    await cardIn(page, 'new', 'Live news').waitFor({ timeout: 15_000 });
    expect(await page.locator('#board-news').textContent()).toContain('Live news');
  });

  test('the second of two windows hears that the deal was moved, and sees where it is', async () => {
    await request('Two windows');
    const [one, two] = [await board(), await board()];
    for (const page of [one, two]) await cardIn(page, 'new', 'Two windows').waitFor({ timeout: 15_000 });
    // An open menu keeps the second window's board as it was.
    await openMenu(two, 'Two windows');
    await openMenu(one, 'Two windows');
    await choose(one, 'Two windows', 'in_progress');
    await cardIn(one, 'in_progress', 'Two windows').waitFor();

    await choose(two, 'Two windows', 'lost');
    await two.locator('.deal-card', { hasText: 'Two windows' }).locator('select').selectOption('no_time');
    await two
      .getByRole('button', { name: say('deal.lose') })
      .first()
      .click();
    await two.getByText(say('problem.stale')).waitFor();
    await cardIn(two, 'in_progress', 'Two windows').waitFor();
    const [deal] = await site.db.query<{ kind: string }>(
      "select kind from deals d join requests r on r.id = d.request_id where r.title = 'Two windows'",
    );
    expect(deal?.kind).toBe('in_progress');
  });

  test('a deal is dragged to another stage; dropped on lost, it asks why', async () => {
    await request('Dragged');
    const page = await board();
    await cardIn(page, 'new', 'Dragged').waitFor({ timeout: 15_000 });
    await drag(page, 'Dragged', 'in_progress');
    await cardIn(page, 'in_progress', 'Dragged').waitFor();
    await stands(page, 'Dragged', 'in_progress');

    await drag(page, 'Dragged', 'lost');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await cardIn(page, 'in_progress', 'Dragged').waitFor();
    await stands(page, 'Dragged', 'in_progress');

    await drag(page, 'Dragged', 'lost');
    await dialog.locator('select').selectOption('budget_too_low');
    await dialog.getByRole('button', { name: say('deal.lose') }).click();
    await cardIn(page, 'lost', 'Dragged').waitFor();
    await stands(page, 'Dragged', 'lost');
  });

  test('all of it goes by keyboard, and the focus stays with the deal', async () => {
    await request('By keyboard');
    const page = await board();
    const card = page.locator('.deal-card', { hasText: 'By keyboard' });
    await card.waitFor({ timeout: 15_000 });
    await card.locator('.move-to > summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await cardIn(page, 'in_progress', 'By keyboard').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain('By keyboard');
  });

  test('works without JavaScript', async () => {
    await request('No script');
    await expect
      .poll(
        async () =>
          (
            await site.db.query(
              "select from deals d join requests r on r.id = d.request_id where r.title = 'No script'",
            )
          ).length,
      )
      .toBe(1);
    const page = await board({ javaScript: false });
    await openMenu(page, 'No script');
    await choose(page, 'No script', 'lost');
    // Without a reason it asks again, and nothing has moved.
    await page
      .locator('.deal-card', { hasText: 'No script' })
      .getByRole('button', { name: say('deal.lose') })
      .click();
    expect(await page.locator('main').innerText()).toContain(say('deal.reason-missing'));
    await cardIn(page, 'new', 'No script').waitFor();
    await page.locator('.deal-card', { hasText: 'No script' }).locator('select').selectOption('other');
    await page
      .locator('.deal-card', { hasText: 'No script' })
      .getByRole('button', { name: say('deal.lose') })
      .click();
    await cardIn(page, 'lost', 'No script').waitFor();
  });

  /** The deal is there in truth, and the page has heard of it: only then is the next drag a person's. */
  async function stands(page: Page, title: string, kind: string) {
    const shown = () => page.locator('.deal-card', { hasText: title }).getAttribute('data-version');
    const read = async () => {
      const [deal] = await site.db.query<{ kind: string; version: number }>(
        'select kind, version from deals d join requests r on r.id = d.request_id where r.title = $1',
        [title],
      );
      return deal;
    };
    await expect.poll(async () => (await read())?.kind).toBe(kind);
    await expect.poll(shown).toBe(String((await read())?.version));
  }

  /** Slowly, as a hand does. */
  async function drag(page: Page, title: string, kind: string) {
    const from = await page.locator('.deal-card', { hasText: title }).locator('h3').boundingBox();
    const to = await page.locator(`.column.${kind} .deal-cards`).first().boundingBox();
    if (!from || !to) throw new Error('nothing to drag');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height + 12, { steps: 4 });
    await page.mouse.move(to.x + to.width / 2, to.y + 20, { steps: 12 });
    await page.mouse.up();
  }
});

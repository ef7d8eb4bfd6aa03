import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Locale } from '../../domain/catalog.ts';
import { type Key, translator, type Values } from '../../locales/translator.ts';
import { onBrowser } from '../helpers/browser.ts';
import { signIn } from '../helpers/sign-in.ts';
import { openSite, type Site } from '../helpers/site.ts';

/** A browser window of somebody: with JavaScript news come by themselves, without it one reloads. */
interface Window {
  page: Page;
  say(key: Key, values?: Values): string;
  /** Waits until the page says something. */
  shows(words: string): Promise<void>;
}

const CASES = [
  ['en', true],
  ['en', false],
  ['pt-BR', true],
  ['pt-BR', false],
] as const;

onBrowser('the article, by hand', (browser) => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(browser, 'seeded');
  });
  afterAll(() => site.close());

  const window = async (path: string, locale: Locale, javaScript: boolean): Promise<Window> => {
    const page = await site.open(path, { locale, javaScript });
    return {
      page,
      say: translator(locale),
      shows: (words) =>
        expect
          .poll(
            async () => {
              if (!javaScript) await page.reload();
              return page.locator('main').innerText();
            },
            { timeout: 15_000 },
          )
          .toContain(words),
    };
  };

  describe.each(CASES)('in %s, JavaScript: %s', (locale, javaScript) => {
    const address = `ana-${locale}-${javaScript}@example.com`.toLowerCase();
    const title = locale === 'en' ? 'CRM for our bakery' : 'CRM para a padaria';

    test('a client finds three partners, one answers and wins, and the review moves its rank', async () => {
      const client = await window('/?country=BR', locale, javaScript);
      await client.page.getByRole('link', { name: client.say('catalog.find') }).click();
      await fillIn(client, { title, name: "Zoë O'Neil <b>", email: address });
      await client.page.getByRole('button', { name: client.say('request-form.send'), exact: true }).click();
      await client.page.waitForURL(/\/requests\/[\w-]{36}\/[\w-]{43}/);
      await client.shows(client.say('tracking.title.routed', { live: 3, mode: 'automated' }));
      expect(await client.page.locator('.match h3').allTextContents()).toHaveLength(3);
      await client.shows(client.say('reason.country', { country: locale === 'en' ? 'Brazil' : 'Brasil' }));

      // The partner comes by the link in its mail, signs in, and lands on the deal.
      const asked = await partnersAsked(site, address);
      const [first = { email: '', name: '', dealId: '' }] = asked;
      const lead = await site.mail(first.email, 'lead-new');
      const [link = ''] = lead.text.match(/\/workspace\/deals\/[\w-]{36}/) ?? [];
      expect(link).toContain(first.dealId);
      const partner = await window(link, locale, javaScript);
      expect(partner.page.url()).toContain('/sign-in');
      await signIn(partner.page, first.email);
      expect(new URL(partner.page.url()).pathname).toBe(link);
      await partner.shows("Zoë O'Neil <b>");
      const before = await points(partner);

      await partner.page.goto(`${site.origin}${link}`);
      await move(partner, 'in_progress');
      await client.shows(client.say('tracking.match.answered'));

      const card = client.page.locator('.match', { hasText: first.name });
      await card.locator('summary', { hasText: client.say('tracking.choose') }).click();
      await client.page
        .getByRole('button', { name: client.say('tracking.choose-yes', { partner: first.name }) })
        .click();
      await client.shows(client.say('tracking.title.chosen', { partner: first.name }));
      for (const other of asked.slice(1)) await site.mail(other.email, 'lead-closed');

      await partner.page.reload();
      await partner.shows(partner.say('deal.chosen'));
      await move(partner, 'won');
      await client.shows(client.say('tracking.title.completed'));

      const invitation = await site.mail(address, 'feedback-request');
      const [feedback = ''] = invitation.text.match(/\/feedback\/[\w-]{43}/) ?? [];
      const review = await window(feedback, locale, javaScript);
      await review.page.getByLabel(review.say('feedback.stars', { stars: 5 })).check({ force: true });
      await review.page.getByLabel(review.say('feedback.comment')).fill('Wonderful <i>work</i>.');
      await review.page.getByRole('button', { name: review.say('feedback.send') }).click();
      await review.shows(review.say('feedback.thanks-title'));

      await review.page
        .getByRole('link', { name: review.say('feedback.profile', { partner: first.name }) })
        .click();
      await review.shows('Wonderful <i>work</i>.');
      await review.shows('Zoë O.');
      await expect.poll(() => points(partner), { timeout: 15_000 }).toBeGreaterThan(before);
    });
  });

  async function fillIn({ page, say }: Window, who: { title: string; name: string; email: string }) {
    await page.getByLabel(say('request-form.project-title')).fill(who.title);
    await page.getByLabel(say('request-form.description')).fill('Two pipelines\nand a form.');
    await page.getByLabel(say('service.crm-setup')).check();
    await page.getByLabel(say('request-form.name')).fill(who.name);
    await page.getByRole('textbox', { name: say('field.email') }).fill(who.email);
    await page.locator('input[name=consent]').check();
  }

  /** *Move to…* on the deal page, with whatever the move asks. */
  async function move({ page, say }: Window, kind: 'in_progress' | 'won') {
    await page.locator('summary', { hasText: say('deal.move') }).click();
    const dealId = new URL(page.url()).pathname.split('/').at(-1);
    const [stage] = await site.db.query<{ name: string }>(
      `select s.name from stages s join deals d using (pipeline_id)
       where d.id = $1 and s.kind = $2 order by s.position limit 1`,
      [dealId, kind],
    );
    const target = page.locator('.targets .target', { hasText: stage?.name ?? '' }).first();
    await target.click();
    if (kind === 'won') await page.getByRole('button', { name: say('deal.win') }).click();
    await expect
      .poll(() => page.locator('main').innerText())
      .toContain(say('deal.moved', { stage: stage?.name ?? '' }));
  }

  /** The points of *my rank, explained*. */
  async function points({ page }: Window): Promise<number> {
    await page.goto(`${site.origin}/workspace/rank`);
    const id = await site.db.query<{ rank: number }>(
      'select rank from partners p join sessions s on s.partner_id = p.id order by s.id desc limit 1',
    );
    const shown = (await page.locator('main').innerText()).replaceAll(',', '.');
    const rank = Math.round((id[0]?.rank ?? 0) * 10) / 10;
    expect(shown).toContain(rank.toFixed(1));
    return rank;
  }
});

/** Who was asked for the request of a client, with their deals, in the order of the matches. */
async function partnersAsked(
  site: Site,
  email: string,
): Promise<{ email: string; name: string; dealId: string }[]> {
  return site.db.query(
    `select p.email, p.name, m.id as "dealId" from matches m join partners p on p.id = m.partner_id
     join requests r on r.id = m.request_id where r.client_email = $1 order by m.id`,
    [email],
  );
}

import type { Page } from 'playwright-core';
import type { SeenMail } from './http-requests.ts';
import { until } from './until.ts';

/** Signs a partner or an administrator in, as they do it: asks for a link, opens it from the mail, presses the button. */
export async function signIn(page: Page, email: string): Promise<void> {
  const { origin } = new URL(page.url());
  const before = await links(origin, email);

  await page.goto(`${origin}/sign-in`);
  const form = page.getByRole('main').locator('form');
  await form.locator('input[type=email]').fill(email);
  await form.getByRole('button').click();

  const link = await until(async () => (await links(origin, email)).find((each) => !before.includes(each)), {
    what: `a sign-in mail to ${email}`,
  });
  // The answer to the form may still be on its way, and would break the next navigation off.
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await page.goto(link);
  await page.getByRole('main').getByRole('button').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** The links that lie in the captured sign-in mails to an address. */
async function links(origin: string, email: string): Promise<string[]> {
  const response = await fetch(`${origin}/dev/mail.json?to=${encodeURIComponent(email)}`);
  const { data } = (await response.json()) as { data: SeenMail[] };
  return data
    .filter((mail) => mail.template === 'sign-in')
    .flatMap((mail) => mail.text.match(/https?:\/\/\S+\/sign-in\/[\w-]+/g) ?? []);
}

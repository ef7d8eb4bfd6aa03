import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../helpers/a11y.ts';
import { onBrowser } from '../helpers/browser.ts';
import { expectFits } from '../helpers/layout.ts';
import { takeProblems } from '../helpers/page-problems.ts';
import { servePages } from '../helpers/page-server.ts';
import { testSite } from '../helpers/site.ts';
import { expectTargets } from '../helpers/targets.ts';
import { until } from '../helpers/until.ts';

const html = (body: string, head = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8">
  <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>A page</title>
  <style>button, input, .big { min-height: 44px; min-width: 44px }</style>${head}</head>
  <body><main><h1>A page</h1>${body}</main></body></html>`;

const script = (name: string) => html('', `<script src="/${name}.js" defer></script>`);

const PAGES = {
  '/good': html(`<p>Words, and <a href="/good">a link</a> among them.</p>
    <label>Name <input name="name"></label> <button>Send</button>
    <p class="big"><label class="big" style="display:inline-block"><input type="checkbox" name="agree" style="min-height:0;min-width:0"> I agree</label></p>
    <div style="overflow-x:auto" tabindex="0"><div style="width:3000px">A wide table</div></div>`),
  '/console': script('console'),
  '/console.js': 'console.error("something is odd")',
  '/throws': script('throws'),
  '/throws.js': 'throw new Error("nobody caught me")',
  '/inline': html('<script>document.title = "never"</script>'),
  '/foreign': html('<img src="http://elsewhere.example/pixel.gif" alt="">'),
  '/missing': script('nowhere'),
  '/failing': html('', '<link rel="prefetch" href="/500">'),
  '/unlabelled': html('<input name="name">'),
  '/faint': html('<p style="color:#aaa;background:#fff">Who can read this?</p>'),
  '/wide': html('<div class="banner" style="width:800px">Too wide for a phone</div>'),
  '/long-word': html(`<p class="word">${'long'.repeat(40)}</p>`),
  '/cut-off': html('<div style="overflow:hidden"><div class="lost" style="width:800px">Lost</div></div>'),
  '/tiny': html('<button style="min-height:0;height:20px" class="tiny">Send</button>'),
  '/lone-link': html('<p><a href="/good" class="lone">Back</a></p>'),
  '/bare': '<!doctype html><html lang="en"><title>For desks</title><p>Small print on a phone</p></html>',
};

onBrowser('the harness for pages', (browser) => {
  let server: Awaited<ReturnType<typeof servePages>>;
  beforeAll(async () => {
    server = await servePages(PAGES);
  });
  afterAll(() => server.close());

  const open = (path: string, options = {}) => browser.open(`${server.origin}${path}`, options);

  test.each([true, false])('a good page passes everything, JavaScript: %s', async (javaScript) => {
    const page = await open('/good', { javaScript });
    await expectAccessible(page);
    await expectTargets(page);
    await expectFits(page);
    expect(page.viewportSize()).toEqual({ width: 1280, height: 800 });
    expect(takeProblems(page)).toEqual([]);
  });

  test.each([
    ['/console', /^console: something is odd .*\/console\.js/],
    ['/throws', /^uncaught: .*nobody caught me/],
    ['/inline', /^console: .*inline script.*Content Security Policy/i],
    ['/foreign', /^foreign request: http:\/\/elsewhere\.example\/pixel\.gif/],
    ['/missing', /^console: .*status of 404.*\/nowhere\.js/],
    ['/failing', /^answer: 500 to GET .*\/500/],
    ['/nowhere', /^console: .*status of 404.*\/nowhere/],
  ])('what goes wrong on %s is found', async (path, problem) => {
    const page = await open(path);
    const found: string[] = [];
    await until(() => found.push(...takeProblems(page)) > 0 && found.some((each) => problem.test(each)), {
      within: 5_000,
      what: `finding ${problem}`,
    });
    // The rest of the same problem may be on its way: a foreign request also fails.
    await page.context().close();
    takeProblems(page);
  });

  test.fails('what goes wrong on a page fails its test, even when nobody asks', async () => {
    await open('/nowhere');
  });

  test('an expected 404 is no problem', async () => {
    await open('/nowhere', { allowedStatuses: [404] });
  });

  test('without JavaScript nothing runs, and faint text is found all the same', async () => {
    await open('/console', { javaScript: false });
    const page = await open('/faint', { javaScript: false });
    await expect(expectAccessible(page)).rejects.toThrow(/color-contrast: [\s\S]*Who can read this/);
  });

  test.each<[string, string, (page: Page) => Promise<void>, RegExp]>([
    ['a field without a label', '/unlabelled', expectAccessible, /label: .*[\s\S]*<input name="name">/],
    ['faint text', '/faint', expectAccessible, /color-contrast: [\s\S]*Who can read this/],
    ['what is too wide', '/wide', expectFits, /at 360 px: reaches to 8\d\d px: <div class="banner"/],
    ['a long word', '/long-word', expectFits, /at 360 px: reaches to \d+ px: <p class="word"/],
    ['what is cut off', '/cut-off', expectFits, /at 360 px: reaches to 8\d\d px: <div class="lost"/],
    ['a page for desks only', '/bare', expectFits, /there is no <meta name="viewport">/],
    ['a button of 20 px', '/tiny', expectTargets, /[\d.]+ x 20\.0: <button.*class="tiny"/],
    ['a small link alone', '/lone-link', expectTargets, /x 1\d\.\d: <a .*class="lone".* Back/],
  ])('%s is found', async (_what, path, check, message) => {
    await expect(check(await open(path))).rejects.toThrow(message);
  });

  test('a site is the whole of Terna, with links that lead to it', async () => {
    const site = await testSite(browser, 'seeded');
    const [partner] = await site.db.query<{ email: string }>('select email from partners limit 1');
    const email = partner?.email ?? '';
    expect((await site.call('/api/v1/sign-in', { json: { email } })).status).toBe(202);
    expect((await site.mail(email, 'sign-in')).text).toContain(`${site.origin}/sign-in/`);

    const page = await site.open('/dev/mail', { locale: 'pt-BR' });
    expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
    expect(await page.locator('details').count()).toBe(1);
    await expectAccessible(page);
  });
});

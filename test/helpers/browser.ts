import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { takeProblems, watchForProblems } from './page-problems.ts';

/** Whether this machine has a Chromium; without one the tests in a browser are skipped. */
export const hasBrowser = chromiumPath !== undefined;

export interface PageOptions {
  /** Default true. */
  javaScript?: boolean;
  /** What the browser asks for in Accept-Language; default en. */
  locale?: 'en' | 'pt-BR';
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
  /** Answers of 400 and above that the test expects. Any other one fails it. */
  allowedStatuses?: number[];
}

export interface TestBrowser {
  /**
   * Opens an address in a fresh context: no cookies, nothing cached. When the test is over the context is
   * closed, and the test fails if anything in it went wrong (see page-problems.ts).
   */
  open(url: string, options?: PageOptions): Promise<Page>;
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing leaves the machine, whatever a page asks for.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Tests in a real Chromium of their own; skipped where none is installed. One call per file: a browser takes a second to start. */
export function onBrowser(name: string, tests: (browser: TestBrowser) => void): void {
  describe.skipIf(!hasBrowser)(`${name} (Chromium${hasBrowser ? '' : ' is not installed'})`, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      if (chromiumPath) browser = await chromium.launch({ executablePath: chromiumPath, args: FLAGS });
    });
    afterAll(() => browser?.close());
    tests({
      async open(url, options = {}) {
        if (!browser) throw new Error('Chromium is not started yet: open pages in tests');
        return openPage(browser, url, options);
      },
    });
  });
}

async function openPage(browser: Browser, url: string, options: PageOptions): Promise<Page> {
  const settings: BrowserContextOptions = {
    javaScriptEnabled: options.javaScript ?? true,
    locale: options.locale ?? 'en',
    colorScheme: options.colorScheme ?? 'light',
    viewport: options.viewport ?? { width: 1280, height: 800 },
    // A colour in the middle of a transition has a contrast that nobody designed.
    reducedMotion: 'reduce',
  };
  const context = await browser.newContext(settings);
  watchForProblems(context, new URL(url).host, options.allowedStatuses ?? []);
  const page = await context.newPage();
  onTestFinished(async () => {
    await context.close();
    expect(takeProblems(page), 'problems that the page must not have').toEqual([]);
  });
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  return page;
}

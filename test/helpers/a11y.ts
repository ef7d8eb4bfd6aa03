import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** WCAG 2.2 at level AA with all that it contains; axe's own best practices are not asked. */
const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
  iframes: false,
  // Would load style sheets once more, by requests that are the page's.
  preload: false,
};

// Playwright's evaluation does not pass the page's CSP, so the page keeps it; the small edition is sent faster.
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails with each rule of WCAG 2.2 AA that the page breaks, and where. Frames in it are not looked into. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE);
  await page.evaluate(replaceTimers);
  const { violations } = await page.evaluate(async (options): Promise<AxeResults> => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run(options);
  }, OPTIONS);
  const broken = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, target, failureSummary = '' }) =>
      [`${id}: ${help}`, target.join(' '), html, failureSummary].join('\n').replaceAll('\n', '\n  '),
    ),
  );
  expect(broken.length, `${page.url()} is not accessible:\n${broken.join('\n')}`).toBe(0);
}

/** Runs in the page. Where JavaScript is off timers stand still, and axe gives way to others by them; promises go on. */
function replaceTimers(): void {
  if (!matchMedia('(scripting: none)').matches) return;
  const soon = (work: () => void, delay = 0) => {
    // The longer ones are axe's time limits.
    if (delay <= 10) Promise.resolve().then(work);
    return 0;
  };
  Object.assign(window, { setTimeout: soon });
}

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A small phone, a tablet, a laptop. */
const WIDTHS = [360, 768, 1280];

/** Fails if at one of these widths the page must be scrolled sideways, or something in it is cut off at the right. */
export async function expectFits(page: Page, widths: number[] = WIDTHS): Promise<void> {
  const before = page.viewportSize();
  const wrong: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    wrong.push(...(await page.evaluate(beyondTheEdge)).map((line) => `  at ${width} px: ${line}`));
  }
  if (before) await page.setViewportSize(before);
  expect(wrong.length, `${page.url()} does not fit:\n${wrong.join('\n')}`).toBe(0);
}

/** Runs in the page, so it can use nothing from outside itself. */
function beyondTheEdge(): string[] {
  const { clientWidth: edge, scrollWidth } = document.documentElement;
  const lines: string[] = [];
  // A phone lays a page without this out on 980 px; Chromium on a desk does not.
  const viewport = document.querySelector<HTMLMetaElement>('meta[name=viewport]');
  if (!viewport?.content.includes('width=device-width')) lines.push('there is no <meta name="viewport">');
  if (scrollWidth > edge) lines.push(`the page is ${scrollWidth} px wide`);

  // What scrolls by itself may be wider than it shows; what is one pixel wide is for screen readers.
  const isSheltered = (element: Element): boolean => {
    const parent = element.parentElement;
    if (!parent || parent === document.body) return false;
    const { overflowX } = getComputedStyle(parent);
    if (overflowX === 'auto' || overflowX === 'scroll') return true;
    if (overflowX !== 'visible' && parent.clientWidth <= 1) return true;
    return isSheltered(parent);
  };

  const reachOf = (element: Element) => {
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1) return 0;
    const spills =
      getComputedStyle(element).overflowX === 'visible' &&
      !element.matches('input, select, textarea, img, svg, video, canvas, iframe');
    return scrollX + (spills ? Math.max(right, left + element.scrollWidth) : right);
  };

  const beyond = [...document.body.querySelectorAll('*')].filter(
    (element) =>
      !element.parentElement?.closest('svg') &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      // Half a pixel is rounding.
      reachOf(element) > edge + 0.5 &&
      !isSheltered(element),
  );
  // Whatever holds a too wide element is too wide itself.
  const causes = beyond.filter((each) => !beyond.some((other) => other !== each && each.contains(other)));
  for (const element of causes) {
    const words = (element.textContent ?? '').trim().slice(0, 40);
    const tag = (element.cloneNode(false) as Element).outerHTML.slice(0, 160);
    lines.push(`reaches to ${Math.round(reachOf(element))} px: ${tag} ${words}`);
  }
  return lines;
}

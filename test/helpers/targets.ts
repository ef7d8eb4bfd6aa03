import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What a finger hits: 44 CSS pixels, as WCAG 2.5.5 has it. */
const LEAST = 44;

/** Fails with each visible button, field and link that is lower or narrower than 44 px; links within a sentence may be. */
export async function expectTargets(page: Page): Promise<void> {
  const small = await page.evaluate(tooSmall, LEAST);
  expect(small.length, `${page.url()} has targets below ${LEAST} px:\n${small.join('\n')}`).toBe(0);
}

/** Runs in the page, so it can use nothing from outside itself. */
function tooSmall(least: number): string[] {
  const targets = document.querySelectorAll<HTMLElement>(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, ' +
      '[role=button], [role=link], [role=tab], [role=menuitem], [role=switch]',
  );

  // A skip link waits outside the page, a hidden checkbox in one pixel; what takes Enter in a form may be hidden.
  const isSeen = (element: Element) => {
    if (element.closest('[aria-hidden=true]')) return false;
    const { width, height, right, bottom } = element.getBoundingClientRect();
    const isInside = right + scrollX > 0 && bottom + scrollY > 0;
    const isShown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return isShown && isInside && width > 1 && height > 1;
  };

  // A label is part of what it ticks or opens.
  const partsOf = (element: HTMLElement): Element[] =>
    element.matches('[type=checkbox], [type=radio], [type=file]')
      ? [element, ...((element as HTMLInputElement).labels ?? [])]
      : [element];

  const isInSentence = (element: HTMLElement) => {
    if (!element.matches('a') || getComputedStyle(element).display !== 'inline') return false;
    const block = element.closest('p, li, td, th, dd, dt, figcaption, blockquote, label, legend, small');
    if (!block || block.matches('td, th')) return block !== null;
    const around = block.cloneNode(true) as Element;
    for (const other of around.querySelectorAll('a, button, select, ul, ol')) other.remove();
    return /[\p{L}\p{N}]/u.test(around.textContent ?? '');
  };

  return [...targets].flatMap((element) => {
    const boxes = partsOf(element)
      .filter(isSeen)
      .map((part) => part.getBoundingClientRect());
    if (boxes.length === 0 || isInSentence(element)) return [];
    const width = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
    const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
    // Half a pixel is rounding.
    if (Math.min(width, height) >= least - 0.5) return [];
    const words = (element.textContent ?? '').trim().slice(0, 40);
    const tag = (element.cloneNode(false) as Element).outerHTML.slice(0, 160);
    return [`  ${width.toFixed(1)} x ${height.toFixed(1)}: ${tag} ${words}`];
  });
}

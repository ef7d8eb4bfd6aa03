import type { BrowserContext, Page } from 'playwright-core';

const problems = new WeakMap<BrowserContext, string[]>();

/**
 * Writes down what no page of ours may do, in all tabs of a context: errors on the console (breaches of the
 * CSP are among them), uncaught errors, requests to another host, answers of 500 and above.
 * @param host the only host, with port, that may be asked
 * @param allowedStatuses answers that the test expects; Chromium writes each of 400 and above on the console
 */
export function watchForProblems(context: BrowserContext, host: string, allowedStatuses: number[]): void {
  const found: string[] = [];
  problems.set(context, found);
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'assert') return;
    const { url } = message.location();
    const status = /^Failed to load resource: .* status of (\d{3})/.exec(message.text())?.[1];
    if (status && allowedStatuses.includes(Number(status))) return;
    // Chromium asks for it on its own, now and then, where a page (or a JSON answer) names no icon.
    if (status === '404' && url.endsWith('/favicon.ico')) return;
    found.push(`console: ${message.text()} (${url})`);
  });
  context.on('weberror', (thrown) => {
    const error = thrown.error();
    found.push(`uncaught: ${error.stack ?? error.message} (${thrown.page()?.url() ?? 'a worker'})`);
  });
  const askedFor = (address: string) => {
    const { protocol, host: asked } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol) && asked !== host) found.push(`foreign request: ${address}`);
  };
  context.on('request', (request) => askedFor(request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => askedFor(socket.url())));
  context.on('response', (response) => {
    const status = response.status();
    if (status < 500 || allowedStatuses.includes(status)) return;
    found.push(`answer: ${status} to ${response.request().method()} ${response.url()}`);
  });
}

/** What was found in a page's context since it was opened or last asked, and forgets it: a test that expects a problem asks. */
export function takeProblems(page: Page): string[] {
  return problems.get(page.context())?.splice(0) ?? [];
}

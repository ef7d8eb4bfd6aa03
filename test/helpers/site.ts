import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { ListenError } from '../../api/start.ts';
import type { Template as MailTemplate } from '../../db/emails.ts';
import { startWorkers } from '../../workers/start.ts';
import type { PageOptions, TestBrowser } from './browser.ts';
import type { Template } from './database.ts';
import { silentLog } from './deps.ts';
import { openApi, type TestApi } from './http-api.ts';
import { mailsTo, type SeenMail } from './http-requests.ts';
import { freePort } from './redis.ts';
import { until } from './until.ts';

/** The whole of Terna in this process, as people see it: its pages, its JSON API, its captured mail. */
export interface Site extends Omit<TestApi, 'deliver'> {
  /** Opens a path in a fresh browser context, as somebody who has never been here. */
  open(path: string, options?: PageOptions): Promise<Page>;
  /** Captured mails, newest first. */
  mails(to: string): Promise<SeenMail[]>;
  /** The newest mail of a template, once it is there. */
  mail(to: string, template: MailTemplate): Promise<SeenMail>;
}

/** Starts API and workers on a database of their own, with links that lead to them. Whoever opens it closes it. */
export async function openSite(
  browser: TestBrowser,
  template: Template,
  env: NodeJS.ProcessEnv = {},
): Promise<Site> {
  const api = await onFreePort(template, env);
  const workers = startWorkers(api.config, api.url, silentLog);
  const mails = (to: string) => mailsTo(api, to);
  const { deliver: _, ...rest } = api;
  return {
    ...rest,
    open: (path, options) => browser.open(`${api.origin}${path}`, options),
    mails,
    mail: (to, wanted) =>
      until(async () => (await mails(to)).find((mail) => mail.template === wanted), {
        what: `a mail ${wanted} to ${to}`,
      }),
    async close() {
      await workers.stop();
      await api.close();
    },
  };
}

/** A site for the test that runs. */
export async function testSite(
  browser: TestBrowser,
  template: Template,
  env: NodeJS.ProcessEnv = {},
): Promise<Site> {
  const site = await openSite(browser, template, env);
  onTestFinished(() => site.close());
  return site;
}

/** PUBLIC_URL is read before anything listens, so the port is chosen first; somebody may take it in between. */
async function onFreePort(template: Template, env: NodeJS.ProcessEnv, attempts = 3): Promise<TestApi> {
  const port = await freePort();
  const own = { PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, SWEEP_INTERVAL: 'PT0.5S' };
  try {
    return await openApi(template, { env: { ...own, ...env } });
  } catch (error) {
    if (!(error instanceof ListenError) || attempts === 1) throw error;
    return onFreePort(template, env, attempts - 1);
  }
}

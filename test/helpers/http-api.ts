import { onTestFinished } from 'vitest';
import { startApi } from '../../api/start.ts';
import { type Config, readConfig } from '../../config.ts';
import { connect, type Database } from '../../db/connect.ts';
import type { Log } from '../../log.ts';
import { HANDLERS } from '../../workers/handlers.ts';
import { freshDatabase, type Template } from './database.ts';
import { silentLog, workerDeps } from './deps.ts';
import { deliverAllDue } from './outbox.ts';

export const PUBLIC_URL = 'https://terna.example';

/** An answer of the API; `body` is the parsed JSON, or undefined where the answer is none. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

/** The app on a port and a database of its own, as a client and a test see them. */
export interface TestApi {
  port: number;
  origin: string;
  url: string;
  db: Database;
  config: Config;
  /** Calls a path; an object as `json` is sent as a JSON body by POST. */
  call<Body = Problem>(path: string, init?: Call): Promise<Answer<Body>>;
  /** Does all jobs that are due, as the workers would. */
  deliver(): Promise<void>;
  close(): Promise<void>;
}

export type Call = RequestInit & { json?: unknown; token?: string };

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { pointer: string; code: string; detail: string }[];
}

export interface Options {
  env?: NodeJS.ProcessEnv;
  log?: Log;
}

export async function openApi(
  template: Template,
  { env = {}, log = silentLog }: Options = {},
): Promise<TestApi> {
  const { url, drop } = await freshDatabase(template);
  const config = readConfig({ PORT: '0', PUBLIC_URL, DATABASE_POOL: '5', RATE_LIMITS: 'off', ...env });
  const api = await startApi(config, url, log);
  const db = connect(url, 3);
  const origin = `http://127.0.0.1:${api.port}`;
  return {
    port: api.port,
    origin,
    url,
    db,
    config,
    call: (path, init) => call(`${origin}${path}`, init),
    deliver: () => deliverAllDue(workerDeps(db, { settings: config }), HANDLERS),
    async close() {
      await api.stop();
      await db.close();
      await drop();
    },
  };
}

/** An app for the test that runs. */
export async function testApi(template: Template, options: Options = {}): Promise<TestApi> {
  const api = await openApi(template, options);
  onTestFinished(() => api.close());
  return api;
}

async function call<Body>(url: string, { json, token, headers, ...init }: Call = {}): Promise<Answer<Body>> {
  const sent = new Headers(headers);
  if (token !== undefined) sent.set('authorization', `Bearer ${token}`);
  if (json !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
  const body = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) };
  const response = await fetch(url, { ...body, ...init, headers: sent });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson && text !== '' ? JSON.parse(text) : undefined) as Body,
  };
}

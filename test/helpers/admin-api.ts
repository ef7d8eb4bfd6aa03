import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../api/app.ts';
import { readConfig } from '../../config.ts';
import { createApiKey } from '../../db/api-keys.ts';
import { connect, type Database } from '../../db/connect.ts';
import { openQueues, type Queues } from '../../jobs/queues.ts';
import { freshDatabase, type Template } from './database.ts';
import { silentLog } from './deps.ts';
import type { Answer, Problem } from './http-api.ts';

/** The app with reviews and the administrators' side, its database and queues, and an administrator's key. */
export interface AdminApi {
  db: Database;
  url: string;
  queues: Queues;
  adminKey: string;
  /** Calls `/api/v1...`; with `json` by POST unless said otherwise. */
  call<Body = Problem>(path: string, init?: Call): Promise<Answer<Body>>;
  /** Calls `/api/v1/admin...` as the administrator. */
  admin<Body = Problem>(path: string, init?: Call): Promise<Answer<Body>>;
  close(): Promise<void>;
}

export type Call = { method?: string; json?: unknown; token?: string };

export async function openAdminApi(template: Template, redisUrl?: string): Promise<AdminApi> {
  const { url, drop } = await freshDatabase(template);
  const db = connect(url, 5);
  const queues = openQueues({ databaseUrl: url, redisUrl }, silentLog);
  const deps = { db, queues, log: silentLog, config: readConfig({ PORT: '0', RATE_LIMITS: 'off' }) };
  const server = createServer(createApp(deps));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  const adminKey = await createApiKey(db, { role: 'admin' });
  return {
    db,
    url,
    queues,
    adminKey,
    call: (path, init) => call(`${origin}${path}`, init),
    admin: (path, init) => call(`${origin}/admin${path}`, { token: adminKey, ...init }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await queues.close();
      await db.close();
      await drop();
    },
  };
}

async function call<Body>(url: string, { method, json, token }: Call = {}): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method: method ?? (json === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const body = (isJson && text !== '' ? JSON.parse(text) : undefined) as Body;
  return { status: response.status, headers: response.headers, text, body };
}

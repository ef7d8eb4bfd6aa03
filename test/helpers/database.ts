import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { connect, type Database } from '../../db/connect.ts';

export type Template = 'empty' | 'seeded';

/** The same server, another database. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** A copy of a database on the same server: some 60 ms. */
export async function createFrom(serverUrl: string, template: string, name: string): Promise<void> {
  await asAdmin(serverUrl, `create database ${name} template ${template}`);
}

/** A database of one's own, dropped by `drop`, whoever is still connected. */
export async function freshDatabase(template: Template): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await createFrom(server, `template_${template}`, name);
  return {
    url: urlOf(server, name),
    drop: () => asAdmin(server, `drop database if exists ${name} with (force)`),
  };
}

/** A fresh database for the test that runs, with a pool on it; both go when the test is over. */
export async function testDatabase(template: Template): Promise<{ url: string; db: Database }> {
  const { url, drop } = await freshDatabase(template);
  const db = connect(url);
  onTestFinished(async () => {
    await db.close();
    await drop();
  });
  return { url, db };
}

async function asAdmin(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(serverUrl, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

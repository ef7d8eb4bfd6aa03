import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect } from '../../db/connect.ts';
import { startEmbeddedPostgres } from '../../db/embedded/start.ts';
import { migrate } from '../../db/migrate.ts';
import { seedIfEmpty } from '../../db/seed/first-start.ts';
import { migrateQueues } from '../../jobs/postgres-backend.ts';
import { createFrom, urlOf } from './database.ts';
import { keepLogsIn } from './kept-logs.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server that all tests share, as its superuser. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole run, with two databases to copy: an empty one and a seeded one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'terna-tests-'));
  // Root's server runs as another user, who must be able to enter.
  await chmod(dataDir, 0o755);
  const logs = await mkdtemp(join(tmpdir(), 'terna-logs-'));
  keepLogsIn(logs);
  const postgres = await startEmbeddedPostgres({ dataDir });
  project.provide('postgresUrl', postgres.url);

  await createFrom(postgres.url, 'template1', 'template_empty');
  const empty = urlOf(postgres.url, 'template_empty');
  await migrate(empty);
  await migrateQueues(empty);
  await createFrom(postgres.url, 'template_empty', 'template_seeded');
  const db = connect(urlOf(postgres.url, 'template_seeded'), 1);
  await seedIfEmpty(db);
  await db.close();

  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
    await rm(logs, { recursive: true, force: true });
  };
}

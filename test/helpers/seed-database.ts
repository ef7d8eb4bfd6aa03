import pg from 'pg';
import { seed } from '../../db/seed/seed.ts';
import { freshDatabase } from './database.ts';

export interface SeedDatabase {
  client: pg.Client;
  /** Rows of a query, as text, number or null. */
  rows<T extends pg.QueryResultRow>(sql: string): Promise<T[]>;
  drop(): Promise<void>;
}

/** An empty database of one's own for tests that seed it themselves. */
export async function seedDatabase(): Promise<SeedDatabase> {
  const { url, drop } = await freshDatabase('empty');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    client,
    rows: async <T extends pg.QueryResultRow>(sql: string) => (await client.query<T>(sql)).rows,
    async drop() {
      await client.end();
      await drop();
    },
  };
}

/** Seeds in one transaction, as the first start does. */
export async function seedInto({ client }: SeedDatabase, options: Parameters<typeof seed>[1]) {
  await client.query('begin');
  const counts = await seed(client, options);
  await client.query('commit');
  return counts;
}

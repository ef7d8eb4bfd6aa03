import { Redis } from 'ioredis';
import type { Database } from '../../db/connect.ts';

/** All that the queues' back end holds, as text: another one whenever anything in it has changed. */
export async function queuePicture(db: Database, redisUrl: string | undefined): Promise<string> {
  return redisUrl === undefined ? ofPostgres(db) : ofRedis(redisUrl);
}

async function ofPostgres(db: Database): Promise<string> {
  const tables = await db.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'bullmq' order by 1",
  );
  const rows = await Promise.all(
    tables.map(({ name }) => db.query(`select t::text as row from ${name} t order by 1`)),
  );
  return JSON.stringify(rows);
}

async function ofRedis(url: string): Promise<string> {
  const redis = new Redis(url);
  try {
    const keys = (await redis.keys('*')).sort();
    const values = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
    return JSON.stringify(keys.map((key, index) => [key, values[index]?.toString('base64')]));
  } finally {
    redis.disconnect();
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Sql } from '../../db/connect.ts';

/** One line of a dump: where it is from, and all that stands there, in lower case. */
export interface DumpedLine {
  from: string;
  text: string;
}

/** Every row of every table of every schema but Postgres's own; bytes as text, too. */
export async function dumpPostgres(sql: Sql): Promise<DumpedLine[]> {
  const columns = await sql.query<{ table: string; bytes: string[] }>(
    `select format('%I.%I', t.table_schema, t.table_name) as table,
       array(select format('%I', c.column_name) from information_schema.columns c
         where c.table_schema = t.table_schema and c.table_name = t.table_name and c.data_type = 'bytea') as bytes
     from information_schema.tables t
     where t.table_type = 'BASE TABLE' and t.table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const lines: DumpedLine[] = [];
  for (const { table, bytes } of columns) {
    const parts = ['t::text', ...bytes.map((column) => `encode(t.${column}, 'escape')`)];
    const rows = await sql.query<{ text: string }>(
      `select lower(concat_ws(' ', ${parts.join(', ')})) as text from ${table} t`,
    );
    lines.push(...rows.map(({ text }) => ({ from: table, text })));
  }
  return lines;
}

/** Every key of a Redis with what it holds, and the file that it saves, byte by byte. */
export async function dumpRedis(url: string): Promise<DumpedLine[]> {
  const redis = new Redis(url);
  try {
    const lines: DumpedLine[] = [];
    for await (const keys of redis.scanStream({ count: 500 })) {
      for (const key of keys as string[]) {
        const value = JSON.stringify(await contentsOf(redis, key));
        lines.push({ from: `redis ${key}`, text: `${key} ${value}`.toLowerCase() });
      }
    }
    return [...lines, { from: 'dump.rdb', text: await savedBytes(redis) }];
  } finally {
    redis.disconnect();
  }
}

async function contentsOf(redis: Redis, key: string): Promise<unknown> {
  const read: Record<string, () => Promise<unknown>> = {
    string: () => redis.get(key),
    hash: () => redis.hgetall(key),
    list: () => redis.lrange(key, 0, -1),
    set: () => redis.smembers(key),
    zset: () => redis.zrangebyscore(key, '-inf', '+inf'),
    stream: () => redis.xrange(key, '-', '+'),
    none: async () => null,
  };
  const type = await redis.type(key);
  const reader = read[type];
  if (!reader) throw new Error(`a key of type ${type} cannot be read`);
  return reader();
}

async function savedBytes(redis: Redis): Promise<string> {
  // Packed, a text would not be found.
  await redis.config('SET', 'rdbcompression', 'no');
  await redis.save();
  const [, folder = ''] = (await redis.config('GET', 'dir')) as string[];
  return (await readFile(join(folder, 'dump.rdb'))).toString('utf8').toLowerCase();
}

/** Where any of these texts stands in a dump; case does not count. */
export function foundIn(dump: DumpedLine[], texts: string[]): string[] {
  return dump.flatMap(({ from, text }) =>
    texts.filter((each) => text.includes(each.toLowerCase())).map((each) => `${from}: ${each}`),
  );
}

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testDatabase } from '../helpers/database.ts';

const PAGE = readFileSync(new URL('../../docs/personal-data.md', import.meta.url), 'utf8');

/** Columns in which something personal could stand: whatever holds text, or bytes that a text was made into. */
const COLUMNS = `select table_name || '.' || column_name as name from information_schema.columns
  where table_schema = 'public' and udt_name !~ '^_?(uuid|int[248]|float8|numeric|bool|date|timestamptz)$'
  order by 1`;

/** The columns that the page names: whole ones, or those of a table in the line's first cell. */
function named(): string[] {
  return PAGE.split('\n').flatMap((line) => {
    const [, first = '', second = ''] = line.split('|');
    const quoted = (text: string) => [...text.matchAll(/`(\w+(?:\.\w+)?)`/g)].map(([, name = '']) => name);
    const [table = '', ...others] = quoted(first);
    if (table.includes('.')) return [table, ...others];
    return /^ `\w+` $/.test(first) ? quoted(second).map((column) => `${table}.${column}`) : [];
  });
}

test('docs/personal-data.md says of every column of text whose it is, or that it is nobody’s', async () => {
  const { db } = await testDatabase('empty');
  const columns = (await db.query<{ name: string }>(COLUMNS)).map(({ name }) => name);
  expect(columns.length).toBeGreaterThan(60);
  const said = named();
  expect(said.toSorted()).toEqual([...new Set(said)].sort());
  expect(columns.filter((name) => !said.includes(name))).toEqual([]);
  const all = await db.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
  );
  expect(said.filter((name) => !all.some((column) => column.name === name))).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CALLS, COMMITS } from '../../db/points.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Every source file of the program, but for migrations and the embedded server, which commit nothing of Terna's. */
const SOURCES = ['api', 'bin', 'db', 'jobs', 'life', 'workers'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/^(migrations|embedded)\//.test(file))
    .map((file) => ({ path: `${folder}/${file}`, text: readFileSync(join(ROOT, folder, file), 'utf8') })),
);

const WRITES = /\b(insert into|update \w+( \w+)? set|delete from|truncate)\b/i;

/** Functions that get an `Sql`, and what stands in them. */
const functions = SOURCES.flatMap(({ text }) =>
  text
    .split(/^(?:export )?(?:async )?function (?=\w)/m)
    .slice(1)
    .map((rest) => ({ name: /^\w+/.exec(rest)?.[0] ?? '', head: rest.slice(0, 300), body: rest })),
).filter(({ head }) => /\b(sql|tx|db): (Sql|Tx)\b/.test(head));

/** Functions that write, by themselves or through others. */
function writers(): Set<string> {
  const found = new Set(functions.filter(({ body }) => WRITES.test(body)).map(({ name }) => name));
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { name, body } of functions)
      if ([...found].some((writer) => new RegExp(`\\b${writer}\\((sql|tx|db)\\b`).test(body)))
        found.add(name);
  }
  return found;
}

describe('points where a process may die', () => {
  test('every function that writes is called in a transaction, or with the name of its commit', () => {
    const all = writers();
    expect(all.size).toBeGreaterThan(30);
    const bare = SOURCES.flatMap(({ path, text }) =>
      [...text.matchAll(/\b(\w+)\(\s*((?:\w+\.)*db)\s*[,)]/g)]
        .filter(([, name = '']) => all.has(name))
        // A function that hands on the `Sql` that it was given is its caller's to name.
        .filter(
          ({ index }) =>
            !/\bdb: Sql\b/.test(
              text
                .slice(0, index)
                .split(/^(?=(?:export )?(?:async )?function )/m)
                .at(-1) ?? '',
            ),
        )
        .map(([call]) => `${path}: ${call}`),
    );
    expect(bare).toEqual([]);
  });

  test('no statement that writes is given to the pool itself', () => {
    const written = SOURCES.flatMap(({ path, text }) =>
      [...text.matchAll(/\bdb\.query(?:<[^>]*>)?\(\s*([`'"])([\s\S]*?)\1/g)]
        .filter(([, , statement = '']) => WRITES.test(statement))
        .map(([, , statement = '']) => `${path}: ${statement.slice(0, 80)}`),
    );
    expect(written).toEqual([]);
  });

  test('every name is used', () => {
    const texts = SOURCES.filter(({ path }) => path !== 'db/points.ts').map(({ text }) => text);
    const unused = [...COMMITS, ...CALLS].filter((name) => !texts.some((text) => text.includes(`'${name}'`)));
    expect(unused).toEqual([]);
  });
});

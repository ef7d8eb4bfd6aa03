import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Who may import whom: a folder sees those to its left, and the words. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  locales: ['domain'],
  db: ['domain'],
  jobs: ['domain', 'db', 'locales'],
  life: ['domain', 'db', 'jobs'],
  api: ['domain', 'db', 'jobs', 'life', 'locales'],
  workers: ['domain', 'db', 'jobs', 'life', 'locales'],
  bin: ['domain', 'db', 'jobs', 'life', 'locales', 'api', 'workers'],
};

/** Who may use a library that one part of the house owns. */
const OWNED: Record<string, RegExp> = {
  express: /^api\//,
  knex: /^db\//,
  pg: /^db\//,
  nodemailer: /^workers\/mail\//,
  ioredis: /^jobs\//,
  bullmq: /^(jobs\/|workers\/runtime\.ts|api\/ops\/)/,
  vitest: /^never/,
};

/** Modules of the root: settings are read by entries, their types and the log by everybody. */
const ROOT_MODULES = ['config.ts', 'log.ts'];

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file));
}

const imports: Import[] = Object.keys(MAY_IMPORT)
  .flatMap(sources)
  .flatMap((file) =>
    [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(
        /^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gms,
      ),
    ].map(([, type, target = '']) => ({ file, target, typeOnly: type !== undefined })),
  );

test('the reader of imports sees them', () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(imports).toContainEqual({
    file: 'workers/transactional.ts',
    target: '../jobs/contract.ts',
    typeOnly: true,
  });
});

test('folders import only what is to their left', () => {
  const wrong = imports.filter(({ file, target }) => {
    if (!target.startsWith('.')) return false;
    const path = relative(ROOT, resolve(ROOT, dirname(file), target));
    const [from = '', to = ''] = [file.split('/')[0], path.split('/')[0]];
    return from !== to && !ROOT_MODULES.includes(path) && !MAY_IMPORT[from]?.includes(to);
  });
  expect(wrong).toEqual([]);
});

test('a library is used only by the part of the house that owns it', () => {
  const wrong = imports.filter(({ file, target, typeOnly }) => {
    const owner = OWNED[target.split('/')[0] ?? ''];
    return owner && !owner.test(file) && !(typeOnly && target === 'pg');
  });
  expect(wrong).toEqual([]);
});

test('settings are read from the environment only by entries', () => {
  const readers = imports
    .filter(({ target, typeOnly }) => target.endsWith('config.ts') && !typeOnly)
    .map(({ file }) => file);
  expect([...new Set(readers)].filter((file) => !file.startsWith('bin/'))).toEqual([]);
  const users = Object.keys(MAY_IMPORT)
    .flatMap(sources)
    .filter((file) => /process\.env\b/.test(readFileSync(join(ROOT, file), 'utf8')));
  // The embedded server must see nothing of the user's PG* variables; that is where they are stripped.
  expect(users.sort()).toEqual(['bin/process.ts', 'db/embedded/command.ts']);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';

const ROOT = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const exists = (file: string) => existsSync(join(ROOT, file));
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);

interface Manifest {
  license?: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

const manifest: Manifest = JSON.parse(read('package.json'));
const { dependencies, devDependencies, optionalDependencies } = manifest;
const direct = { ...dependencies, ...devDependencies, ...optionalDependencies };

describe('.env.example', () => {
  // A variable is a line `#NAME=value` right below a comment of one line.
  const lines = read('.env.example').split('\n');
  const variables = lines.flatMap((line, index) => {
    const [, name = '', value = ''] = /^#([A-Z_]+)=(.*)$/.exec(line) ?? [];
    const unquoted = value.replace(/^"(.*)"$/, '$1');
    return name ? [{ name, value: unquoted, comment: lines.slice(index - 2, index) }] : [];
  });
  const declared = /z\.object\(\{([\s\S]*?)\n\}\)/.exec(read('config.ts'))?.[1] ?? '';

  test('names every variable that config.ts reads, in its order, and no other', () => {
    const names = variables.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(15);
    expect(names).toEqual(matches(declared, /^ {2}([A-Z_]+):/gm));
  });

  test('sets nothing', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  test.each(variables)('$name has one line of comment, and a value that is accepted', (variable) => {
    const { name, value, comment } = variable;
    expect(comment[0]).toBe('');
    expect(comment[1]).toMatch(/^# .*(\b[Dd]efault \S|Not set by default)/);
    const config = readConfig({ [name]: value });
    if (!comment[1]?.includes('Not set by default')) expect(config).toEqual(readConfig({}));
  });
});

describe('what starts Terna', () => {
  const compose = read('docker-compose.yml');
  const dockerfile = read('Dockerfile');
  /** The sources of the built entry points that a text starts: `"node", "dist/bin/api.js"` is bin/api.ts. */
  const entries = (text: string) =>
    matches(text, /\["node", "dist\/([\w/-]+)\.js"/g).map((name) => `${name}.ts`);

  test('Procfile: three processes, each a script of package.json', () => {
    const lines = read('Procfile').trim().split('\n');
    expect(lines.map((line) => line.split(':')[0])).toEqual(['api', 'worker', 'release']);
    const scripts = lines.map((line) => /^\w+: npm run (\S+)$/.exec(line)?.[1] ?? line);
    expect(scripts.filter((script) => !manifest.scripts[script])).toEqual([]);
  });

  test('scripts name files that exist', () => {
    const files = matches(Object.values(manifest.scripts).join('\n'), /(\S+\.(?:ts|mjs|js|json))\b/g);
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter((file) => !exists(file))).toEqual([]);
  });

  test('image and docker-compose.yml: the built entry points of sources that exist', () => {
    expect(entries(dockerfile)).toEqual(['bin/api.ts']);
    expect(entries(compose)).toEqual(['bin/migrate.ts', 'bin/api.ts', 'bin/worker.ts']);
    expect([...entries(dockerfile), ...entries(compose)].filter((file) => !exists(file))).toEqual([]);
  });

  test('docker-compose.yml sets variables that config.ts reads', () => {
    const terna = /x-terna:[\s\S]*?\n\n/.exec(compose)?.[0] ?? '';
    const names = matches(terna, /^ {4}([A-Z_]+):/gm);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !read('config.ts').includes(`\n  ${name}:`))).toEqual([]);
  });

  test('the build and the image take in every folder of sources', () => {
    const built: string[] = JSON.parse(read('tsconfig.build.json')).include;
    const entries = built.map((pattern) => pattern.split('/')[0] ?? '');
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^[a-z]+$/.test(entry.name))
      .map((entry) => entry.name)
      .filter((name) => !NOT_BUILT.includes(name) && readdirSync(join(ROOT, name)).length > 0);
    expect(entries).toEqual(expect.arrayContaining(folders));
    const copied = matches(read('.dockerignore'), /^!(\S+)$/gm);
    expect(copied).toEqual(expect.arrayContaining(entries));
  });
});

const NOT_BUILT = ['bench', 'coverage', 'dist', 'docs', 'test'];

describe('dependencies', () => {
  test('have exact versions', () => {
    const loose = Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });

  test('have a line in docs/decisions.md, by name or by scope', () => {
    const decisions = read('docs/decisions.md');
    const scope = (name: string) => name.replace(/\/.*/, '/*');
    const silent = Object.keys(direct).filter(
      (name) => ![name, scope(name)].some((each) => decisions.includes(`\`${each}\``)),
    );
    expect(silent).toEqual([]);
  });

  test('have licences that go with MIT', () => {
    const odd = Object.keys(direct)
      .filter((name) => exists(`node_modules/${name}`) || !optionalDependencies[name])
      .map((name) => [name, JSON.parse(read(`node_modules/${name}/package.json`)).license as string])
      .filter(([, licence = '']) => !licence.split(' OR ').some((each) => LICENCES.includes(each)))
      // Copyleft by file: fine for a tool that is not shipped.
      .filter(([name = '', licence]) => !(licence === 'MPL-2.0' && devDependencies[name]));
    expect(odd).toEqual([]);
  });

  // npm ci refuses a lock file that leaves out a package for another platform.
  test('are all in package-lock.json, those for other platforms too', () => {
    const locked: Record<string, { optionalDependencies?: Record<string, string> }> = JSON.parse(
      read('package-lock.json'),
    ).packages;
    const missing = Object.entries(locked).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) => !locked[`node_modules/${name}`] && !locked[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });
});

/** Permissive licences by their SPDX names. A package that offers several needs one of them. */
const LICENCES = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  // htmx's way to write 0BSD
  'BSD-0-Clause',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
];

describe('relative links', () => {
  const pages = [
    ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter(exists),
    ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join('docs', file)),
  ];

  test.each(pages)('of %s lead to files that exist', (page) => {
    const prose = read(page)
      .replace(/^```[\s\S]*?^```/gm, '')
      .replace(/`[^`\n]*`/g, '');
    const targets = matches(prose, /\]\(([^)\s]+)\)/g).filter((target) => !/^(\w+:|#|\/)/.test(target));
    const files = targets.map((target) => join(dirname(page), decodeURI(target.replace(/#.*/, ''))));
    expect(files.filter((file) => !exists(file))).toEqual([]);
  });
});

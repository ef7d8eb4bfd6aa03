import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const BUILT = resolve(ROOT, 'node_modules/.cache/terna-bench');

/** Compiles the program and what it is measured against, as its container image does. */
export function build(): void {
  const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', import.meta.dirname], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the program does not compile:\n${stdout}`);
  cpSync(resolve(ROOT, 'api/pages/assets'), resolve(BUILT, 'api/pages/assets'), { recursive: true });
}

/** Where a source file's compiled form lies. */
export function compiled(source: string): string {
  return resolve(BUILT, source.replace(/\.tsx?$/, '.js'));
}

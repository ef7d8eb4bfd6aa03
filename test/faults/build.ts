import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const BUILT = resolve(ROOT, 'node_modules/.cache/terna-faults');

/**
 * Compiles the program, as its container image does, with what the harness runs inside of it: a process that is
 * killed often should not spend its life on compiling.
 * @returns where a source file's compiled form lies
 */
export function build(): (source: string) => string {
  const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', `${import.meta.dirname}`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the program does not compile:\n${stdout}`);
  cpSync(resolve(ROOT, 'api/pages/assets'), resolve(BUILT, 'api/pages/assets'), { recursive: true });
  return (source) => resolve(BUILT, source.replace(/\.tsx?$/, '.js'));
}

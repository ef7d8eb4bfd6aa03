import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Compiles the program, as its container image does, with what a project runs beside it: a process that is killed
 * often, or measured, should not spend its life on compiling.
 * @param project the folder of the project's tsconfig.json
 * @param name of the folder that its `outDir` names
 */
export function compile(project: string, name: string): void {
  const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the program does not compile:\n${stdout}`);
  const assets = 'api/pages/assets';
  cpSync(resolve(ROOT, assets), resolve(ROOT, 'node_modules/.cache', name, assets), { recursive: true });
}

/** Where a source file's compiled form lies. */
export function compiledIn(name: string, source: string): string {
  return resolve(ROOT, 'node_modules/.cache', name, source.replace(/\.tsx?$/, '.js'));
}

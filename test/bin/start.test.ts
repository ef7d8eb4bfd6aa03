import { execFile, spawn } from 'node:child_process';
import { chmod, chown, cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { findEmbeddedPostgres } from '../../db/embedded/find.ts';
import { runningPostmaster } from '../../db/embedded/postmaster.ts';
import { type Running, startProcess } from '../helpers/processes.ts';
import { freePort } from '../helpers/redis.ts';
import { requestBody } from '../helpers/requests.ts';
import { until } from '../helpers/until.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const isRoot = process.getuid?.() === 0;

/** A folder for data and a free port; nothing of it is left behind. */
async function place() {
  const folder = await mkdtemp(join(tmpdir(), 'terna-start-'));
  // Root's database runs as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const dataDir = join(folder, 'data');
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const start = (env: Record<string, string> = {}): Running => {
    const running = startProcess('bin/start.ts', {
      DATA_DIR: dataDir,
      PORT: String(port),
      HOME: folder,
      ...env,
    });
    onTestFinished(() => running.kill('SIGTERM'));
    return running;
  };
  return {
    folder,
    dataDir,
    port,
    base,
    start,
    postmaster: () => runningPostmaster(join(dataDir, 'postgres', 'cluster')),
  };
}

async function takeIn(base: string): Promise<{ id: string; accessToken: string }> {
  const response = await fetch(`${base}/api/v1/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestBody()),
  });
  expect(response.status).toBe(202);
  return (await response.json()) as { id: string; accessToken: string };
}

async function statusOf(base: string, { id, accessToken }: { id: string; accessToken: string }) {
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(`${base}/api/v1/requests/${id}`, { headers });
  return (await response.json()) as { status: string; matches: unknown[] };
}

test('npm start works at once, keeps its data, and comes back after every kind of end', async () => {
  const { dataDir, base, start, postmaster } = await place();

  const began = Date.now();
  const first = start();
  await first.says(/Ready after/);
  expect(Date.now() - began).toBeLessThan(15_000);
  for (const words of ['/api/v1/partners', '/dev/mail', '/ops/queues', 'password'])
    expect(first.output()).toContain(words);
  const request = await takeIn(base);
  await until(async () => (await statusOf(base, request)).status === 'routed');
  const mails = () =>
    fetch(`${base}/dev/mail.json`).then(
      async (got) => ((await got.json()) as { data: unknown[] }).data.length,
    );
  await until(async () => (await mails()) === 4);

  // SIGTERM: nothing is left running.
  const server = await postmaster();
  expect(server).toBeDefined();
  await first.kill('SIGTERM');
  await until(async () => (await postmaster()) === undefined);
  expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();

  // Again, faster, with the data kept.
  const second = start();
  await second.says(/Ready after/, 10_000);
  expect(await statusOf(base, request)).toMatchObject({ status: 'routed', matches: [{}, {}, {}] });

  // Another one on the same folder is told so and hurts nobody.
  const rival = start({ PORT: '0' });
  await until(() => rival.exited());
  expect(rival.exitCode()).toBe(1);
  expect(rival.output()).toMatch(/runs on .* already/);
  expect((await statusOf(base, request)).status).toBe('routed');

  // kill -9 of Node alone: the server is adopted.
  await second.kill('SIGKILL');
  const third = start();
  await third.says(/Ready after/, 10_000);
  expect((await statusOf(base, request)).status).toBe('routed');

  // kill -9 of everything.
  const running = await postmaster();
  await third.kill('SIGKILL');
  if (running) process.kill(running.pid, 'SIGKILL');
  const fourth = start();
  await fourth.says(/Ready after/, 15_000);
  expect((await statusOf(base, request)).status).toBe('routed');
  await takeIn(base);

  // Ctrl-C.
  await fourth.kill('SIGINT');
  await until(async () => (await postmaster()) === undefined);
  expect((await readdir(dataDir)).sort()).toContain('terna.log');
}, 90_000);

test('a taken port is said in one sentence with a way out, and nothing is left running', async () => {
  const { start, port, postmaster } = await place();
  const other = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void other.close());
  const running = start();
  await until(() => running.exited());
  expect(running.exitCode()).toBe(1);
  expect(running.output()).toMatch(
    new RegExp(`^Port ${port} .* is taken by another program\\. Set PORT`, 'm'),
  );
  expect(running.output()).not.toContain('    at ');
  expect(await postmaster()).toBeUndefined();
});

test('a data folder that is none is said in one sentence with a way out', async () => {
  const { start, dataDir } = await place();
  await writeFile(dataDir, 'not a folder');
  const running = start();
  await until(() => running.exited());
  expect(running.exitCode()).toBe(1);
  expect(running.output().trim().split('\n')).toHaveLength(1);
  expect(running.output()).toContain('DATA_DIR');
});

test('embedded defaults refuse to be production', async () => {
  const { start } = await place();
  const running = start({ NODE_ENV: 'production' });
  await until(() => running.exited());
  expect(running.exitCode()).toBe(78);
  expect(running.output()).toMatch(/DATABASE_URL must be set.*\n.*SMTP_URL must be set/);
});

test.skipIf(!isRoot)(
  'works for an ordinary user from a clone under a private home folder (needs root to become one)',
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'terna-home-'));
    onTestFinished(() => rm(home, { recursive: true, force: true }));
    const clone = join(home, 'terna');
    for (const part of [
      'api',
      'bin',
      'db',
      'domain',
      'jobs',
      'life',
      'locales',
      'workers',
      'config.ts',
      'log.ts',
      'package.json',
      'tsconfig.json',
    ]) {
      await cp(join(ROOT, part), join(clone, part), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
    await chmod(home, 0o700);
    const [uid, gid] = [65_534, 65_534];
    await promisify(execFile)('chown', ['-R', `${uid}:${gid}`, home]);
    await chown(home, uid, gid);

    const port = await freePort();
    const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: home, PORT: String(port) };
    const child = spawn('npm', ['start'], { cwd: clone, uid, gid, env, stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGTERM'));
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    await until(() => child.exitCode !== null || /Ready after/.test(output), { within: 20_000 });
    expect(output).toContain('Ready after');
    const cluster = join(clone, '.data', 'postgres', 'cluster');
    expect(await runningPostmaster(cluster)).toBeDefined();
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    child.kill('SIGTERM');
    await until(async () => (await runningPostmaster(cluster)) === undefined);
  },
);

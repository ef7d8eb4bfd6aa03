import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, type TestContext, vi } from 'vitest';
import { accountForNewCluster, isRoot } from '../../db/embedded/account.ts';
import { EmbeddedPostgresError } from '../../db/embedded/errors.ts';
import { findEmbeddedPostgres } from '../../db/embedded/find.ts';
import { layout } from '../../db/embedded/layout.ts';
import { findPackage } from '../../db/embedded/package.ts';
import { knownHome } from '../../db/embedded/place.ts';
import { lockFile } from '../../db/embedded/postmaster.ts';
import { startEmbeddedPostgres } from '../../db/embedded/start.ts';
import {
  cleanUp,
  copyModule,
  killGroup,
  NOBODY,
  newDataDir,
  newFolder,
  query,
  serverOf,
  spawnChild,
  startInChild,
  whyNotNobody,
} from '../helpers/embedded.ts';

const WRITE = 'create table kept as select 7 as n';
const READ = 'select n from kept';
const BUSY = 'select count(*) from generate_series(1, 20000000)';
const COUNT_BUSY = `select from pg_stat_activity where query = '${BUSY}' and state = 'active'`;

afterEach(async () => {
  vi.unstubAllEnvs();
  await cleanUp();
});

function needsRoot(context: TestContext): void {
  context.skip(!isRoot(), 'needs root, to become another user');
}

function needsNobody(context: TestContext): void {
  needsRoot(context);
  const trouble = whyNotNobody();
  context.skip(trouble !== undefined, `the user nobody cannot run node in this checkout: ${trouble}`);
}

describe('embedded PostgreSQL', { timeout: 30_000 }, () => {
  it('starts an empty UTF-8 database behind a password, and keeps its data', async () => {
    const dataDir = await newDataDir();
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();
    const first = await startEmbeddedPostgres({ dataDir });
    expect(first).toMatchObject({ adopted: false, firstStart: true });
    expect(first.url).toMatch(/^postgres:\/\/terna:\w{32,}@127\.0\.0\.1:\d+\/terna$/);
    expect(await findEmbeddedPostgres(dataDir)).toBe(first.url);
    const settings = `select current_setting('server_version_num')::int / 10000 as major,
      pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale,
      current_setting('fsync') as fsync, current_setting('max_connections') as connections,
      current_setting('listen_addresses') as host, current_setting('unix_socket_directories') as socket
      from pg_database where datname = current_database()`;
    const text = { encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' };
    const rest = { major: 18, fsync: 'on', connections: '200', host: '127.0.0.1', socket: '' };
    expect(await query(first.url, settings)).toEqual([{ ...text, ...rest }]);
    await expect(query(first.url.replace(/:\w{32,}@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/);
    const { password } = layout(await knownHome(dataDir));
    expect((await stat(password)).mode & 0o777).toBe(0o600);
    await query(first.url, WRITE);
    await Promise.all([first.stop(), first.stop()]);
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();

    const second = await startEmbeddedPostgres({ dataDir });
    expect(second).toMatchObject({ adopted: false, firstStart: false });
    expect(await query(second.url, READ)).toEqual([{ n: 7 }]);
  });

  it('adopts the server of a process that was killed with its whole terminal', async () => {
    const dataDir = await newDataDir();
    const { child, answer } = startInChild(dataDir);
    const { url } = await answer;
    await killGroup(child);
    const adopted = await startEmbeddedPostgres({ dataDir });
    expect(adopted).toMatchObject({ url, adopted: true, firstStart: false });
    await adopted.stop();
    expect(await serverOf(dataDir)).toBeUndefined();
  });

  it('starts after everything was killed, a session still busy and the old pid given away', async () => {
    const dataDir = await newDataDir();
    const { child, answer } = startInChild(dataDir);
    const { url } = await answer;
    await query(url, WRITE);
    const busy = query(url, BUSY).catch(() => 'cut');
    await vi.waitFor(async () => expect(await query(url, COUNT_BUSY)).toHaveLength(1), 5_000);
    await killGroup(child);
    const { pid = 0, cluster = '' } = (await serverOf(dataDir)) ?? {};
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => expect(await serverOf(dataDir)).toBeUndefined(), 5_000);
    const other = spawnChild('/bin/sleep', ['60'], await accountForNewCluster());
    const lock = lockFile(cluster);
    await writeFile(lock, (await readFile(lock, 'utf8')).replace(/^\d+/, String(other.pid)));

    const again = await startEmbeddedPostgres({ dataDir });
    expect(again.adopted).toBe(false);
    expect(await query(again.url, READ)).toEqual([{ n: 7 }]);
    expect(other.exitCode).toBeNull();
    await busy;
  });

  it('starts after initdb was killed half-way, and clears what that left', async () => {
    const dataDir = await newDataDir();
    const { child } = startInChild(dataDir);
    const halfWay = async () =>
      expect(await readdir(dataDir)).toEqual([expect.stringMatching(/^postgres\.new-/)]);
    await vi.waitFor(halfWay, { timeout: 10_000, interval: 5 });
    await killGroup(child);
    expect(await startEmbeddedPostgres({ dataDir })).toMatchObject({ adopted: false, firstStart: true });
    expect(await readdir(dataDir)).toEqual(['postgres']);
  });

  it('lets one of two starts win and the other adopt', async () => {
    const dataDir = await newDataDir();
    const both = await Promise.all([startInChild(dataDir).answer, startInChild(dataDir).answer]);
    expect(both.map((each) => each.adopted).sort()).toEqual([false, true]);
    expect(both.filter((each) => each.firstStart)).toHaveLength(1);
    expect(both[0]?.url).toBe(both[1]?.url);
  });

  it('heeds no PG* variable', async () => {
    const server = { PGPORT: '1', PGHOST: '/nowhere', PGDATA: '/nowhere', PGUSER: 'x', PGPASSWORD: 'x' };
    const client = { PGSSLMODE: 'require', PGOPTIONS: '-c none=1', PGTZ: 'x', PGDATABASE: 'x', LC_ALL: 'xx' };
    for (const [name, value] of Object.entries({ ...server, ...client })) vi.stubEnv(name, value);
    const { url } = await startEmbeddedPostgres({ dataDir: await newDataDir() });
    expect(await query(url, 'select current_user as name')).toEqual([{ name: 'terna' }]);
  });

  it('explains data of another version, a file as DATA_DIR and a platform without a package', async () => {
    const dataDir = await newDataDir();
    await (await startEmbeddedPostgres({ dataDir })).stop();
    await writeFile(join(layout(await knownHome(dataDir)).cluster, 'PG_VERSION'), '16\n');
    const start = startEmbeddedPostgres({ dataDir });
    await expect(start).rejects.toThrow(EmbeddedPostgresError);
    await expect(start).rejects.toThrow(/written by PostgreSQL 16 .* to keep it, .* delete .*postgres/);

    const file = join(await newFolder(), 'data');
    await writeFile(file, '');
    await expect(startEmbeddedPostgres({ dataDir: file })).rejects.toThrow(/data is a file/);
    await expect(startEmbeddedPostgres({ dataDir: join(file, 'a') })).rejects.toThrow(EmbeddedPostgresError);
    expect(() => findPackage('linux', 'riscv64')).toThrow(/set DATABASE_URL to a PostgreSQL 15\+ server/);
  });

  it('explains a folder that the user cannot read, or cannot write', async (context) => {
    needsNobody(context);
    for (const mode of [0o700, 0o755]) {
      const answer = await startInChild(await newDataDir(mode), NOBODY).answer;
      expect(answer.name).toBe('EmbeddedPostgresError');
      expect(answer.message).toMatch(/cannot be read and written by the user with id 65534 .* set DATA_DIR/);
    }
  });

  it('runs for an ordinary user below a private folder, making the symlinks in place', async (context) => {
    needsNobody(context);
    const folder = await newFolder(0o700, NOBODY);
    const embedded = await copyModule(folder, NOBODY);
    const dataDir = await newDataDir(0o700, NOBODY);
    expect(await startInChild(dataDir, NOBODY, embedded).answer).toMatchObject({ firstStart: true });
    expect(await readdir(dataDir)).toEqual(['postgres']);
  });

  it('copies a read-only package without symlinks into DATA_DIR', async (context) => {
    needsNobody(context);
    const embedded = await copyModule(await newFolder());
    const dataDir = await newDataDir(0o700, NOBODY);
    expect(await startInChild(dataDir, NOBODY, embedded).answer).toMatchObject({ firstStart: true });
    expect(await readdir(dataDir)).toEqual(['postgres', `postgres-${findPackage().version}`]);
  });

  it('runs for root with DATA_DIR and packages below a private folder', async (context) => {
    needsRoot(context);
    const embedded = await copyModule(await newFolder(0o700));
    const dataDir = await newDataDir(0o700);
    const { child, answer } = startInChild(dataDir, undefined, embedded);
    const { url, message } = await answer;
    expect(message).toBeUndefined();
    await query(url, WRITE);
    expect(await findEmbeddedPostgres(dataDir)).toBe(url);
    await killGroup(child);
    const adopted = await startEmbeddedPostgres({ dataDir });
    expect(adopted).toMatchObject({ url, adopted: true });
    await adopted.stop();
    const kept = await startEmbeddedPostgres({ dataDir });
    expect(await query(kept.url, READ)).toEqual([{ n: 7 }]);
    await kept.stop();

    const home = await knownHome(dataDir);
    await rm(dataDir, { recursive: true });
    expect(await startEmbeddedPostgres({ dataDir })).toMatchObject({ firstStart: true });
    await rm(home, { recursive: true });
  });
});

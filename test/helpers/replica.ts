import { spawnSync } from 'node:child_process';
import { appendFile, chown, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { knownHome } from '../../db/embedded/place.ts';
import { startEmbeddedPostgres } from '../../db/embedded/start.ts';
import { startProxy, type WireProxy } from '../faults/proxy.ts';
import { newDataDir, query } from './embedded.ts';
import { until } from './until.ts';

export interface Replicated {
  /** The main server's database `terna`. */
  mainUrl: string;
  /** The same on the replica; the address stays while it is stopped and started. */
  replicaUrl: string;
  /** Between the api and the replica. */
  wire: WireProxy;
  /** Waits until the replica has all that was committed on the main server until now. */
  caughtUp(): Promise<void>;
  /** The replica goes on receiving, and shows none of it; or shows it again. */
  lag(lagging: boolean): Promise<void>;
  stopReplica(): Promise<void>;
  startReplica(): Promise<void>;
}

/**
 * A real streaming replica of a real server, both embedded ones: a copy of the data folder made during a backup, a
 * `standby.signal` and where to stream from. Both go with `cleanUp` of embedded.ts.
 * @param prepare runs on the main server's database before the copy is made
 */
export async function startReplicated(prepare: (url: string) => Promise<unknown>): Promise<Replicated> {
  const mainDir = await newDataDir();
  const { url: mainUrl } = await startEmbeddedPostgres({ dataDir: mainDir });
  await prepare(mainUrl);

  const replicaDir = await newDataDir();
  await mkdir(replicaDir);
  await backUp(mainUrl, await knownHome(mainDir), join(replicaDir, 'postgres'));
  let replica = await startEmbeddedPostgres({ dataDir: replicaDir });
  const wire = await startProxy(portOf(replica.url));
  const replicaUrl = replica.url.replace(/:\d+\/terna$/, `:${wire.port}/terna`);

  return {
    mainUrl,
    replicaUrl,
    wire,
    async caughtUp() {
      const [{ lsn } = {}] = await query(mainUrl, 'select pg_current_wal_lsn() as lsn');
      const replayed = `select pg_last_wal_replay_lsn() >= '${lsn}' as yes`;
      await until(async () => (await query(replica.url, replayed))[0]?.yes, {
        what: 'the replica catching up',
      });
    },
    lag: async (lagging) =>
      void (await query(replica.url, `select pg_wal_replay_${lagging ? 'pause' : 'resume'}()`)),
    stopReplica: () => replica.stop(),
    async startReplica() {
      replica = await startEmbeddedPostgres({ dataDir: replicaDir });
      wire.to(portOf(replica.url));
    },
  };
}

const portOf = (url: string) => Number(new URL(url).port);

/** What pg_basebackup does, which the embedded PostgreSQL comes without. */
async function backUp(url: string, from: string, to: string): Promise<void> {
  const cluster = join(to, 'cluster');
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("select pg_backup_start('replica', fast => true)");
    // With the owners: the server's user is not ours when root runs this.
    const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const { rows } = await client.query('select labelfile from pg_backup_stop(wait_for_archive => false)');
    for (const file of ['postmaster.pid', 'postmaster.opts']) await rm(join(cluster, file), { force: true });
    const { uid, gid } = await stat(cluster);
    for (const [file, text] of Object.entries({ backup_label: rows[0].labelfile, 'standby.signal': '' })) {
      await writeFile(join(cluster, file), text);
      await chown(join(cluster, file), uid, gid);
    }
    const { hostname, port, username, password } = new URL(url);
    const main = `host=${hostname} port=${port} user=${username} password=${password}`;
    await appendFile(join(cluster, 'postgresql.auto.conf'), `primary_conninfo = '${main}'\n`);
  } finally {
    await client.end();
  }
}

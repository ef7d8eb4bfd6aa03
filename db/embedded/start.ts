import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { runnableBinaries } from './binaries.ts';
import { createCluster } from './cluster.ts';
import { databaseUrl } from './connect.ts';
import { explainFileError } from './explain.ts';
import { checkVersion, layout, readPassword } from './layout.ts';
import { choosePlace } from './place.ts';
import { serve } from './serve.ts';
import { stopServer } from './stop.ts';

export interface EmbeddedPostgres {
  /** postgres://terna:<password>@127.0.0.1:<port>/terna; the port changes from start to start. */
  url: string;
  /** The server was running already: a killed process left it, or another process has it too. */
  adopted: boolean;
  /** This call created the database terna; of several calls for one DATA_DIR exactly one says so. */
  firstStart: boolean;
  /** Ends the server for all its users, adopted or not, and waits until it is gone; may be called again. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 18 with its data in DATA_DIR (relative to the working directory), or adopts the one that
 * runs on it. A first start takes about 1 s, a later one 0.2 s, and one after a crash as long as its recovery.
 *
 * @param options.onProgress gets a short sentence before a step that takes a noticeable time
 * @throws EmbeddedPostgresError with one sentence and a way out, for everything that the user can mend
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  onProgress?: (message: string) => void;
}): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  try {
    return await start(dataDir, options.onProgress ?? (() => {}));
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}

async function start(dataDir: string, onProgress: (message: string) => void): Promise<EmbeddedPostgres> {
  const place = await choosePlace(dataDir);
  const native = await runnableBinaries(dataDir, place.account);

  if (!existsSync(place.home)) onProgress(`Creating the embedded database in ${place.home}`);
  await createCluster(place, native);
  await checkVersion(place.home);
  const password = await readPassword(place.home);

  // Without symlinks, so that it can be compared with what the server says of itself.
  const cluster = await realpath(layout(place.home).cluster);
  onProgress('Starting the embedded database server');
  const { postmaster, adopted, firstStart } = await serve(place, native, cluster, password);

  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= stopServer(postmaster.pid, cluster, native);
    return stopped;
  };
  return { url: databaseUrl({ cluster, password, port: postmaster.port }), adopted, firstStart, stop };
}

import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as TcpServer } from 'node:net';
import type { Config } from '../config.ts';
import { connect } from '../db/connect.ts';
import { openQueues } from '../jobs/queues.ts';
import type { Log } from '../log.ts';
import { createApp } from './app.ts';
import { catalogReplica } from './catalog-replica.ts';

export interface Api {
  port: number;
  /** Takes no new connections, answers what has begun, then lets go of queues and database. */
  stop(): Promise<void>;
}

/** What stands in the way of listening, in one sentence with a way out. */
export class ListenError extends Error {}

/**
 * Starts the HTTP side of one process.
 * @throws ListenError when the port cannot be had
 */
export async function startApi(
  config: Config,
  databaseUrl: string,
  log: Log,
  workersSilentMs?: () => number,
): Promise<Api> {
  const db = connect(databaseUrl, config.databasePool);
  const queues = openQueues({ databaseUrl, redisUrl: config.redisUrl }, log);
  const { catalogDatabaseUrl: replicaUrl, databasePool: pool } = config;
  const catalog = replicaUrl ? catalogReplica({ replicaUrl, mainUrl: databaseUrl, pool }, log) : undefined;
  const app = createApp({ db, catalog, queues, log, config, ...(workersSilentMs && { workersSilentMs }) });
  const server = createServer(app);
  // A body that trickles in may take this long, a header line half of it.
  server.requestTimeout = 30_000;
  server.headersTimeout = 15_000;
  const release = async () => {
    await queues.close();
    await Promise.all([db.close(), catalog?.close()]);
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(config.port, config.host, resolve);
    });
  } catch (error) {
    await release();
    throw explain(error as NodeJS.ErrnoException, config);
  }
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      await drain(server, config.production ? LAST_ANSWERS_MS : 0);
      await release();
    },
  };
}

// Within this time whoever comes through a balancer has got the answer that says to come elsewhere. Where people
// try things out nobody waits for that.
const LAST_ANSWERS_MS = 2_000;
// Whoever has not finished by then is cut off: the process manager would do it less kindly.
const CUT_OFF_MS = 3_000;

/**
 * Listens no more, and ends each connection with the answer to its next request. A connection that was simply
 * closed might have carried that request already, and its sender would not know whether it was heard.
 */
async function drain(server: Server, lastAnswersMs: number): Promise<void> {
  server.prependListener('request', (_request, response: ServerResponse) => {
    response.shouldKeepAlive = false;
  });
  await quietTurn();
  // Node's own http close ends connections between two requests at once.
  const closed = new Promise((resolve) => TcpServer.prototype.close.call(server, resolve));
  setTimeout(() => server.closeIdleConnections(), lastAnswersMs).unref();
  setTimeout(() => server.closeAllConnections(), CUT_OFF_MS).unref();
  await closed;
}

// A turn of the event loop that took longer had something to do while connections came.
const QUIET_MS = 3;
const TURNS = 100;

/**
 * The kernel breaks off what waits to be accepted when a socket stops to listen. Right after a turn of the event
 * loop that accepted what there was, and did nothing long, next to nothing can wait.
 */
async function quietTurn(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    const began = performance.now();
    await new Promise(setImmediate);
    if (turn > 0 && performance.now() - began < QUIET_MS) return;
  }
}

function explain(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  const way = 'Set PORT to another port, such as PORT=3001.';
  if (error.code === 'EADDRINUSE')
    return new ListenError(`Port ${port} on ${host} is taken by another program. ${way}`);
  if (error.code === 'EACCES') return new ListenError(`Port ${port} may not be opened by this user. ${way}`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new ListenError(`HOST=${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.`);
  }
  return error;
}

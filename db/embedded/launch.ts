import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { childOptions } from './command.ts';
import { layout } from './layout.ts';
import { closeLog, logSince, openLog } from './log.ts';
import { serverArguments } from './settings.ts';

/** A server process that we started; whether it is up is seen in its postmaster.pid. */
export interface Launched {
  pid: number | undefined;
  hasEnded(): boolean;
  /** What it logged up to now. */
  output(): string;
}

/**
 * Starts postgres in a session of its own, so that Ctrl-C in the terminal does not reach it, with its output in
 * a file: it neither keeps this process alive nor dies with it. Does not wait.
 *
 * @param cluster the data folder as an absolute path without symlinks
 */
export async function launch(home: string, cluster: string, native: string, account: Account | undefined) {
  const { log } = layout(home);
  const args = serverArguments(cluster, await freePort());
  const { fd, from } = openLog(log, account);
  const options = {
    ...childOptions(account),
    detached: true,
    stdio: ['ignore', fd, fd] as ('ignore' | number)[],
  };
  const child = spawn(join(native, 'bin', 'postgres'), args, options);
  closeLog(fd);
  child.unref();
  let failure: string | undefined;
  child.on('error', (error) => {
    failure = error.message;
  });
  return {
    pid: child.pid,
    hasEnded: () => failure !== undefined || child.exitCode !== null || child.signalCode !== null,
    output: () => failure ?? logSince(log, from),
  } satisfies Launched;
}

/** A port that is free now. Another program can take it first: the server then ends and is launched again. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

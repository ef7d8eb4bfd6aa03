import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keeper } from './kept-logs.ts';
import { until } from './until.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Running {
  pid: number;
  /** All that it has written so far, both streams. */
  output(): string;
  exited(): boolean;
  exitCode(): number | null;
  /** Ends it and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Waits until it has written this. */
  says(words: string | RegExp, within?: number): Promise<void>;
}

/** Starts a TypeScript file of the project as a real process of its own, with nothing of our environment but PATH. */
export function startProcess(file: string, env: Record<string, string | undefined>, cwd = ROOT): Running {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', resolve(ROOT, file)], {
    cwd,
    env: { PATH: process.env.PATH, ...clean(env) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = keeper();
  const listen = (data: Buffer) => {
    output += data.toString();
    keep(data);
  };
  // `npm start` logs into its data folder.
  child.once('exit', () => {
    const logFile = join(env.DATA_DIR ?? '', 'terna.log');
    if (env.DATA_DIR && existsSync(logFile)) keep(readFileSync(logFile));
  });
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const exited = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    exitCode: () => child.exitCode,
    signal: (signal) => void child.kill(signal),
    async kill(signal = 'SIGKILL') {
      if (exited()) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      // A frozen process does not hear anything but SIGKILL.
      await gone;
    },
    async says(words, within = 20_000) {
      await until(
        () => {
          const said = typeof words === 'string' ? output.includes(words) : words.test(output);
          if (!said && exited()) throw new Error(`${file} ended before it said ${words}:\n${output}`);
          return said;
        },
        { within, what: `${file} saying ${words}` },
      );
    },
  };
}

function clean(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Keeps a process running until `stop`: when it dies, another one is started. */
export function supervise(start: () => Running): {
  current(): Running;
  deaths(): number;
  stop(): Promise<void>;
} {
  let stopped = false;
  let deaths = 0;
  let running = start();
  const watch = setInterval(() => {
    if (stopped || !running.exited()) return;
    deaths += 1;
    running = start();
  }, 50);
  return {
    current: () => running,
    deaths: () => deaths,
    async stop() {
      stopped = true;
      clearInterval(watch);
      await running.kill();
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Order, Passed } from './inside.ts';
import { pause } from './pause.ts';

export type Role = 'api' | 'worker';

/** One of the program's processes: when it ends, another takes its place, as a process manager would have it. */
export interface Child {
  role: Role;
  name: string;
  /** The lives it has had, 1 for the first. */
  lives(): number;
  alive(): boolean;
  order(order: Order): void;
  /** False when there was nobody to get it. */
  signal(signal: NodeJS.Signals): boolean;
  /** Waits until the present life has ended. @returns how long that took, ms; undefined when it did not */
  gone(within: number): Promise<number | undefined>;
  /** Waits until the present life says that it is ready. */
  ready(within?: number): Promise<boolean>;
  /** What it wrote in all its lives. */
  output(): string;
  /** Ends it for good. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  role: Role;
  name: string;
  program: string;
  inside: string;
  env: Record<string, string>;
  passed(point: string): void;
}

// How much of its output is kept: the last part, for whoever looks for the reason of a violation.
const KEPT = 2_000_000;

/** Starts a process and keeps one running in its place until `stop`. */
export function startChild({ role, name, program, inside, env, passed }: ChildOptions): Child {
  let lives = 0;
  let stopped = false;
  let output = '';
  let isReady = false;
  let live: ChildProcess = start();

  function start(): ChildProcess {
    lives += 1;
    isReady = false;
    const child = spawn(process.execPath, ['--import', inside, program], {
      env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const listen = (data: Buffer) => {
      output = (output + data.toString()).slice(-KEPT);
      if (/"(api|worker) ready"/.test(data.toString())) isReady = true;
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('message', (message: Passed) => passed(message.passed));
    child.on('error', () => undefined);
    child.once('exit', () => {
      if (!stopped) live = start();
    });
    return child;
  }

  const alive = () => live.exitCode === null && live.signalCode === null;
  return {
    role,
    name,
    lives: () => lives,
    alive,
    order: (order) => {
      if (alive() && live.connected) live.send(order, () => undefined);
    },
    signal: (signal) => alive() && live.kill(signal),
    async gone(within) {
      const life = lives;
      const began = Date.now();
      while (lives === life && alive()) {
        if (Date.now() - began > within) return undefined;
        await pause(10);
      }
      return Date.now() - began;
    },
    async ready(within = 20_000) {
      const deadline = Date.now() + within;
      while (!isReady && Date.now() < deadline) await pause(10);
      return isReady;
    },
    output: () => output,
    async stop() {
      stopped = true;
      if (!alive()) return;
      const ended = once(live, 'exit');
      live.kill('SIGKILL');
      await ended;
    },
  };
}

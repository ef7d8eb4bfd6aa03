import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { compiled } from './build.ts';
import type { Answer } from './inside.ts';

/** One compiled process. */
export interface Child {
  name: string;
  pid: number;
  /** Asks a process of the bench's own; see `answer` in inside.ts. */
  ask<Value>(question: string, given?: unknown): Promise<Value>;
  output(): string;
  /** SIGTERM first, so that profiles get written; whoever has not ended after 10 s is killed. */
  stop(): Promise<void>;
}

// Set by --cpu-prof: where every process leaves its profile.
let profileFolder: string | undefined;
export function profileInto(folder: string): void {
  profileFolder = folder;
}

// However the bench ends, nobody stays behind.
const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts a source file's compiled form and waits until it is ready. */
export async function startChild(source: string, env: Record<string, string> = {}): Promise<Child> {
  const profile = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [];
  const child = spawn(process.execPath, [...profile, compiled(source)], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  let output = '';
  const waiting = new Map<number, (answer: Answer) => void>();
  await new Promise<void>((resolve, reject) => {
    const listen = (data: Buffer) => {
      output = (output + data.toString()).slice(-100_000);
      if (/"(api|worker) ready"/.test(data.toString())) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('message', (said: 'ready' | Answer) => {
      if (said === 'ready') return resolve();
      waiting.get(said.no)?.(said);
      waiting.delete(said.no);
    });
    child.once('exit', (code) => {
      const ended = `${source} ended with ${code}:\n${output}`;
      for (const [no, settle] of waiting) settle({ no, error: ended });
      reject(new Error(ended));
    });
  });

  let asked = 0;
  return {
    name: source,
    pid: child.pid ?? 0,
    output: () => output,
    ask: <Value>(ask: string, given?: unknown) =>
      new Promise<Value>((resolve, reject) => {
        const no = asked++;
        waiting.set(no, ({ value, error }) => {
          if (error !== undefined) reject(new Error(`${source}: ${error}`));
          else resolve(value as Value);
        });
        const unheard = (error: Error | null) => {
          if (error) reject(new Error(`${source} does not hear (${error.message}):\n${output}`));
        };
        child.send({ no, ask, with: given }, unheard);
      }),
    stop: () => end(child),
  };
}

const PATIENCE_MS = 10_000;

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await gone;
  clearTimeout(impatience);
}

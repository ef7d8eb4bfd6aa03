import { openApi, PUBLIC_URL, type TestApi } from '../helpers/http-api.ts';
import { type Running, startProcess } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

/** In bytes. */
export interface Memory {
  /** Of the heap and beside it, after garbage collection. */
  held: number;
  rss: number;
}

/** An api in a process of its own, and one in this process on the same database, to prepare and look with. */
export interface Target {
  api: TestApi;
  port: number;
  /** What it logged of what only a person can mend. */
  errors(): string[];
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

export async function startTarget(): Promise<Target> {
  const api = await openApi('seeded');
  const running = startProcess('test/fuzz/measured-api.ts', {
    ...{ DATABASE_URL: api.url, DATABASE_POOL: '5', PORT: '0', PUBLIC_URL, RATE_LIMITS: 'off' },
  });
  await running.says('api ready');
  const lines = () => running.output().split('\n');
  return {
    api,
    port: Number(/"port":(\d+)/.exec(running.output())?.[1]),
    errors: () => lines().flatMap((line) => (/"level":"(warn|error|fatal)"/.test(line) ? inShort(line) : [])),
    memory: () => memoryOf(running),
    async stop() {
      await running.kill('SIGTERM');
      await api.close();
    },
  };
}

/** The message and our own part of the stack; what is only the echo of another line is left out. */
function inShort(line: string): string[] {
  const { error, stack = '', msg } = JSON.parse(line) as { error?: string; stack?: string; msg: string };
  if (msg === 'request errored') return [];
  return [
    `logged: ${msg}: ${error} ${stack.split('\n').find((at) => /\.tsx?:/.test(at) && !at.includes('node_modules')) ?? ''}`,
  ];
}

async function memoryOf(running: Running): Promise<Memory> {
  const said = () => [...running.output().matchAll(/^memory (\{.*\})$/gm)].map(([, json = '']) => json);
  const before = said().length;
  running.signal('SIGWINCH');
  return JSON.parse(await until(() => said()[before], { what: 'saying how much memory is held' }));
}

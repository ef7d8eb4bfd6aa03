import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { until } from './until.ts';

/** Whether this machine has a Redis server; without one the Redis half of the tests is skipped. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export interface RedisServer {
  url: string;
  port: number;
  flushAll(): Promise<void>;
  /** Ends it without saving and starts it again on the same port, empty. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A real Redis of one's own on a free port, in memory only. @param more options of the server */
export async function startRedis(more: string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'terna-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const settings = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction', ...more];
    server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...settings], {
      cwd: folder,
      stdio: 'ignore',
    });
    await until(() => command((redis) => redis.ping()).catch(() => undefined), { what: 'Redis answering' });
  }

  async function command<T>(send: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await send(redis);
    } finally {
      redis.disconnect();
    }
  }

  async function kill(): Promise<void> {
    const ended = server;
    if (!ended || ended.exitCode !== null) return;
    const gone = new Promise((resolve) => ended.once('exit', resolve));
    ended.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    url,
    port,
    flushAll: async () => void (await command((redis) => redis.flushall())),
    start,
    kill,
    restart: async () => {
      await kill();
      await start();
    },
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

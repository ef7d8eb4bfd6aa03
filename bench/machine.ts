import { spawnSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { median, round3 } from './frame.ts';

export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  node: string;
  postgres: string;
  redis: string;
  /** The median time until 8 kB are on disk, where Postgres has its data. */
  fsyncMs: number;
}

/** @param folder where Postgres has its data */
export function machine(folder: string, postgres: string): Machine {
  const [, redis = 'none'] = /v=(\S+)/.exec(String(spawnSync('redis-server', ['--version']).stdout)) ?? [];
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgres,
    redis,
    fsyncMs: fsyncMs(folder),
  };
}

function fsyncMs(folder: string): number {
  const path = join(folder, 'fsync-cost');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(8_192, 1);
  const times = Array.from({ length: 200 }, (_, no) => {
    const began = performance.now();
    writeSync(file, page, 0, page.length, (no % 16) * page.length);
    fdatasyncSync(file);
    return performance.now() - began;
  });
  closeSync(file);
  rmSync(path);
  return round3(median(times));
}

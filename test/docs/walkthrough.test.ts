import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startProcess } from '../helpers/processes.ts';
import { freePort } from '../helpers/redis.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test('docs/walkthrough.md works as it is written, against npm start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'terna-walk-'));
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const env = { DATA_DIR: join(folder, 'data'), PORT: String(port), HOME: folder };
  const server = startProcess('bin/start.ts', env);
  onTestFinished(() => server.kill('SIGTERM'));
  await server.says('Ready after');

  const page = await readFile(join(ROOT, 'docs/walkthrough.md'), 'utf8');
  const blocks = [...page.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(6);
  const script = ['set -euo pipefail', ...blocks].join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    cwd: ROOT,
    env: { ...env, PATH: process.env.PATH, BASE: `http://127.0.0.1:${port}` },
    timeout: 60_000,
  });
  for (const words of [
    'answered',
    'won',
    'Ana S.',
    'no_time',
    'routed',
    'cancelled',
    'Big projects',
    'replays: true',
  ]) {
    expect(stdout).toContain(words);
  }
}, 90_000);

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../helpers/database.ts';
import { startProcess } from '../helpers/processes.ts';
import { freePort } from '../helpers/redis.ts';
import { until } from '../helpers/until.ts';

/** `npm start` on servers of one's own, in production. */
async function startProduction(env: Record<string, string>) {
  const { url } = await testDatabase('empty');
  const dataDir = await mkdtemp(join(tmpdir(), 'terna-production-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const smtpUrl = `smtp://127.0.0.1:${await freePort()}`;
  const running = startProcess('bin/start.ts', {
    ...{
      NODE_ENV: 'production',
      DATABASE_URL: url,
      SMTP_URL: smtpUrl,
      DATA_DIR: dataDir,
      PORT: String(port),
    },
    ...env,
  });
  onTestFinished(() => running.kill('SIGTERM'));
  await until(() => running.output().includes('Ready after'), { what: 'ready' });
  const board = await fetch(`http://127.0.0.1:${port}/ops/queues`);
  return { status: board.status, output: running.output(), files: await readdir(dataDir) };
}

test('in production nobody gets a password for the board that nobody chose', async () => {
  const { status, output, files } = await startProduction({});
  expect(status).toBe(404);
  expect(output).not.toMatch(/password|ops\/queues/);
  expect(files).not.toContain('ops-password');
});

test('and the one that was chosen is not shown', async () => {
  const { status, output } = await startProduction({ OPS_PASSWORD: 'chosen by somebody' });
  expect(status).toBe(401);
  expect(output).toContain('user ops, password OPS_PASSWORD');
  expect(output).not.toContain('chosen by somebody');
});

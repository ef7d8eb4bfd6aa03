import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** macOS puts no browser on the path. */
const MAC_APPS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium or Chrome of this machine; without one the tests in a browser are skipped. */
export const chromiumPath = [...onThePath(), ...MAC_APPS].find(
  (path) => existsSync(path) && runsForTests(path),
);

function onThePath(): string[] {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)].filter(Boolean);
  return [...new Set(NAMES.flatMap((name) => folders.map((folder) => join(folder, name))))];
}

/** Ubuntu's chromium-browser is a script that asks for a snap, and the snap sees no temporary folder of ours. */
function runsForTests(path: string): boolean {
  const { status, stdout } = spawnSync(path, ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
  });
  return status === 0 && !/\bsnap\b/i.test(stdout);
}

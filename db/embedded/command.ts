import { spawn, spawnSync } from 'node:child_process';
import { parse } from 'node:path';
import type { Account } from './account.ts';

/**
 * Options shared by every child: run as the account, from a folder that it can enter, and without the PG*
 * variables of the terminal (PGPORT, PGDATA, PGUSER, ... belong to another server). LC_ALL=C keeps the messages
 * in English, which `explain.ts` reads; TZ spares initdb a search through all time zones.
 */
export function childOptions(account: Account | undefined) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('PG'));
  return {
    cwd: parse(process.execPath).root,
    env: { ...Object.fromEntries(inherited), LC_ALL: 'C', TZ: 'UTC' },
    windowsHide: true,
    // setuid takes a signed number: 4294967294 goes in as -2.
    ...(account ? { uid: account.uid | 0, gid: account.gid | 0 } : {}),
  };
}

/** Runs a program to its end. Gives its exit code and all that it printed; rejects when it cannot be started. */
export function run(file: string, args: string[], account: Account | undefined) {
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(file, args, { ...childOptions(account), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (text: string) => {
      output += text;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Runs a short program (some ms) and gives why it failed, or undefined when it ended well. */
export function whyNot(file: string, args: string[], account: Account | undefined) {
  const { error, status, stderr } = spawnSync(file, args, { ...childOptions(account), encoding: 'utf8' });
  if (error) return { code: (error as NodeJS.ErrnoException).code, text: error.message };
  return status === 0 ? undefined : { code: undefined, text: stderr.trim() || `exit code ${status}` };
}

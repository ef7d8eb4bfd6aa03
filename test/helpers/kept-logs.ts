import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names the folder where a run keeps all that its processes log. Not set: nothing is kept. */
const FOLDER = 'TERNA_TEST_LOGS';

let files = 0;

/** From here on, this process and those it starts keep their logs in this folder. */
export function keepLogsIn(folder: string): void {
  process.env[FOLDER] = folder;
}

/** A file for one log of this run, if logs are kept. */
export function keptLog(): string | undefined {
  const folder = process.env[FOLDER];
  if (folder === undefined) return undefined;
  files += 1;
  return join(folder, `${process.pid}-${files}.log`);
}

/** Writes down what a process says, in a file of its own. */
export function keeper(): (said: Buffer | string) => void {
  const file = keptLog();
  return (said) => {
    if (file !== undefined) appendFileSync(file, said);
  };
}

/** What must stand in no line of a log. */
const SECRETS: Record<string, RegExp> = {
  'an e-mail address': /[\w.+-]+@(?:[a-z\d-]+\.)+[a-z]{2,}/gi,
  // 256 bits as base64url: a token, or its hash.
  'a token': /(?<![\w+=-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{43}(?![\w+=-])/g,
  'a token in an address': /\/(?:requests\/[\da-f-]{36}|feedback|sign-in)\/[\w-]{20,}/g,
  'an API key': /\bterna_[\w-]{20,}/g,
  'a header with a secret': /\b(?:bearer|basic) +[\w+/=.-]{16,}|\b(?:__Host-)?terna=[\w-]+/gi,
  'a phone': /\+\d[\d ().-]{7,}\d/g,
  'somebody’s name': /Ana Souza|Rui Lima|Zoë|Padaria|Bakery/g,
  'a database’s password': /\bpostgres(?:ql)?:\/\/[^\s:@/]+:[^\s@/]+@/g,
};

// Nobody's: what `npm start` names on the screen as the administrator to try things out with, and the sender.
const NOBODYS = ['admin@terna.example', 'no-reply@terna.example'];

/** Every secret in a text that was logged: what it is, and the line it stands in. */
export function leaksIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) =>
      Object.entries(SECRETS).flatMap(([what, pattern]) =>
        [...line.matchAll(pattern)].flatMap(([found]) =>
          NOBODYS.includes(found) ? [] : [`${what}: ${found} in ${line.slice(0, 500)}`],
        ),
      ),
    );
}

/** What the logs of this run hold that they must not, and how many lines were looked through. */
export function lookThroughLogs(): { lines: number; leaks: string[] } {
  const folder = process.env[FOLDER];
  const texts = folder ? readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')) : [];
  const lines = texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
  return { lines, leaks: texts.flatMap(leaksIn) };
}

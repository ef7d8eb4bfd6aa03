import { parseArgs } from 'node:util';
import { connect, type Database } from '../db/connect.ts';
import { seedIfEmpty } from '../db/seed/first-start.ts';
import { upsertAdmin } from '../db/sessions.ts';
import { LOCALES } from '../domain/catalog.ts';
import { createKey, type KeyValues, listKeys, revokeKey } from './key-commands.ts';
import { databaseUrl, main, UserError } from './process.ts';

const HELP = `Usage: npm run cli -- <command>

  api-key create --partner <slug>   a key for a partner's CRM; printed once, alone on the last line
  api-key create --admin            a key for administrators
      [--name <name>]               what lists call it, at most 80 characters
      [--read-only]                 it may read and change nothing
      [--days <n>]                  it works for so many days; without, until it is revoked
  api-key list [--partner <slug>]   the keys that work, all of them or a partner's
  api-key revoke --id <id>          a key opens nothing any more; ids are in the list
  admin create --email <address> --name <name> [--locale en|pt-BR]   somebody who signs in by mail
  seed                              fill an empty catalog with partners to try things out with
  help                              this text

It works beside a running npm start (found through DATA_DIR), or on DATABASE_URL.
`;

/** What each command does, and the last line that it prints. */
const COMMANDS: Record<string, (db: Database, values: Values) => Promise<string>> = {
  'api-key create': createKey,
  'api-key list': listKeys,
  'api-key revoke': revokeKey,
  'admin create': async (db, { email, name, locale = 'en' }) => {
    if (!email || !name) throw new UserError('Say who: --email <address> --name <name>.');
    if (!(LOCALES as readonly string[]).includes(locale))
      throw new UserError(`--locale is one of ${LOCALES.join(', ')}.`);
    await upsertAdmin(db, { email, name, locale });
    return `${email} can sign in by mail now.`;
  },
  seed: async (db) =>
    (await seedIfEmpty(db)) ? 'The catalog is filled.' : 'The catalog has partners already.',
};

await main(async (config) => {
  const { positionals, values } = readArguments();
  const command = positionals.join(' ');
  if (values.help || command === '' || command === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const run = COMMANDS[command];
  if (!run) throw new UserError(`Unknown command: ${command}\n\n${HELP}`);
  const db = connect(await databaseUrl(config), 1);
  try {
    process.stdout.write(`${await run(db, values)}\n`);
  } finally {
    await db.close();
  }
});

interface Values extends KeyValues {
  email?: string | undefined;
  locale?: string | undefined;
  help?: boolean | undefined;
}

function readArguments(): { positionals: string[]; values: Values } {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        partner: { type: 'string' },
        email: { type: 'string' },
        name: { type: 'string' },
        locale: { type: 'string' },
        admin: { type: 'boolean' },
        'read-only': { type: 'boolean' },
        days: { type: 'string' },
        id: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${HELP}`);
  }
}

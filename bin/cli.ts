import { parseArgs } from 'node:util';
import { email as emailSchema } from '../api/schemas-email.ts';
import { recordAction } from '../db/audit.ts';
import { connect, type Database } from '../db/connect.ts';
import { seedIfEmpty } from '../db/seed/first-start.ts';
import { upsertAdmin } from '../db/sessions.ts';
import { LOCALES } from '../domain/catalog.ts';
import { CLI, createKey, type KeyValues, listKeys, revokeKey } from './key-commands.ts';
import { erasePerson, exportPerson, type PersonValues } from './personal-data-commands.ts';
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
  personal-data export --email <address>   everything that is held under an address, as JSON
  personal-data erase --email <address>    erase it; without --yes, only say what is held
      [--yes]                       do it; it cannot be undone
      with --email - the address is read from stdin, and is in no list of processes
  seed                              fill an empty catalog with partners to try things out with
  help                              this text

It works beside a running npm start (found through DATA_DIR), or on DATABASE_URL.
`;

/** What each command does, and the last line that it prints. */
const COMMANDS: Record<string, (db: Database, values: Values) => Promise<string>> = {
  'api-key create': createKey,
  'api-key list': listKeys,
  'api-key revoke': revokeKey,
  'admin create': async (db, { email: typed, name, locale = 'en' }) => {
    if (!typed || !name) throw new UserError('Say who: --email <address> --name <name>.');
    const { data: email } = emailSchema.safeParse(typed);
    if (!email) throw new UserError('This is no e-mail address.');
    if (!(LOCALES as readonly string[]).includes(locale))
      throw new UserError(`--locale is one of ${LOCALES.join(', ')}.`);
    await db.transaction('admin made', async (sql) => {
      const { id, isNew } = await upsertAdmin(sql, { email, name, locale });
      const action = isNew ? 'admin.create' : 'admin.change';
      await recordAction(sql, CLI, { action, subject: { kind: 'admin', id } });
    });
    return `${email} can sign in by mail now.`;
  },
  'personal-data export': exportPerson,
  'personal-data erase': erasePerson,
  seed: async (db) =>
    (await seedIfEmpty(db, CLI)) ? 'The catalog is filled.' : 'The catalog has partners already.',
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

interface Values extends KeyValues, PersonValues {
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
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${HELP}`);
  }
}

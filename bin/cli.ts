import { parseArgs } from 'node:util';
import { createApiKey, type Principal } from '../db/api-keys.ts';
import { connect, type Database, type Sql } from '../db/connect.ts';
import { findPartner } from '../db/partners.ts';
import { seedIfEmpty } from '../db/seed/first-start.ts';
import { upsertAdmin } from '../db/sessions.ts';
import { LOCALES } from '../domain/catalog.ts';
import { databaseUrl, main, UserError } from './process.ts';

const HELP = `Usage: npm run cli -- <command>

  api-key create --partner <slug>   a key for a partner's CRM; printed once, alone on the last line
  api-key create --admin            a key for administrators
  admin create --email <address> --name <name> [--locale en|pt-BR]   somebody who signs in by mail
  seed                              fill an empty catalog with partners to try things out with
  help                              this text

It works beside a running npm start (found through DATA_DIR), or on DATABASE_URL.
`;

/** What each command does, and the last line that it prints. */
const COMMANDS: Record<string, (db: Database, values: Values) => Promise<string>> = {
  'api-key create': async (db, values) => createApiKey(db, await principal(db, values)),
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

interface Values {
  email?: string | undefined;
  name?: string | undefined;
  locale?: string | undefined;
  partner?: string | undefined;
  admin?: boolean | undefined;
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
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${HELP}`);
  }
}

async function principal(db: Sql, { partner: slug, admin }: Values): Promise<Principal> {
  if ((slug === undefined) === !admin)
    throw new UserError('Say for whom: either --partner <slug> or --admin.');
  if (slug === undefined) return { role: 'admin' };
  const partner = await findPartner(db, slug);
  if (!partner) throw new UserError(`There is no partner "${slug}". The slugs are in GET /api/v1/partners.`);
  return { role: 'partner', partnerId: partner.id };
}

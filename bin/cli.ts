import { parseArgs } from 'node:util';
import { createApiKey, type Principal } from '../db/api-keys.ts';
import { connect, type Sql } from '../db/connect.ts';
import { findPartner } from '../db/partners.ts';
import { databaseUrl, main, UserError } from './process.ts';

const HELP = `Usage: npm run cli -- <command>

  api-key create --partner <slug>   a key for a partner's CRM; printed once, alone on the last line
  api-key create --admin            a key for administrators
  help                              this text

It works beside a running npm start (found through DATA_DIR), or on DATABASE_URL.
`;

await main(async (config) => {
  const { positionals, values } = readArguments();
  const command = positionals.join(' ');
  if (values.help || command === '' || command === 'help') {
    process.stdout.write(HELP);
    return;
  }
  if (command !== 'api-key create') throw new UserError(`Unknown command: ${command}\n\n${HELP}`);
  const db = connect(await databaseUrl(config), 1);
  try {
    const key = await createApiKey(db, await principal(db, values));
    process.stdout.write(`${key}\n`);
  } finally {
    await db.close();
  }
});

interface Values {
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

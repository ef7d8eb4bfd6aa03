import knex, { type Knex } from 'knex';
import * as foundation from './migrations/0001-foundation.ts';
import * as requestLife from './migrations/0002-request-life.ts';
import * as catalogSearch from './migrations/0003-catalog-search.ts';
import * as signIn from './migrations/0004-sign-in.ts';
import * as catalogFacets from './migrations/0005-catalog-facets.ts';
import * as answerTime from './migrations/0006-answer-time.ts';
import * as ownAccess from './migrations/0007-own-access.ts';
import * as rateLimits from './migrations/0008-rate-limits.ts';
import * as credentials from './migrations/0009-credentials.ts';
import * as personalData from './migrations/0010-personal-data.ts';
import * as audit from './migrations/0011-audit.ts';
import * as verifiedEmail from './migrations/0012-verified-email.ts';
import * as matchingInOrder from './migrations/0013-matching-in-order.ts';
import * as catalogWalk from './migrations/0014-catalog-walk.ts';

/** In order. The key is what the database remembers: never rename one. */
const MIGRATIONS: Record<string, Knex.Migration> = {
  '0001-foundation': foundation,
  '0002-request-life': requestLife,
  '0003-catalog-search': catalogSearch,
  '0004-sign-in': signIn,
  '0005-catalog-facets': catalogFacets,
  '0006-answer-time': answerTime,
  '0007-own-access': ownAccess,
  '0008-rate-limits': rateLimits,
  '0009-credentials': credentials,
  '0010-personal-data': personalData,
  '0011-audit': audit,
  '0012-verified-email': verifiedEmail,
  '0013-matching-in-order': matchingInOrder,
  '0014-catalog-walk': catalogWalk,
};

/** Names without a file extension, so that `.ts` sources and the built `.js` agree. */
const source: Knex.MigrationSource<string> = {
  getMigrations: async () => Object.keys(MIGRATIONS),
  getMigrationName: (name) => name,
  getMigration: async (name) => {
    const migration = MIGRATIONS[name];
    if (!migration)
      throw new Error(`The database knows migration ${name}, this version does not: update Terna`);
    return migration;
  },
};

/**
 * Brings Terna's tables up to date, in the schema `public`. Safe to run twice and by two at once: an
 * advisory lock lets one in, the other finds the work done. Waits at most 10 s for any table lock.
 * @returns the names of the migrations that ran now
 */
export async function migrate(url: string): Promise<string[]> {
  const db = knex({
    client: 'pg',
    connection: { connectionString: url, options: '-c lock_timeout=10s -c search_path=public' },
    pool: { min: 1, max: 2 },
    migrations: { migrationSource: source, tableName: 'migrations', disableMigrationsListValidation: false },
  });
  try {
    return await db.transaction(async (guard) => {
      await guard.raw('select pg_advisory_xact_lock(?)', [ADVISORY_LOCK]);
      const [, names] = (await db.migrate.latest()) as [number, string[]];
      return names;
    });
  } finally {
    await db.destroy();
  }
}

// Any fixed number that nobody else in the database uses: "terna" read as base 36.
const ADVISORY_LOCK = Number.parseInt('terna', 36);

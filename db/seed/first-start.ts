import { rank } from '../../domain/ranking.ts';
import { type Actor, recordAction } from '../audit.ts';
import type { Database } from '../connect.ts';
import { rankedAfter, updateRanks } from '../ranks.ts';
import { seed } from './seed.ts';

/**
 * Seeds a database without partners, and ranks them, in one transaction. Says whether it did.
 * @param actor who asked for it, for the record; nobody on a first start
 */
export async function seedIfEmpty(db: Database, actor?: Actor): Promise<boolean> {
  return db.transaction('seed', async (sql) => {
    // Two first starts at once: the second waits here and finds the catalog made.
    await sql.query('lock table partners in share row exclusive mode');
    const [partner] = await sql.query('select from partners limit 1');
    if (partner) return false;
    await seed(sql);
    const partners = await rankedAfter(sql, undefined, 10_000);
    await updateRanks(
      sql,
      partners.map((partner) => ({ ...partner, rank: rank(partner) })),
    );
    if (actor)
      await recordAction(sql, actor, { action: 'catalog.seed', subject: { kind: 'catalog', id: null } });
    return true;
  });
}

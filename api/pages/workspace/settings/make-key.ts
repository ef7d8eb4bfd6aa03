import { createApiKey, type NewApiKey, retireApiKey } from '../../../../db/api-keys.ts';
import type { Database, Sql } from '../../../../db/connect.ts';
import { countWorkingApiKeys, findApiKey } from '../../../../db/own-api-keys.ts';
import { lockPartners } from '../../../../db/pipelines.ts';
import { NotPossible } from '../../../../life/not-possible.ts';
import { notFound } from '../../../problem.ts';

// Fewer than the settings list: every key that works can be seen and revoked.
const MOST_KEYS = 20;

/**
 * Makes a partner's key with this id. Undefined when it has been made before: nobody can show it again.
 * @throws NotPossible `too_many_keys`
 */
export function makeKey(
  db: Database,
  partnerId: string,
  wanted: NewApiKey & { id: string },
): Promise<string | undefined> {
  return db.transaction('api key made', async (sql) => {
    await lockPartners(sql, [partnerId]);
    if (await findApiKey(sql, partnerId, wanted.id)) return undefined;
    await requireRoom(sql, partnerId);
    return createApiKey(sql, { role: 'partner', partnerId }, wanted);
  });
}

/**
 * Makes a key like another one, which works for another 24 hours and then no more. Undefined when that was
 * replaced before: nobody can show its replacement again. For a day both count: who has as many keys as there
 * can be revokes one first.
 * @throws Problem 404 when the partner has no such key
 * @throws NotPossible `not_possible` when the key does not work, or `too_many_keys`
 */
export function replaceKey(db: Database, partnerId: string, id: string): Promise<string | undefined> {
  return db.transaction('api key replaced', async (sql) => {
    await lockPartners(sql, [partnerId]);
    const key = await findApiKey(sql, partnerId, id);
    if (!key) throw notFound();
    if (key.replaced) return undefined;
    if (key.works) await requireRoom(sql, partnerId);
    // Nobody waits for the lock to revoke a key: it may have ended since.
    const alike = key.works && (await retireApiKey(sql, id));
    if (!alike) throw new NotPossible('not_possible', 'This key does not work any more.');
    return createApiKey(sql, { role: 'partner', partnerId }, alike);
  });
}

/** Under the partner's lock: all its presses at once make no more keys than there may be. */
async function requireRoom(sql: Sql, partnerId: string): Promise<void> {
  if ((await countWorkingApiKeys(sql, partnerId)) >= MOST_KEYS)
    throw new NotPossible('too_many_keys', `There can be ${MOST_KEYS} working keys; revoke one first.`);
}

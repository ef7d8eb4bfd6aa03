import { countApiKeys, createApiKey } from '../../../../db/api-keys.ts';
import type { Database } from '../../../../db/connect.ts';
import { lockPartners } from '../../../../db/pipelines.ts';
import { NotPossible } from '../../../../life/not-possible.ts';

// Fewer than the settings list: every key that works can be seen and revoked.
const MOST_KEYS = 20;

/**
 * Makes a partner's key with this id. Undefined when it has been made before: nobody can show it again.
 * @throws NotPossible `too_many_keys`
 */
export function makeKey(db: Database, partnerId: string, id: string): Promise<string | undefined> {
  return db.transaction(async (sql) => {
    await lockPartners(sql, [partnerId]);
    const { working, has } = await countApiKeys(sql, partnerId, id);
    if (has) return undefined;
    if (working >= MOST_KEYS)
      throw new NotPossible('too_many_keys', `There can be ${MOST_KEYS} working keys; revoke one first.`);
    return createApiKey(sql, { role: 'partner', partnerId }, id);
  });
}

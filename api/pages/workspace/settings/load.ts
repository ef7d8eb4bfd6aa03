import { type ApiKeyView, listApiKeys } from '../../../../db/api-keys.ts';
import type { Sql } from '../../../../db/connect.ts';
import type { Profile } from '../../../../db/profiles.ts';
import { countSessions } from '../../../../db/sessions.ts';
import { readProfile } from '../../../edit-profile.ts';

// Keys that work come first: what is left out was revoked long ago.
const SHOWN_KEYS = 100;

/** All that the settings page shows of a partner. */
export interface Settings {
  profile: Profile;
  keys: ApiKeyView[];
  /** In how many browsers it is signed in. */
  sessions: number;
}

/** Reads a partner's settings as they are now. */
export async function loadSettings(sql: Sql, partnerId: string): Promise<Settings> {
  const [profile, keys, sessions] = await Promise.all([
    readProfile(sql, partnerId),
    listApiKeys(sql, partnerId, SHOWN_KEYS),
    countSessions(sql, partnerId),
  ]);
  return { profile, keys, sessions };
}

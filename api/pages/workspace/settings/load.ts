import type { Response } from 'express';
import type { Sql } from '../../../../db/connect.ts';
import { type ApiKeyView, listApiKeys } from '../../../../db/own-api-keys.ts';
import type { SessionView } from '../../../../db/own-sessions.ts';
import type { Profile } from '../../../../db/profiles.ts';
import { readProfile } from '../../../edit-profile.ts';
import { sessionsOf } from '../../account/routes.ts';
import { partnerOf } from '../../guard.tsx';

// Keys that work come first: what is left out ended long ago.
const SHOWN_KEYS = 100;

/** All that the settings page shows of a partner. */
export interface Settings {
  profile: Profile;
  keys: ApiKeyView[];
  sessions: SessionView[];
}

/** Reads the settings of the partner whose page it is, as they are now. */
export async function loadSettings(sql: Sql, response: Response): Promise<Settings> {
  const { partnerId } = partnerOf(response);
  const [profile, keys, sessions] = await Promise.all([
    readProfile(sql, partnerId),
    listApiKeys(sql, partnerId, SHOWN_KEYS),
    sessionsOf(sql, response),
  ]);
  return { profile, keys, sessions };
}

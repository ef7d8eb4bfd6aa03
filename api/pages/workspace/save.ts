import type { Database } from '../../../db/connect.ts';
import type { Profile } from '../../../db/profiles.ts';
import { editProfile } from '../../edit-profile.ts';
import { Problem } from '../../problem.ts';
import type { ProfileChange } from '../../schemas-partner.ts';
import type { Typed } from '../forms.ts';
import { mayReplace } from '../version.ts';

/** A form of some of a partner's fields, as it was sent. */
interface SentForm {
  typed: Typed;
  change: ProfileChange;
  /** The fields of this form for a partner. */
  typedOf(profile: Profile): Typed;
}

/**
 * Saves what a form says of its partner.
 * @returns false when somebody else changed the same fields since the form was made; nothing is saved then
 */
export async function saveUnlessStale(
  db: Database,
  partnerId: string,
  { typed, change, typedOf }: SentForm,
): Promise<boolean> {
  const seen = (before: Profile, after: Profile) => mayReplace(typed, typedOf(before), typedOf(after));
  try {
    await db.transaction('profile edit', (sql) => editProfile(sql, partnerId, change, seen));
    return true;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'stale') throw error;
    return false;
  }
}

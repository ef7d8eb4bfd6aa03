import type { Sql } from '../db/connect.ts';
import { lockPartners } from '../db/pipelines.ts';
import { findProfile, type Profile, updateProfile } from '../db/profiles.ts';
import { fold } from '../domain/fold.ts';
import { notFound, Problem } from './problem.ts';
import type { ProfileChange } from './schemas-partner.ts';

/**
 * Changes what is given of a partner, under its lock, so that two edits of different fields both last.
 * @param mayReplace whether the partner as it is now may become what the change makes of it; by default it may
 * @throws Problem 412 `stale` when it may not
 */
export async function editProfile(
  sql: Sql,
  partnerId: string,
  change: ProfileChange,
  mayReplace: (before: Profile, after: Profile) => boolean = () => true,
): Promise<Profile> {
  await lockPartners(sql, [partnerId]);
  const before = await readProfile(sql, partnerId);
  const { capacity = before.capacity, notifications, ...rest } = given(change);
  const profile = {
    ...before,
    ...rest,
    capacity,
    notifications: { ...before.notifications, ...given(notifications ?? {}) },
  };
  if (!mayReplace(before, profile)) throw new Problem(412, 'stale', 'The profile was changed meanwhile.');
  await updateProfile(sql, partnerId, { ...profile, searchText: fold(`${profile.title} ${profile.name}`) });
  return readProfile(sql, partnerId);
}

/** A partner's own profile. @throws Problem 404 when there is no such partner any more */
export async function readProfile(sql: Sql, partnerId: string): Promise<Profile> {
  const profile = await findProfile(sql, partnerId);
  if (!profile) throw notFound();
  return profile;
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Only the fields that have a value; null is one. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

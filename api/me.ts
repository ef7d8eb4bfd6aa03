import { Router } from 'express';
import type { Sql } from '../db/connect.ts';
import { lockPartners } from '../db/pipelines.ts';
import { findProfile, type Profile, standingOf, updateProfile } from '../db/profiles.ts';
import type { Locale } from '../domain/catalog.ts';
import { fold } from '../domain/fold.ts';
import {
  adviseOnRank,
  explainRank,
  hundredths,
  type RankAdvice,
  type RankPart,
} from '../domain/rank-words.ts';
import { translator } from '../locales/translator.ts';
import { requirePartner } from './credentials.ts';
import type { ApiDeps } from './deps.ts';
import { requireJson } from './json-body.ts';
import { localeOf } from './locale.ts';
import { notFound, only, parse } from './problem.ts';
import { type ProfileChange, profileChange } from './schemas-partner.ts';

/** What a partner sees and changes of itself. */
export function meRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      response.json(await readProfile(db, partnerId));
    })
    .patch(requireJson, async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const change = parse(profileChange, request.body);
      response.json(await db.transaction((sql) => editProfile(sql, partnerId, change)));
    })
    .all(only('GET', 'HEAD', 'PATCH'));

  router
    .route('/rank')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const standing = await standingOf(db, partnerId);
      if (!standing) throw notFound();
      const locale = localeOf(request);
      const { rank, place, of } = standing;
      response.vary('Accept-Language').json({
        rank: hundredths(rank),
        place,
        of,
        parts: explainRank(standing).map((part) => ({ ...part, explanation: explanation(locale, part) })),
        advice: [
          ...(place === null ? [translator(locale)('rank.unlisted')] : []),
          ...adviseOnRank(standing).map((advice) => adviceWords(locale, advice)),
        ],
      });
    })
    .all(only('GET', 'HEAD'));

  return router;
}

/** Under the partner's lock, so that two edits of different fields both last. */
async function editProfile(sql: Sql, partnerId: string, change: ProfileChange): Promise<Profile> {
  await lockPartners(sql, [partnerId]);
  const before = await readProfile(sql, partnerId);
  const { capacity = before.capacity, notifications, ...rest } = given(change);
  const profile = {
    ...before,
    ...rest,
    capacity,
    notifications: { ...before.notifications, ...given(notifications ?? {}) },
  };
  await updateProfile(sql, partnerId, { ...profile, searchText: fold(`${profile.title} ${profile.name}`) });
  return readProfile(sql, partnerId);
}

async function readProfile(sql: Sql, partnerId: string): Promise<Profile> {
  const profile = await findProfile(sql, partnerId);
  if (!profile) throw notFound();
  return profile;
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Only the fields that have a value; null is one. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

/** What a part of the rank comes from, as its partner reads it. */
function explanation(locale: Locale, part: RankPart): string {
  const t = translator(locale);
  switch (part.code) {
    case 'rating':
      return t('rank.rating', part.figures);
    case 'projects':
      return t('rank.projects', part.figures);
    case 'reviews':
      return t('rank.reviews', part.figures);
  }
}

function adviceWords(locale: Locale, advice: RankAdvice): string {
  const t = translator(locale);
  switch (advice.code) {
    case 'next-project':
      return t('rank.next-project', { points: advice.points });
    case 'next-review':
      return t('rank.next-review', { points: advice.points });
    case 'ask-clients':
      return t('rank.ask-clients', { projects: advice.projects });
  }
}

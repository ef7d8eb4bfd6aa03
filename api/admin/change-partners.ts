import { isDeepStrictEqual } from 'node:util';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import {
  type AdminPartner,
  insertPartner,
  listAllPartners,
  lockPartner,
  type PartnerFacts,
  updatePartner,
} from '../../db/admin-partners.ts';
import { type Actor, recordAction } from '../../db/audit.ts';
import type { Database, Sql } from '../../db/connect.ts';
import { slug as slugOf } from '../../db/seed/slug.ts';
import { fold } from '../../domain/fold.ts';
import { rank } from '../../domain/ranking.ts';
import { decodeCursor, type Page, pageOf } from '../cursor.ts';
import { notFound, Problem } from '../problem.ts';
import type { adminPartnersQuery, PartnerPatch, partnerBody } from '../schemas-admin.ts';

/** A page of the whole catalog, newest first. */
export async function allPartners(
  sql: Sql,
  { q, listed, tier, limit, cursor }: z.infer<typeof adminPartnersQuery>,
): Promise<Page<AdminPartner>> {
  const shown = listed === undefined ? undefined : listed === 'true';
  const before = decodeCursor(z.uuid(), cursor);
  const filter = { search: q && fold(q), whole: q?.toLowerCase(), listed: shown, tier };
  const rows = await listAllPartners(sql, filter, { before, limit: limit + 1 });
  return pageOf(rows, limit, (last) => last.id);
}

/**
 * Adds a partner without any history. Without a slug, one is made of its name.
 * @returns its id
 * @throws Problem 409 `slug_taken`, or 422 when no slug can be made of the name
 */
export async function addPartner(
  db: Database,
  actor: Actor,
  body: z.infer<typeof partnerBody>,
): Promise<string> {
  const slug = body.slug ?? slugFrom(body.name);
  const id = uuidv7();
  const newcomer = rank({ completedProjects: 0, reviewCount: 0, ratingSum: 0 });
  return db.transaction('partner change', async (sql) => {
    if (!(await insertPartner(sql, { id, slug, rank: newcomer }, factsOf(body)))) {
      throw new Problem(409, 'slug_taken', `There is a partner "${slug}" already; send another slug.`);
    }
    await recordAction(sql, actor, { action: 'partner.create', subject: { kind: 'partner', id } });
    return id;
  });
}

/**
 * Changes what the patch names, and leaves the rest.
 * @param mayReplace whether the partner as it is now may become what the patch makes of it; by default it may
 * @throws Problem 404 when there is no such partner, 412 `stale` when it may not
 */
export async function changePartner(
  db: Database,
  actor: Actor,
  id: string,
  patch: PartnerPatch,
  mayReplace: (before: AdminPartner, after: AdminPartner) => boolean = () => true,
): Promise<void> {
  await db.transaction('partner change', async (sql) => {
    const before = await lockPartner(sql, id);
    if (!before) throw notFound();
    const after = patched(before, patch);
    if (!mayReplace(before, after)) throw new Problem(412, 'stale', 'The partner was changed meanwhile.');
    await updatePartner(sql, id, factsOf(after));
    const subject = { kind: 'partner', id };
    const changes = changesBetween(before, after);
    await recordAction(sql, actor, { action: 'partner.change', subject, detail: { changes } });
  });
}

// Of title, name, about and e-mail it is only on record that they changed: they may name a person.
const ON_RECORD = new Set<string>([
  ...['type', 'tier', 'country', 'languages', 'services', 'locale', 'listed', 'accepting', 'capacity'],
]);

/** What an edit changed, by field. */
function changesBetween(before: AdminPartner, after: AdminPartner): Record<string, object> {
  const was = new Map<string, unknown>(Object.entries(factsOf(before)));
  const changed = Object.entries(factsOf(after)).filter(
    ([field, to]) => field !== 'searchText' && !isDeepStrictEqual(was.get(field), to),
  );
  return Object.fromEntries(
    changed.map(([field, to]) => [field, ON_RECORD.has(field) ? { from: was.get(field), to } : {}]),
  );
}

type Said = Omit<PartnerFacts, 'searchText' | 'languages'> & Pick<AdminPartner, 'languages'>;

function factsOf({ languages, ...said }: Said): PartnerFacts {
  const [primary = [], others = []] = [true, false].map((first) =>
    languages.filter((language) => language.primary === first).map(({ code }) => code),
  );
  return { ...said, languages: [...primary, ...others], searchText: fold(`${said.title} ${said.name}`) };
}

function patched(before: AdminPartner, patch: PartnerPatch): AdminPartner {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...before, ...given };
}

/** @throws Problem 422 when the name has nothing that a slug can be made of (東京) */
function slugFrom(name: string): string {
  const slug = slugOf(name).slice(0, 100).replace(/-$/, '');
  if (slug !== '') return slug;
  const errors = [
    { pointer: '/slug', code: 'required', detail: 'is required: the name has no Latin letters or digits' },
  ];
  throw new Problem(422, 'invalid', 'Some fields are missing or wrong; see errors.', errors);
}

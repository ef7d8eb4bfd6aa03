import type { Database } from '../../db/connect.ts';
import { brokenInvariants } from '../helpers/life-invariants.ts';
import type { Told } from './clients.ts';
import { broken, type Question } from './invariants.ts';
import type { System } from './system.ts';

/** What a run has found. */
export interface Verdict {
  lost: number;
  duplicateDeals: number;
  duplicateMails: number;
  /** Mails that may have gone out twice, and say so. */
  uncertainMails: number;
  superfluousInvitations: number;
  asleep: number;
  violations: string[];
}

/** Holds the database to the invariants, and to what clients, partners and the mail server saw. */
export async function judge(system: System, told: Told): Promise<Verdict> {
  const db = system.postgres.pool();
  try {
    const found = await broken(db, system.answerWindowS);
    const ids = (question: Question) => found.get(question) ?? [];
    const lost = [
      ...(await unheard(db, told)),
      ...(await forgotten(db, told)),
      ...(await unsent(db, system)),
      ...ids('a request is neither matched, nor unmatched, nor failed'),
      ...ids('a mail is neither sent, nor taken back, nor failed'),
      ...ids('a live match has no deal'),
      ...ids('a deal is won, and feedback was never asked for'),
    ];
    const twice = await sentTwice(db, system);
    const asleep = await sleeping(db);
    const duplicateDeals = ids('a deal was opened twice');
    const superfluous = [
      ...ids('an invitation was sent after somebody had answered'),
      ...ids('a client was invited before the time'),
    ];
    const [uncertain] = await db.query<{ n: number }>(
      'select count(*)::int as n from emails where uncertain',
    );
    return {
      lost: lost.length,
      duplicateDeals: duplicateDeals.length,
      duplicateMails: twice.length,
      uncertainMails: uncertain?.n ?? 0,
      superfluousInvitations: superfluous.length,
      asleep: asleep.length,
      violations: [
        ...told.wrong,
        ...[...found].map(([question, who]) => `${question}: ${list(who)}`),
        ...(await brokenInvariants(db)).map((line) => line.slice(0, 300)),
        ...named('accepted or acknowledged, and lost', lost),
        ...named('a mail was sent twice and is not flagged', twice),
        ...named('asleep without a wake-up', asleep),
        ...(await strangers(db, system)),
      ],
    };
  } finally {
    await db.close();
  }
}

const list = (ids: string[]) =>
  `${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ` and ${ids.length - 5} more` : ''}`;
const named = (what: string, ids: string[]) => (ids.length > 0 ? [`${what}: ${list(ids)}`] : []);

/** Requests that were answered with 202 and are not there. */
async function unheard(db: Database, told: Told): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'select id from unnest($1::uuid[]) as told (id) where not exists (select from requests r where r.id = told.id)',
    [[...told.accepted.keys()]],
  );
  return rows.map(({ id }) => id);
}

/** Deals whose partners were told of a newer version than there is, and reviews that are not there. */
async function forgotten(db: Database, told: Told): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select told.id from unnest($1::uuid[], $2::int[]) as told (id, version) join deals d on d.id = told.id
     where d.version < told.version`,
    [[...told.versions.keys()], [...told.versions.values()]],
  );
  const [reviews] = await db.query<{ n: number }>('select count(*)::int as n from reviews');
  const gone = told.reviews - (reviews?.n ?? 0);
  return [...rows.map(({ id }) => id), ...Array.from({ length: Math.max(0, gone) }, () => 'a review')];
}

/** Mails that the program calls sent, and that no server has. */
async function unsent(db: Database, { mail }: System): Promise<string[]> {
  const sent = await db.query<{ id: string }>(`select id from emails where status = 'sent'`);
  const taken = new Set(mail.taken.map(({ id }) => id));
  return sent.map(({ id }) => id).filter((id) => !taken.has(id));
}

/** Mails that the server took more than once although nobody says so. */
async function sentTwice(db: Database, { mail }: System): Promise<string[]> {
  const uncertain = await db.query<{ id: string }>('select id from emails where uncertain');
  const flagged = new Set(uncertain.map(({ id }) => id));
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of mail.taken) {
    if (seen.has(id) && !flagged.has(id)) twice.add(id);
    seen.add(id);
  }
  return [...twice];
}

/** Mails that the server took and nobody promised. */
async function strangers(db: Database, { mail }: System): Promise<string[]> {
  const rows = await db.query<{ id: string }>('select id from emails');
  const known = new Set(rows.map(({ id }) => id));
  return named(
    'a mail was sent that nobody promised',
    [...new Set(mail.taken.map(({ id }) => id))].filter((id) => !known.has(id)),
  );
}

/**
 * Promises that nothing will keep: due and still there, for a time that nobody meant, or not to be looked after by
 * the sweeper soon after their time. (Whether a queue has a delivery for what is not due does not matter: then it
 * is a few seconds late.)
 */
async function sleeping(db: Database): Promise<string[]> {
  const rows = await db.query<{ words: string }>(
    `select format('%s %s, due at %s, attempts %s, sweeps %s, next sweep at %s', job, id, run_at, attempts, sweeps,
       sweep_at) as words
     from outbox where failed_at is null and (
       (run_at <= now() and coalesce(lease_until <= now(), true))
       or run_at > now() + interval '2 days'
       or sweep_at > greatest(run_at, lease_until, now()) + interval '11 minutes')`,
  );
  return rows.map(({ words }) => words);
}

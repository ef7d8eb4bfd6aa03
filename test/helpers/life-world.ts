import type { Database } from '../../db/connect.ts';
import { HANDLERS } from '../../workers/handlers.ts';
import type { Outcome } from '../../workers/outcome.ts';
import { workerDeps } from './deps.ts';
import type { ModelPartner } from './life-model.ts';
import { pictureOfDatabase } from './life-picture.ts';
import { insertPartners, newPartner } from './partners.ts';
import { newRequest, takeIn } from './requests.ts';

const partner = (name: string, country: string, rest: Partial<ModelPartner> = {}): ModelPartner => ({
  name,
  country,
  capacity: null,
  accepting: true,
  wantsNudges: true,
  ...rest,
});

/** Eight partners: few enough to run out of, two of them scarce, one closed, one that wants no nudges. */
export const PARTNERS: ModelPartner[] = [
  partner('P0', 'BR'),
  partner('P1', 'BR', { capacity: 1 }),
  partner('P2', 'BR', { wantsNudges: false }),
  partner('P3', 'BR', { capacity: 2 }),
  partner('P4', 'BR', { accepting: false }),
  partner('P5', 'PT'),
  partner('P6', 'PT', { capacity: 1 }),
  partner('P7', 'PT'),
];

/** Draws depend on ids: the same ones in every run, so that a seed shows the same again. */
const sameId = (no: number) => `00000000-0000-7000-8000-${String(no).padStart(12, '0')}`;

/** A transaction that was rolled back at its very end, as by a crash; a contention to the runtime. */
export class Crash extends Error {
  readonly code = '40001';
}

/** The real thing: a database with the partners, handlers over it, and names for what is in it. */
export class World {
  readonly names = new Map<string, string>();
  readonly deps;
  private readonly db: Database;
  /** Every status that a request was ever in: a test that sees too few tests too little. */
  readonly seen: Set<string>;
  /** The transaction from now that crashes: 1 is the next; 0, none. */
  private crashAt = 0;

  constructor(db: Database, seen: Set<string>) {
    this.db = db;
    this.seen = seen;
    this.deps = workerDeps({
      ...db,
      transaction: (point, work) =>
        db.transaction(point, async (sql) => {
          const result = await work(sql);
          if (this.crashAt > 0) {
            this.crashAt -= 1;
            if (this.crashAt === 0) throw new Crash('crashed just before the commit');
          }
          return result;
        }),
    });
  }

  async reset(): Promise<void> {
    await this.db.query(
      'delete from outbox; delete from requests; delete from partners; delete from access_tokens',
    );
    this.names.clear();
    const partners = PARTNERS.map(({ country, capacity, accepting }, no) =>
      newPartner({ id: sameId(10 + no), country, capacity, accepting }),
    );
    await insertPartners(this.db, partners);
    for (const [index, { name, wantsNudges }] of PARTNERS.entries()) {
      const id = partners[index]?.id ?? '';
      this.names.set(id, name);
      await this.db.query('update partners set notify_lead_nudge = $2 where id = $1', [id, wantsNudges]);
    }
  }

  id(name: string): string {
    for (const [id, each] of this.names) if (each === name) return id;
    throw new Error(`the world has no ${name}`);
  }

  async send(name: string, partnerName: string | null, country: string | null): Promise<void> {
    const request = newRequest({
      id: sameId(Number(name.slice(1))),
      mode: partnerName === null ? 'automated' : 'manual',
      partnerId: partnerName === null ? null : this.id(partnerName),
      criteria: { services: [], country, language: null, partnerType: null, tier: null },
    });
    this.names.set(request.id, name);
    await takeIn(this.deps, [request]);
  }

  look(): ReturnType<typeof pictureOfDatabase> {
    return pictureOfDatabase(this.db, this.names);
  }

  /** Runs something whose transaction `at` (1 is the first) is rolled back at its end. */
  async crashing<T>(at: number, run: () => Promise<T>): Promise<T | 'crashed'> {
    this.crashAt = at;
    try {
      return await run();
    } catch (error) {
      if (error instanceof Crash) return 'crashed';
      throw error;
    } finally {
      this.crashAt = 0;
    }
  }

  /** Delivers rows, each job's in one batch, at once or one kind after the other; rows may come twice. */
  async deliver(rows: { id: string; job: string }[], { atOnce = false } = {}): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const batches = HANDLERS.map((handler) => async () => {
      const ids = rows.filter(({ job }) => job.split(' ')[0] === handler.job.name).map(({ id }) => id);
      if (ids.length > 0) outcomes.push(...(await Promise.all(await handler.run(this.deps, ids))));
    });
    if (atOnce) await Promise.all(batches.map((run) => run()));
    else for (const run of batches) await run();
    return outcomes;
  }

  /** So many thirds of a request's answer window have gone by, and its follow-ups are due. */
  async thirdsPassed(request: string, thirds: number): Promise<void> {
    const third = this.deps.settings.answerWindowMs / 3;
    await this.db.query(
      `update requests set answer_due_at = now() + make_interval(secs => $2::float8 / 1000) where id = $1`,
      [this.id(request), (3 - thirds) * third - 1_000],
    );
    await this.db.query(
      `update outbox set run_at = now() where job = 'follow-up' and payload ->> 'requestId' = $1::text`,
      [this.id(request)],
    );
  }

  /** Whoever had a lease has died long ago. */
  async leasesEnd(): Promise<void> {
    await this.db.query(
      'update outbox set lease_until = now(), run_at = least(run_at, now()) where lease is not null',
    );
  }

  async unmovedForLong(request: string, partnerName: string): Promise<void> {
    await this.db.query(
      `update deals set moved_at = moved_at - interval '31 days' where request_id = $1 and partner_id = $2
         and kind in ('new', 'in_progress')`,
      [this.id(request), this.id(partnerName)],
    );
  }
}

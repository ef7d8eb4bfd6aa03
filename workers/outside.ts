import { randomUUID } from 'node:crypto';
import { isConnectionError, isContention } from '../db/connect.ts';
import { gather } from '../db/gather.ts';
import { deleteOutbox, freeLease, leaseOutbox, lockLeased, recordFailure } from '../db/outbox.ts';
import type { Job } from '../jobs/contract.ts';
import { type Tx, transaction } from '../jobs/transaction.ts';
import { backoff } from './backoff.ts';
import type { Handler, Taken, WorkerDeps } from './handler.ts';
import { done, notNow, type Outcome, PermanentError, withoutAddresses } from './outcome.ts';
import { type Slots, slots } from './slots.ts';
import { takeAndDo, type Work } from './taking.ts';

/** How an outside effect ended: with a result, or with an error after which it may be tried again. */
export type Ending<Item, Result> = { item: Item } & ({ result: Result } | { error: Error; final: boolean });

export interface OutsideSteps<Payload, Item, Result> {
  /** In a transaction: what is to be performed, by job id. Jobs without an item are no longer relevant. */
  claim(tx: Tx, jobs: Taken<Payload>[], deps: WorkerDeps): Promise<Map<string, Item>>;
  /** Outside any transaction, and to be over well before the lease is. */
  perform(item: Item, deps: WorkerDeps): Promise<Result>;
  /** In a transaction that also ends the rows: writes down how it went. */
  settle(tx: Tx, endings: Ending<Item, Result>[], deps: WorkerDeps): Promise<void>;
  /** How long a claim keeps others away, in ms: two thirds of it are longer than `perform` can take. */
  leaseMs(deps: WorkerDeps): number;
  /** How many may be performed at once. */
  atOnce(deps: WorkerDeps): number;
  /** How many may be under way at once: more than are performed, so that some are claimed and some settled meanwhile. */
  concurrency(deps: WorkerDeps): number;
}

/** Claims and settlements go by ids alone. */
const BY_IDS = { plannedOnce: true };

/** Claimed, and given back: what it was to be performed with was not free in time. */
class NotBegun extends Error {
  override name = 'NotBegun';
}

/**
 * Work with an effect that no transaction can hold: claim, perform, settle. The claim is committed
 * first, so a crash in between is seen by the next claim, which knows that the effect may have happened.
 */
export function outside<Payload, Item, Result>(
  job: Job<Payload>,
  steps: OutsideSteps<Payload, Item, Result>,
): Handler {
  type Performed = {
    id: string;
    lease: string;
    attempts: number;
    ending: Ending<Item, Result>;
    until: number;
  };
  type Line = { places: Slots; settle(performed: Performed): Promise<Outcome> };
  const lines = new WeakMap<WorkerDeps, Line>();

  /** What all jobs of a process share. */
  function lineOf(deps: WorkerDeps): Line {
    let line = lines.get(deps);
    if (!line) {
      // The effect has happened: nobody waits for the settling, so it gathers longer and commits less.
      const gathering = { waitMs: 20, max: 100, parallel: 2 };
      const settle = gather((batch: Performed[]) => settleInTime(deps, batch), gathering);
      line = { places: slots(steps.atOnce(deps)), settle };
      lines.set(deps, line);
    }
    return line;
  }

  /** Postgres may be away or a row be held just now; the effect has happened, so this insists while the lease lasts. */
  async function settleInTime(deps: WorkerDeps, batch: Performed[]): Promise<Outcome[]> {
    for (let pause = 100; ; pause *= 2) {
      try {
        return await settleBatch(deps, batch);
      } catch (error) {
        const passing = isConnectionError(error) || isContention(error);
        if (!passing || batch.some((performed) => Date.now() + pause > performed.until)) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  function settleBatch(deps: WorkerDeps, batch: Performed[]): Promise<Outcome[]> {
    const inTransaction = async (tx: Tx) => {
      const held = await lockLeased(
        tx,
        batch.map(({ id }) => id),
        batch.map(({ lease }) => lease),
      );
      const outcomes = new Map<string, Outcome>();
      const endings: Ending<Item, Result>[] = [];
      for (const { id, attempts, ending } of batch.filter((performed) => held.has(performed.id))) {
        if ('error' in ending && ending.error instanceof NotBegun) {
          await freeLease(tx, id);
          endings.push(ending);
          outcomes.set(id, notNow(1_000, ending.error.message));
        } else if ('error' in ending) {
          const ms = backoff(job.backoffMs, attempts + 1);
          const { error, final } = ending;
          const row = await recordFailure(tx, {
            id,
            error: error.message,
            delayMs: ms,
            attempts: job.attempts,
            final,
          });
          endings.push({ ...ending, final: row?.failed ?? final });
          outcomes.set(id, row?.failed ? { kind: 'failed', error } : { kind: 'retry', ms, error });
        } else {
          endings.push(ending);
          outcomes.set(id, done);
        }
      }
      await steps.settle(tx, endings, deps);
      await deleteOutbox(
        tx,
        [...outcomes].filter(([, outcome]) => outcome.kind === 'done').map(([id]) => id),
      );
      return batch.map(({ id }) => outcomes.get(id) ?? lostLease(deps, job, id));
    };
    return transaction(deps, `settling ${job.name}`, inTransaction, BY_IDS);
  }

  async function performAndSettle(deps: WorkerDeps, id: string, claim: Claim<Item>): Promise<Outcome> {
    const { places, settle } = lineOf(deps);
    const waitMs = claim.until - Date.now() - (steps.leaseMs(deps) * 2) / 3;
    const ending = (await places.take(waitMs))
      ? await perform(deps, claim.item).finally(places.release)
      : { item: claim.item, error: new NotBegun('nothing free to perform it with'), final: false };
    return settle({ id, ending, ...claim });
  }

  async function perform(deps: WorkerDeps, item: Item): Promise<Ending<Item, Result>> {
    try {
      return { item, result: await steps.perform(item, deps) };
    } catch (thrown) {
      const error = withoutAddresses(thrown);
      return { item, error, final: error instanceof PermanentError };
    }
  }

  return {
    job,
    concurrency: steps.concurrency,
    async run(deps, ids) {
      const claims = new Map<string, Claim<Item>>();
      const until = Date.now() + steps.leaseMs(deps);
      const work: Work<Payload> = async (tx, jobs) => {
        const items = await steps.claim(tx, jobs, deps);
        const lease = randomUUID();
        for (const { id, attempts } of jobs) {
          const item = items.get(id);
          if (item !== undefined) claims.set(id, { item, lease, attempts, until });
        }
        if (items.size > 0) await leaseOutbox(tx, [...items.keys()], lease, steps.leaseMs(deps));
        return new Map([...items.keys()].map((id) => [id, 'kept']));
      };
      const outcomes = await takeAndDo(deps, job, ids, work, BY_IDS);
      return ids.map((id) => {
        const outcome = outcomes.get(id);
        if (outcome !== 'kept') return outcome ?? done;
        const claim = claims.get(id);
        return claim ? performAndSettle(deps, id, claim) : notNow(1_000, 'claim lost');
      });
    },
  };
}

interface Claim<Item> {
  item: Item;
  lease: string;
  attempts: number;
  until: number;
}

/** Whoever holds the lease now knows that this one's effect is uncertain, and has it on record. */
function lostLease(deps: WorkerDeps, job: Job, id: string): Outcome {
  deps.log.warn({ job: job.name, id }, 'lease lost before the effect was settled');
  return done;
}

import type { TransactionOptions } from '../db/connect.ts';
import type { Job } from '../jobs/contract.ts';
import type { Tx } from '../jobs/transaction.ts';
import type { Handler, Taken, WorkerDeps } from './handler.ts';
import { done } from './outcome.ts';
import { takeAndDo, type Work } from './taking.ts';

/**
 * Work whose effects are all in Postgres. `handle` gets every job of a batch at once, in id order, in
 * one transaction that also ends their rows; what it enqueues becomes real with the rest.
 *
 * It may return the ids of jobs that it could not do in company: their rows stay, and each is tried
 * again alone.
 */
export function transactional<Payload>(
  job: Job<Payload>,
  // biome-ignore lint/suspicious/noConfusingVoidType: most handlers leave nothing and return nothing
  handle: (tx: Tx, jobs: Taken<Payload>[], deps: WorkerDeps) => Promise<Iterable<string> | void>,
  options?: TransactionOptions,
): Handler {
  return {
    job,
    async run(deps, ids) {
      const work: Work<Payload> = async (tx, jobs) => {
        // Who has failed alone before would most likely take everybody else's work along: it stays alone.
        const company = jobs.length === 1 ? jobs : jobs.filter(({ attempts }) => attempts === 0);
        const left = company.length > 0 ? await handle(tx, company, deps) : undefined;
        const alone = jobs.filter((taken) => !company.includes(taken)).map(({ id }) => id);
        return new Map([...alone, ...(left ?? [])].map((id) => [id, 'alone']));
      };
      const outcomes = await takeAndDo(deps, job, ids, work, options);
      return ids.map((id) => {
        const outcome = outcomes.get(id);
        return outcome === undefined || outcome === 'kept' ? done : outcome;
      });
    },
  };
}

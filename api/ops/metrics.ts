import { type RequestHandler, Router } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { vitalSigns } from '../../db/vital-signs.ts';
import { JOBS } from '../../jobs/registry.ts';
import type { ApiDeps } from '../deps.ts';
import { hasOperators, requireOperator } from './credentials.ts';
import { figureGauges, type QueueCounts } from './figures.ts';
import { measureHttp } from './http-metrics.ts';
import { sparingly } from './sparingly.ts';

// Whoever scrapes waits no longer for the database or the queues: what they have not said by then is left out.
const PATIENCE_MS = 1_500;

const nothing: RequestHandler = (_request, _response, next) => next();

/**
 * Figures for Prometheus at `/metrics`, for operators and viewers; without a password there are none.
 * @returns `measure`, which goes before everything that is to be measured, and the route
 */
export function metrics(deps: ApiDeps): { measure: RequestHandler; routes: Router } {
  const router = Router();
  if (!hasOperators(deps.config)) return { measure: nothing, routes: router };
  const registry = new Registry();
  const measure = measureHttp(registry);
  const setFigures = figureGauges(registry);
  const askDatabase = sparingly(() => vitalSigns(deps.db));
  const askQueues = sparingly(() => queueCounts(deps));

  router.get('/metrics', requireOperator(deps.config), async (_request, response) => {
    const [database, queues] = await Promise.all([inTime(askDatabase()), inTime(askQueues())]);
    const { db, queues: board, workersSilentMs } = deps;
    const queuesUp = board.backend.available();
    setFigures({ database, queues, connections: db.load(), queuesUp, workersSilentMs: workersSilentMs?.() });
    const texts = [await registry.metrics(), await ofProcess().metrics()];
    response.set('Cache-Control', 'no-store').type(registry.contentType).send(texts.join('\n'));
  });

  return { measure, routes: router };
}

async function queueCounts({ queues }: ApiDeps): Promise<QueueCounts> {
  return Promise.all(JOBS.map(async ({ name: job }) => ({ job, states: await queues.counts(job) })));
}

/** What somebody answers within `PATIENCE_MS`; undefined when it takes longer, or fails. */
async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined).unref());
  return Promise.race([answer.catch(() => undefined), late]);
}

let processMetrics: Registry | undefined;

/** Memory, processor time, delays of the event loop, garbage: of the process, however many apps it has. */
function ofProcess(): Registry {
  if (!processMetrics) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  return processMetrics;
}

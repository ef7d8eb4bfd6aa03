import type { Config } from '../config.ts';
import type { Database } from '../db/connect.ts';
import type { Queues } from '../jobs/queues.ts';
import type { Log } from '../log.ts';
import type { Catalog } from './catalog-replica.ts';
import type { TakeIn } from './intake.ts';
import type { RateLimits } from './rate-limits.ts';

/** All that routes work with. */
export interface ApiDeps {
  db: Database;
  /** Absent where `db` does for the catalog, too. */
  catalog?: Catalog | undefined;
  queues: Queues;
  log: Log;
  config: Config;
  /** Milliseconds since this process's workers last looked for work; absent where none run. */
  workersSilentMs?: () => number;
}

/** The same, and who wrote how often lately: for routes that limit it. */
export interface LimitedDeps extends ApiDeps {
  limits: RateLimits;
}

/** The same, and the way in for what clients ask. */
export interface IntakeDeps extends LimitedDeps {
  takeIn: TakeIn;
}

import type { Say } from './frame.ts';
import type { Servers } from './servers.ts';
import type { Sizes } from './settings.ts';

/** What every family of figures gets. */
export interface World {
  servers: Servers;
  /** Others, whose Postgres keeps statistics of statements and the times of commits: for counting, not for speed. */
  telling(): Promise<Servers>;
  sizes: Sizes;
  say: Say;
  /** Whether somebody asked for this figure. */
  wants(id: string): boolean;
}

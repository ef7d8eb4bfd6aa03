import { CATALOG_IDS, catalogPage } from './figures/catalog-page.ts';
import { ENGINE_IDS, engine } from './figures/engine.ts';
import { FAILING_IDS, failing } from './figures/failing.ts';
import { FOLLOW_UP_IDS, followUps } from './figures/follow-ups.ts';
import { IDLE_IDS, idle } from './figures/idle.ts';
import { INTAKE_IDS, intake } from './figures/intake.ts';
import { LATENCY_IDS, latency } from './figures/latency.ts';
import { MATCHING_IDS, matching } from './figures/matching.ts';
import { OLD_DATABASE_IDS, oldDatabase } from './figures/old-database.ts';
import { RANK_IDS, ranks } from './figures/ranks.ts';
import { WHOLE_IDS, whole } from './figures/whole.ts';
import type { Result } from './frame.ts';
import type { World } from './world.ts';

/** Figures that are measured together, in the order in which they are. */
export interface Family {
  title: string;
  ids: string[];
  measure(world: World): Promise<Result>;
}

export const FAMILIES: Family[] = [
  { title: 'The engine', ids: ENGINE_IDS, measure: engine },
  { title: 'The whole', ids: WHOLE_IDS, measure: whole },
  { title: 'Intake', ids: INTAKE_IDS, measure: intake },
  { title: 'Matching', ids: MATCHING_IDS, measure: matching },
  { title: 'The catalog', ids: CATALOG_IDS, measure: catalogPage },
  { title: 'Idle, and memory', ids: IDLE_IDS, measure: idle },
  { title: 'Payloads that fail', ids: FAILING_IDS, measure: failing },
  { title: 'Latency', ids: LATENCY_IDS, measure: latency },
  { title: 'Follow-ups', ids: FOLLOW_UP_IDS, measure: followUps },
  { title: 'Ranks', ids: RANK_IDS, measure: ranks },
  { title: 'An old database', ids: OLD_DATABASE_IDS, measure: oldDatabase },
];

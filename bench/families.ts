import { ENGINE_IDS, engine } from './figures/engine.ts';
import { INTAKE_IDS, intake } from './figures/intake.ts';
import { SCALING_IDS, scaling } from './figures/scaling.ts';
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
  { title: 'More worker processes', ids: SCALING_IDS, measure: scaling },
];

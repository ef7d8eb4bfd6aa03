import type { Random } from '../../../db/seed/random.ts';
import type { BackEnd, System } from '../system.ts';

/** Something that can go wrong. */
export interface Kind {
  name: string;
  /** Only where this back end is. */
  on?: BackEnd;
  /** Two of one group never happen at once: one of them would undo the other. */
  group?: string;
  /**
   * Lets it happen, waits for as long as it is meant to last, and puts right what does not mend itself.
   * @returns how many faults that were: 0 when it could not happen just now
   */
  happen(system: System, random: Random): Promise<number>;
}

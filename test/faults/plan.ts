import { random } from '../../db/seed/random.ts';
import { BY_HAND } from './kinds/by-hand.ts';
import type { Kind } from './kinds/kind.ts';
import { MAIL } from './kinds/mail.ts';
import { POSTGRES } from './kinds/postgres.ts';
import { KILLS, PROCESSES } from './kinds/processes.ts';
import { QUEUES } from './kinds/queues.ts';
import type { BackEnd } from './system.ts';

/** Everything that can go wrong on this back end; what is no kill at a point twice, so that it has its share. */
export function kindsOf(backEnd: BackEnd): Kind[] {
  const others = [...PROCESSES, ...POSTGRES, ...QUEUES, ...MAIL, ...BY_HAND];
  return [...KILLS, ...others, ...others].filter(({ on }) => on === undefined || on === backEnd);
}

/** Goes through all kinds in an order that the seed decides, and then again in another one, for ever. */
export function* plan(backEnd: BackEnd, seed: string): Generator<Kind, never> {
  for (let round = 0; ; round++) yield* random(`${seed} plan ${round}`).shuffled(kindsOf(backEnd));
}

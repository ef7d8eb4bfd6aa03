import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIFE } from '../../domain/request-life.ts';
import { testDatabase } from '../helpers/database.ts';
import { CLOCK_COMMANDS, LIFE_COMMANDS } from '../helpers/life-commands.ts';
import { Model } from '../helpers/life-model.ts';
import * as acts from '../helpers/life-model-acts.ts';
import { DELIVERY_COMMANDS } from '../helpers/life-steps.ts';
import { PARTNERS, World } from '../helpers/life-world.ts';

// More runs with FC_RUNS, the same again with FC_SEED: a failure prints its seed and the shortest sequence found.
const RUNS = Number(process.env.FC_RUNS ?? 200);
const SEED = process.env.FC_SEED === undefined ? {} : { seed: Number(process.env.FC_SEED) };

// A sequence takes about half a second; the shrinking of a failure some minutes.
const TIMEOUT_MS = 600_000 + RUNS * 3_000;

/** Up to eighty steps: forty on average. */
const SEQUENCES = fc.commands([...LIFE_COMMANDS, ...CLOCK_COMMANDS, ...DELIVERY_COMMANDS], {
  maxCommands: 80,
  size: 'max',
});

test('whatever clients, partners, clock, queue and crashes do, all ends as the model says', {
  timeout: TIMEOUT_MS,
}, async () => {
  const { db } = await testDatabase('empty');
  const seen = new Set<string>();
  const property = fc.asyncProperty(SEQUENCES, fc.constantFrom('BR', null), async (steps, country) => {
    const world = new World(db, seen);
    await world.reset();
    const model = new Model(PARTNERS);
    const name = acts.send(model, { mode: 'automated', partner: null, country });
    await world.send(name, null, country);
    await fc.asyncModelRun(() => ({ model, real: world }), steps);
  });
  await fc.assert(property, { numRuns: RUNS, ...SEED });
  if (RUNS >= 50) expect([...seen].sort()).toEqual(Object.keys(LIFE).sort());
});

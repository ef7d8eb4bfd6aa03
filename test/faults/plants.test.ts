import { describe, expect, test } from 'vitest';
import { PLANTS } from './plants.ts';
import { runRound } from './round.ts';

// A check that cannot fail proves nothing: for each thing that the verdict can say there is a bug, planted into
// database or program, that must make it say so.
describe('the verdict of a fault run', () => {
  test.each(PLANTS.map((group) => ({ group, names: group.map(({ name }) => name).join('; ') })))(
    'sees that $names',
    async ({ group }) => {
      const round = await runRound({
        seed: 'plants',
        backEnd: 'postgres',
        faults: 0,
        requests: 80,
        clientsActS: 20,
        settlesWithinMs: 12_000,
        system: {
          apis: 1,
          workers: 1,
          answerWindowS: 4,
          plant: {
            sql: group.map(({ sql }) => sql ?? '').join('\n'),
            rewrite: group.flatMap(({ rewrite }) => rewrite ?? []),
          },
        },
        say: () => undefined,
      });
      const unseen = group.filter(({ says }) => !round.violations.some((line) => says.test(line)));
      expect({ unseen: unseen.map(({ name }) => name), ...(unseen.length > 0 && { round }) }).toEqual({
        unseen: [],
      });
    },
    120_000,
  );
});

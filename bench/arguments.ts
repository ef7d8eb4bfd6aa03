import { parseArgs } from 'node:util';

export interface Arguments {
  quick: boolean;
  /** Ids of figures, or their numbers: `4` is 4a and 4b. Undefined: all. */
  only: string[] | undefined;
  json: string | undefined;
  /** Whether what is measured goes into docs/benchmarks.md. */
  report: boolean;
  cpuProf: string | undefined;
}

export const USAGE = `npm run bench -- [options]

  --quick          smaller sizes and three runs, at most 12 minutes on 2 cores
  --only 1,4a,14   only these figures (4 is 4a and 4b)
  --report         puts them into docs/benchmarks.md, beside the others' last ones; without --only, that is done anyway
  --json FILE      writes {machine, figures} there
  --cpu-prof DIR   leaves CPU profiles of all processes there; the figures are then of no use`;

export class BadArguments extends Error {}

/** @throws BadArguments that says what is wrong */
export function readArguments(args: string[]): Arguments {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean' },
        report: { type: 'boolean' },
        only: text,
        json: text,
        'cpu-prof': text,
      },
    });
    const only = values.only?.split(',').map((id) => id.trim());
    const { quick = false, json, 'cpu-prof': cpuProf } = values;
    return { quick, only, json, report: (values.report ?? !only) && !cpuProf, cpuProf };
  } catch (error) {
    throw new BadArguments((error as Error).message);
  }
}

/** Whether somebody who asked for `only` wants the figure. */
export function wants(only: string[] | undefined, id: string): boolean {
  return only === undefined || only.includes(id) || only.includes(id.replace(/[a-z]$/, ''));
}

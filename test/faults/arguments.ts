import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { hasRedis } from '../helpers/redis.ts';
import type { BackEnd } from './system.ts';

export interface Arguments {
  faults: number;
  requests: number;
  seed: string;
  backEnd: BackEnd;
  long: boolean;
}

export const USAGE = `npm run test:faults -- [options]

  --faults N       how many faults (250; with --long 10000)
  --requests M     how many requests meanwhile (1500; with --long 100000)
  --seed S         which faults, and in which order (a new one each time, printed)
  --backend B      postgres or redis (postgres)
  --long           in rounds, each on fresh servers; run it again with the same seed to go on where it ended`;

export class BadArguments extends Error {}

/** @throws BadArguments that says what is wrong */
export function readArguments(args: string[]): Arguments {
  const { values } = parsed(args);
  const whole = (name: 'faults' | 'requests', fallback: number) => {
    const value = Number(values[name] ?? fallback);
    if (!Number.isInteger(value) || value < 0)
      throw new BadArguments(`--${name} must be a whole number, 0 or more`);
    return value;
  };
  const backEnd = values.backend ?? 'postgres';
  if (backEnd !== 'postgres' && backEnd !== 'redis')
    throw new BadArguments('--backend must be postgres or redis');
  if (backEnd === 'redis' && !hasRedis)
    throw new BadArguments('--backend redis needs redis-server: install it (apt-get install redis-server)');
  const long = values.long ?? false;
  return {
    faults: whole('faults', long ? 10_000 : 250),
    requests: whole('requests', long ? 100_000 : 1_500),
    seed: values.seed ?? randomBytes(4).toString('hex'),
    backEnd,
    long,
  };
}

function parsed(args: string[]) {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      args,
      options: { faults: text, requests: text, seed: text, backend: text, long: { type: 'boolean' } },
    });
  } catch (error) {
    throw new BadArguments((error as Error).message);
  }
}

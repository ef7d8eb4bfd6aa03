import { freePort } from '../../test/helpers/redis.ts';
import { differences } from '../check.ts';
import { startChild } from '../child.ts';
import { type Contestant, type Figure, inTurns, type Result, ratio } from '../frame.ts';
import type { Loaded } from '../load.ts';
import type { RunDatabase } from '../servers.ts';
import { HTTP_CONNECTIONS, TERNA } from '../settings.ts';
import type { World } from '../world.ts';

export const INTAKE_IDS = ['5a', '5b'];

/** What is answered with 202, by an api without workers: what it takes in stays in the queue. */
export async function intake(world: World): Promise<Result> {
  const { say, sizes, wants } = world;
  const contestants = [
    terna(world),
    ...(wants('5a') ? [contestant(world, 'Express 5 echo', 'bench/bare/echo.ts', async () => [])] : []),
    ...(wants('5b')
      ? [contestant(world, 'one INSERT each', 'bench/bare/insert.ts', wrongRows('intake'))]
      : []),
  ];
  const sides = await inTurns(contestants, sizes.rounds, say);
  const side = (name: string) => sides.find((each) => each.name === name);
  const [own, echo, insert] = [side('Terna'), side('Express 5 echo'), side('one INSERT each')];
  const figures: Figure[] = [];
  if (own && echo) figures.push(ratio(FIGURES.echo, own, echo));
  if (own && insert) figures.push(ratio(FIGURES.insert, own, insert));
  const notes = [
    `${HTTP_CONNECTIONS} connections for ${sizes.intakeSeconds} s, after a second to get warm. The same bodies to all.`,
  ];
  return { figures, sides, notes };
}

function terna(world: World): Contestant {
  return contestant(world, 'Terna', 'bin/api.ts', async (database, count) => [
    ...(await wrongRows('requests')(database, count)),
    ...(await wrongRows('outbox')(database, count)),
    ...(await wrongRows('access_tokens')(database, count)),
  ]);
}

type Wrong = (database: RunDatabase, count: number) => Promise<string[]>;

/** As many rows as were answered with 202, beside those of the past. */
const wrongRows =
  (table: string): Wrong =>
  async ({ ask }, count) => {
    const [row = {}] = await ask<Record<string, number>>(
      `select count(*)::int as "${table}" from ${table} where created_at > now() - interval '1 hour'`,
    );
    return differences({ [table]: count }, row);
  };

function contestant({ servers, sizes }: World, name: string, source: string, wrong: Wrong): Contestant {
  return {
    name,
    unit: '202/s',
    async run() {
      await servers.redis.flushAll();
      const database = await servers.database();
      const port = await freePort();
      const api = await startChild(source, {
        ...TERNA,
        PORT: String(port),
        DATABASE_URL: database.url,
        REDIS_URL: servers.redis.url,
        SMTP_URL: servers.sinkUrl,
      });
      try {
        const load = (from: number, seconds: number) =>
          servers.load.ask<Loaded>('load', {
            port,
            path: '/api/v1/requests',
            connections: HTTP_CONNECTIONS,
            from,
            seconds,
          });
        const warm = await load(0, 1);
        const { sent, statuses, startedAt, endedAt } = await load(warm.sent, sizes.intakeSeconds);
        const accepted = statuses['202'] ?? 0;
        const refused = accepted === sent ? [] : [`answers: ${JSON.stringify(statuses)}`];
        const value = (accepted * 1_000) / (endedAt - startedAt);
        return { value, wrong: [...refused, ...(await wrong(database, accepted + warm.sent))] };
      } finally {
        await api.stop();
        await database.drop();
      }
    },
  };
}

const FIGURES = {
  echo: { id: '5a', name: 'intake: durable 202/s over a bare Express 5 JSON echo/s', target: '>= 0.5' },
  insert: {
    id: '5b',
    name: 'intake: durable 202/s over one INSERT per request through pool.query',
    target: '>= 3',
  },
};

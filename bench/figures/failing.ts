import { wrongIn, wrongInOutbox } from '../check.ts';
import { type Contestant, inTurns, type Result, ratio } from '../frame.ts';
import type { RunDatabase } from '../servers.ts';
import type { World } from '../world.ts';
import { type Engine, ternaEngine } from './engine-runs.ts';

export const FAILING_IDS = ['16'];

/** Every so many-th request makes its draw fail in Postgres, at each attempt: 3 %. */
const EVERY = 33;

/** What a payload that throws costs those beside it: batches that hold one are halved until it stands alone. */
export async function failing(world: World): Promise<Result> {
  const { say, sizes } = world;
  const contestants = [contestant(world, '3 % failing', EVERY), contestant(world, 'none failing', 0)];
  const sides = await inTurns(contestants, sizes.rounds, say);
  const [some, none] = sides;
  const figures = some && none ? [ratio(FIGURE, some, none)] : [];
  return {
    figures,
    sides,
    notes: ['Counted are the requests that can be routed; the engine alone, on Redis.'],
  };
}

function contestant(world: World, name: string, poison: number): Contestant {
  return {
    name,
    unit: 'requests/s',
    async run() {
      await world.servers.redis.flushAll();
      const engine = await ternaEngine(world, 'redis');
      try {
        // On both sides, so that looking for poison costs both the same.
        await engine.database.ask(POISON);
        await engine.route(world.sizes.warmUp);
        const value = await engine.route(world.sizes.engine, poison);
        await engine.stop();
        return { value, wrong: await wrong(engine, poison > 0) };
      } finally {
        await engine.stop();
        await engine.database.drop();
      }
    },
  };
}

const POISON = `
create function poison() returns trigger language plpgsql as $$ begin
  if exists (select from requests where id = new.request_id and title = 'poison') then raise exception 'poison'; end if;
  return new;
end $$;
create trigger poison before insert on draws for each row execute function poison()`;

/** Those that fail are all still promised, with their failure on record; without them, all is as ever. */
async function wrong({ database, routed }: Engine, some: boolean): Promise<string[]> {
  const [found] = await database.ask<{ failing: number; unpromised: number }>(`
    select count(*)::int as failing, count(*) filter (where o.error not like '%poison%' or o.id is null)::int as unpromised
    from requests r left join outbox o on o.payload ->> 'requestId' = r.id::text where r.title = 'poison'`);
  await forgetPoison(database);
  return [
    ...(some === (found?.failing ?? 0) > 0 ? [] : [`${found?.failing} requests that fail`]),
    ...(found?.unpromised === 0 ? [] : [`${found?.unpromised} requests that fail are not on record`]),
    ...(await wrongIn(database, routed())),
    ...(await wrongInOutbox(database, routed())),
  ];
}

async function forgetPoison({ ask }: RunDatabase): Promise<void> {
  await ask(`with bad as (select id from requests where title = 'poison'),
    promises as (delete from outbox where payload ->> 'requestId' in (select id::text from bad)),
    tokens as (delete from access_tokens where subject_id in (select id from bad))
    delete from requests where id in (select id from bad)`);
}

const FIGURE = { id: '16', name: 'requests/s with 3 % of payloads failing over with none', target: '>= 0.8' };

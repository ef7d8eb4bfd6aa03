import { startChild } from '../child.ts';
import { type Contestant, inTurns, percentile, type Result, ratio } from '../frame.ts';
import { pause } from '../inside.ts';
import type { Servers } from '../servers.ts';
import type { World } from '../world.ts';
import { ternaWhole } from './whole-runs.ts';

export const LATENCY_IDS = ['9'];

/** At a fifth of what it can do: how long until the first partner has its mail, beside the hops on that way. */
export async function latency(world: World): Promise<Result> {
  const { say, sizes } = world;
  const servers = await world.telling();
  const most = await capacity(servers, sizes.whole, sizes.warmUp);
  const perSecond = Math.max(1, Math.round(most / 5));
  say(`  it can do ${Math.round(most)} requests/s: measured at ${perSecond}`);
  const load = { perSecond, seconds: sizes.latencySeconds };
  const { warmUp } = sizes;
  const sides = await inTurns(
    [terna(servers, load, warmUp), bareHops(servers, load, warmUp)],
    sizes.rounds,
    say,
  );
  const [own, bare] = sides;
  const figures = own && bare ? [ratio(FIGURE, own, bare)] : [];
  const notes = [
    `At ${perSecond} requests/s for ${sizes.latencySeconds} s, after ${warmUp} to get warm. Terna: from the commit of the request, by Postgres's`,
    'record, to the first mail to a partner accepted. The bare hops: one INSERT committed, three jobs added and taken',
    'up one after the other, one mail accepted, at the same rate, in the same number of processes.',
  ];
  return { figures, sides, notes };
}

/** Requests/s that come through. */
async function capacity(servers: Servers, count: number, warmUp: number): Promise<number> {
  await servers.redis.flushAll();
  const whole = await ternaWhole(servers);
  try {
    await whole.take({ count: warmUp });
    return (await whole.take({ count })).perSecond;
  } finally {
    await whole.stop();
    await whole.database.drop();
  }
}

interface Even {
  perSecond: number;
  seconds: number;
}

/** After the warm-up, at the rate that is measured. */
const SETTLING_S = 2;
/** What the bare hops get warm at. */
const WARMING_PER_SECOND = 75;

function terna(servers: Servers, load: Even, warmUp: number): Contestant {
  return {
    name: 'Terna',
    unit: 'ms (p95)',
    async run() {
      await servers.redis.flushAll();
      const whole = await ternaWhole(servers);
      try {
        // A cold process takes three times as long for each, and a fifth of what it can do is then most of it.
        await whole.take({ count: warmUp });
        await whole.take({ ...load, seconds: SETTLING_S });
        const { loaded } = await whole.take(load);
        const wrong = await whole.wrong();
        const accepted = new Map(await servers.sink.ask<[string, number][]>('accepted'));
        const mails = await whole.database.ask<{ request: string; mail: string; at: number }>(FIRST_MAILS, [
          loaded.startedAt,
        ]);
        const times = new Map<string, number>();
        for (const { request, mail, at } of mails) {
          const ms = (accepted.get(mail) ?? Number.POSITIVE_INFINITY) - at;
          times.set(request, Math.min(ms, times.get(request) ?? Number.POSITIVE_INFINITY));
        }
        if (times.size !== loaded.sent) wrong.push(`${times.size} requests of ${loaded.sent} have a mail`);
        return summary([...times.values()], wrong);
      } finally {
        await whole.stop();
        await whole.database.drop();
      }
    },
  };
}

// The token of intake is written in its transaction and never again: its row knows when that was committed.
const FIRST_MAILS = `
select r.id as request, e.id as mail, extract(epoch from pg_xact_commit_timestamp(t.xmin))::float8 * 1000 as at
from requests r join access_tokens t on t.subject_id = r.id and not t.mailed
join emails e on e.request_id = r.id and e.template = 'lead-new'
where r.created_at >= to_timestamp($1::float8 / 1000)`;

function bareHops(servers: Servers, load: Even, warmUp: number): Contestant {
  return {
    name: 'bare hops',
    unit: 'ms (p95)',
    async run() {
      await servers.redis.flushAll();
      await servers.sink.ask('forget');
      const database = await servers.database();
      const env = { DATABASE_URL: database.url, REDIS_URL: servers.redis.url, SMTP_URL: servers.sinkUrl };
      const adder = await startChild('bench/bare/hops-adder.ts', env);
      const worker = await startChild('bench/bare/hops-worker.ts', env);
      try {
        let from = 0;
        const begin = async (even: Even) => {
          const begun = await adder.ask<[number, number][]>('begin', { ...even, from });
          from += begun.length;
          return begun;
        };
        await begin({ perSecond: WARMING_PER_SECOND, seconds: warmUp / WARMING_PER_SECOND });
        await begin({ ...load, seconds: SETTLING_S });
        const began = await begin(load);
        await pause(500);
        const accepted = new Map(await servers.sink.ask<[string, number][]>('accepted'));
        const times = began.map(([no, at]) => (accepted.get(String(no)) ?? Number.POSITIVE_INFINITY) - at);
        const missing = times.filter((ms) => ms === Number.POSITIVE_INFINITY).length;
        return summary(times, missing === 0 ? [] : [`${missing} mails did not come`]);
      } finally {
        await Promise.all([adder.stop(), worker.stop()]);
        await database.drop();
      }
    },
  };
}

function summary(times: number[], wrong: string[]) {
  const seen = { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
  return { value: percentile(times, 0.95), seen, wrong };
}

const FIGURE = {
  id: '9',
  name: 'commit of a request to first partner mail accepted, p95 at 20 % load, over its bare hops',
  target: '<= 2',
};

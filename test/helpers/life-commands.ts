import fc from 'fast-check';
import { expire as expireJob } from '../../jobs/expire.ts';
import { transaction } from '../../jobs/transaction.ts';
import { doCancel, doChoose, doForward, doMove, doWiden } from './life-acts.ts';
import type { Model, ModelRequest } from './life-model.ts';
import * as acts from './life-model-acts.ts';
import { command, deliverAll, type Step } from './life-steps.ts';
import { PARTNERS, type World } from './life-world.ts';

const nat = fc.nat({ max: 11 });
const nth = <T>(all: T[], index: number): T | undefined => all[index % all.length];

type Run = (model: Model, world: World, request: ModelRequest) => Promise<string[]>;

/** An act upon one of the requests; what it answers must be what the model answers. */
function upon(text: string, index: number, run: Run): Step {
  return command(text, async (model, world) => {
    const request = nth(model.requests, index);
    if (!request) return;
    const [expected, answer] = await run(model, world, request);
    if (expected !== answer) throw new Error(`expected ${expected}, was answered ${answer}`);
  });
}

const partnerOf = (request: ModelRequest, m: number, any: boolean): string =>
  (any ? undefined : nth(request.matches, m)?.partner) ?? nth(PARTNERS, m)?.name ?? 'P0';

const send = fc
  .record({ partner: fc.option(nat, { freq: 3 }), country: fc.constantFrom(null, 'BR', 'BR', 'PT', 'AR') })
  .map(({ partner, country }) =>
    command(`send(${partner}, ${country})`, async (model, world) => {
      if (model.requests.length >= 3) return;
      const to =
        partner === null
          ? undefined
          : nth(
              PARTNERS.filter(({ accepting }) => accepting),
              partner,
            );
      const mode = to ? 'manual' : 'automated';
      const name = acts.send(model, { mode, partner: to?.name ?? null, country });
      await world.send(name, to?.name ?? null, country);
    }),
  );

const choose = fc.record({ r: nat, m: nat, any: fc.boolean() }).map(({ r, m, any }) =>
  upon(`choose(${r}, ${m}, ${any})`, r, async (model, world, request) => {
    const partner = partnerOf(request, m, any);
    return [
      acts.choose(model, request, partner),
      await doChoose(world.deps, world.id(request.name), world.id(partner)),
    ];
  }),
);

const cancel = nat.map((r) =>
  upon(`cancel(${r})`, r, async (model, world, request) => [
    acts.cancel(model, request),
    await doCancel(world.deps, world.id(request.name)),
  ]),
);

const forward = fc.record({ r: nat, p: nat }).map(({ r, p }) =>
  upon(`forward(${r}, ${p})`, r, async (model, world, request) => {
    const partner = partnerOf(request, p, true);
    return [
      acts.forward(model, request, partner),
      await doForward(world.deps, world.id(request.name), world.id(partner)),
    ];
  }),
);

const widen = fc
  .record({ r: nat, country: fc.constantFrom(null, 'PT', 'AR') })
  .map(({ r, country }) =>
    upon(`widen(${r}, ${country})`, r, async (model, world, request) => [
      acts.widen(model, request, country),
      await doWiden(world.deps, world.id(request.name), { country }),
    ]),
  );

const move = fc
  .record({
    r: nat,
    m: nat,
    to: fc.constantFrom<acts.To>('in_progress', 'in_progress', 'won', 'lost', 'lost', 'lost', 'new'),
    reason: fc.constantFrom(undefined, 'no_time' as const, 'budget_too_low' as const),
    version: fc.constantFrom('any', 'any', 'seen', 'stale'),
  })
  .map(({ r, m, to, reason, version }) =>
    upon(`move(${r}, ${m}, ${to}, ${reason}, ${version})`, r, async (model, world, request) => {
      const match = nth(request.matches, m);
      if (!match) return ['ok', 'ok'];
      const opened = match.stands !== 'unopened' && match.stands !== 'dropped';
      const saw = { any: undefined, seen: match.version, stale: match.version - 1 }[version];
      const stale = opened && version === 'stale';
      const expected = stale ? 'stale' : acts.move(model, request, match, to, reason);
      const order = { lostReason: reason, version: saw };
      const [requestId, partnerId] = [world.id(request.name), world.id(match.partner)];
      return [expected, await doMove(world.deps, requestId, partnerId, to, order)];
    }),
  );

const clock = fc.record({ r: nat, thirds: fc.integer({ min: 1, max: 3 }) }).map(({ r, thirds }) =>
  upon(`clock(${r}, ${thirds})`, r, async (_model, world, request) => {
    if (request.status !== 'received' && request.status !== 'unmatched') {
      request.thirds = Math.max(request.thirds, thirds);
      await world.thirdsPassed(request.name, request.thirds);
    }
    return ['ok', 'ok'];
  }),
);

/** The clock runs on and everything due is done: the way to an invitation is short. */
const windowEnds = nat.map((r) =>
  command(`windowEnds(${r})`, async (model, world) => {
    const request = nth(model.requests, r);
    if (!request || request.status === 'received' || request.status === 'unmatched') return;
    request.thirds = 3;
    await world.thirdsPassed(request.name, 3);
    await deliverAll(model, world);
  }),
);

/** One partner refuses and its place is filled, where that may be: the way to the last replacement is short. */
const refusal = nat.map((r) =>
  command(`refusal(${r})`, async (model, world) => {
    await deliverAll(model, world);
    const request = nth(model.requests, r);
    const match = request?.matches.find(({ stands }) => stands === 'new');
    if (!request || !match) return;
    acts.move(model, request, match, 'lost', undefined);
    await doMove(world.deps, world.id(request.name), world.id(match.partner), 'lost');
    await deliverAll(model, world);
  }),
);

const expire = fc.record({ r: nat, m: nat }).map(({ r, m }) =>
  command(`expire(${r}, ${m})`, async (model, world) => {
    const request = nth(model.requests, r);
    const match = request && nth(request.matches, m);
    if (!match) return;
    await world.unmovedForLong(request.name, match.partner);
    await transaction(world.deps, 'job test', async (tx) => tx.enqueue(expireJob, {}));
    const { outbox } = await world.look();
    await world.deliver(outbox.filter(({ job }) => job.startsWith('expire')));
    acts.expire(model, request, match);
  }),
);

/** What clients, partners and the clock do, the frequent ones more often. */
const rare = [send, cancel, widen];
const usual = [choose, choose, forward, forward, forward, move, move, move, move, move, move, move, move];
export const LIFE_COMMANDS = [...rare, ...usual];
export const CLOCK_COMMANDS = [clock, clock, windowEnds, refusal, refusal, refusal, expire];

import fc from 'fast-check';
import { expect } from 'vitest';
import { brokenInvariants } from './life-invariants.ts';
import type { Model } from './life-model.ts';
import { passedOver, perform } from './life-model-jobs.ts';
import { pictureOfModel } from './life-picture.ts';
import type { World } from './life-world.ts';

export type Step = fc.AsyncCommand<Model, World>;
type Row = { id: string; job: string; due: boolean };

/** After each step the database is as the model says, and nothing that must hold is broken. */
export function command(text: string, run: (model: Model, world: World) => Promise<unknown>): Step {
  return {
    check: () => true,
    toString: () => text,
    async run(model, world) {
      await run(model, world);
      for (const { status } of model.requests) world.seen.add(status);
      const { picture } = await world.look();
      expect(picture).toEqual(pictureOfModel(model));
      expect(await brokenInvariants(world.deps.db)).toEqual([]);
    },
  };
}

/** The model does what was done: those of the rows that are gone, in the order of their promise. */
async function follow(model: Model, world: World, rows: Row[]): Promise<Row[]> {
  const { picture, outbox } = await world.look();
  const left = new Set(outbox.map(({ id }) => id));
  const picked = (request: string) =>
    Object.keys(picture.matches)
      .filter((match) => match.startsWith(`${request}/`))
      .map((match) => match.split('/')[1] ?? '')
      .filter((partner) => !model.request(request).matches.some((match) => match.partner === partner));
  for (const { job } of rows.filter(({ id }) => !left.has(id))) perform(model, job, picked);
  expect(passedOver(model)).toEqual([]);
  return rows.filter(({ id }) => left.has(id));
}

/** Round after round, until nothing is due. */
export async function deliverAll(model: Model, world: World): Promise<void> {
  for (let round = 0; ; round += 1) {
    const due = (await world.look()).outbox.filter((row) => row.due);
    if (due.length === 0) return;
    if (round === 30) throw new Error(`due without end: ${due.map(({ job }) => job)}`);
    const kind = due[0]?.job.split(' ')[0];
    const batch = due.filter(({ job }) => job.split(' ')[0] === kind);
    await world.deliver(batch);
    expect(await follow(model, world, batch)).toEqual([]);
  }
}

const nat = fc.nat({ max: 30 });
const rowOf = (rows: Row[], index: number): Row[] => {
  const row = rows[index % rows.length];
  return row ? [row] : [];
};

const all = fc.constant(command('deliverAll', deliverAll));

const one = fc.record({ k: nat, times: fc.constantFrom(1, 1, 2) }).map(({ k, times }) =>
  command(`deliver(${k}, ${times} times)`, async (model, world) => {
    const due = (await world.look()).outbox.filter((row) => row.due);
    const rows = rowOf(due, k);
    for (let time = 0; time < times; time += 1) await world.deliver(rows);
    expect(await follow(model, world, rows)).toEqual([]);
  }),
);

const early = nat.map((k) =>
  command(`deliverEarly(${k})`, async (_model, world) => {
    const rows = rowOf(
      (await world.look()).outbox.filter((row) => !row.due),
      k,
    );
    for (const outcome of await world.deliver(rows)) expect(outcome).toMatchObject({ kind: 'not-now' });
  }),
);

/** Several at once, each twice: of one request only jobs of one kind, so that their order does not matter. */
const several = fc.array(nat, { minLength: 2, maxLength: 6 }).map((ks) =>
  command(`deliverAtOnce(${ks})`, async (model, world) => {
    const due = (await world.look()).outbox.filter((row) => row.due);
    const kindOf = new Map<string, string>();
    const rows = [...new Set(ks.flatMap((k) => rowOf(due, k)))].filter(({ job }) => {
      const [kind = '', subject = ''] = job.split(' ');
      const request = subject.split('/')[0] ?? '';
      if (!kindOf.has(request)) kindOf.set(request, kind);
      return kindOf.get(request) === kind;
    });
    await Promise.all([world.deliver(rows, { atOnce: true }), world.deliver(rows, { atOnce: true })]);
    await follow(
      model,
      world,
      rows.sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }),
);

const crash = fc.record({ k: nat, at: fc.constantFrom(1, 1, 2) }).map(({ k, at }) =>
  command(`crash(${k}, transaction ${at})`, async (model, world) => {
    const due = (await world.look()).outbox.filter((row) => row.due);
    const rows = rowOf(due, k);
    await world.crashing(at, () => world.deliver(rows));
    await world.leasesEnd();
    for (const { job } of await follow(model, world, rows)) {
      const mail = job.replace('send-email ', '');
      if (at === 2 && mail !== job && model.mails.get(mail) === 'pending') model.mails.set(mail, 'sending');
    }
  }),
);

/** What a queue does: in time, early, twice, at once; and what dies doing it. */
export const DELIVERY_COMMANDS = [
  all,
  all,
  all,
  all,
  one,
  one,
  early,
  several,
  several,
  several,
  crash,
  crash,
];

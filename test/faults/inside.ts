import { subscribe } from 'node:diagnostics_channel';
import pg from 'pg';
import { PASSING } from '../../db/points.ts';

/** What the harness tells a process that it runs. */
export type Order =
  /** End as by kill -9, the next time this point is passed; undefined: take that back. */
  | { killAt: string | undefined }
  /** Keep the event loop busy for so many ms. */
  | { block: number }
  /** Read a clock that is so many ms off. */
  | { skew: number };

/** What a process says: it passes this point for the first time in its life. */
export interface Passed {
  passed: string;
}

/*
 * Loaded before the program into each process of a fault run (`--import`). Nothing of this is in the program
 * itself, which only says where it is on a diagnostics channel.
 */
let killAt: string | undefined;
const seen = new Set<string>();

subscribe(PASSING, (point) => {
  const name = String(point);
  if (name === killAt) process.kill(process.pid, 'SIGKILL');
  if (seen.has(name)) return;
  seen.add(name);
  process.send?.({ passed: name } satisfies Passed);
});

const realNow = Date.now.bind(Date);
let skew = 0;
Date.now = () => realNow() + skew;

process.on('message', (order: Order) => {
  if ('killAt' in order) killAt = order.killAt;
  if ('skew' in order) skew = order.skew;
  if ('block' in order) {
    const end = realNow() + order.block;
    while (realNow() < end);
  }
});
/** A planted bug: the program says something else to Postgres than it means to. */
const rewrites: [string, string][] = JSON.parse(process.env.TERNA_REWRITE ?? '[]');
if (rewrites.length > 0) {
  const { query } = pg.Client.prototype;
  const rewritten = (text: string) => rewrites.reduce((all, [from, to]) => all.replaceAll(from, to), text);
  pg.Client.prototype.query = function (this: pg.Client, first: unknown, ...rest: unknown[]) {
    const changed = typeof first === 'string' ? rewritten(first) : first;
    if (changed instanceof Object && 'text' in changed) changed.text = rewritten(String(changed.text));
    return Reflect.apply(query, this, [changed, ...rest]);
  } as typeof query;
}

// Without its harness it has nothing to live for; with it, it ends when the program ends.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();

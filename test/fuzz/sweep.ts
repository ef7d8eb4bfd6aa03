import fc from 'fast-check';
import type { Row } from '../helpers/access-table.ts';
import type { Call } from './call.ts';
import { changed, fitting, pathsOf, type Stock } from './json.ts';
import { everyKind, write } from './nasty.ts';
import type { Pairs } from './pairs.ts';
import {
  addressOf,
  assembled,
  type Content,
  callers,
  documented,
  fieldsOf,
  placesOf,
  queryOf,
  ROWS,
  type Round,
} from './routes.ts';

/**
 * Every parameter, field of a body and field of a form, each with every kind of value that it is not meant for, and
 * left out; all else of the call is as it should be. The order hangs on the routes alone.
 */
export function sweep(round: Round): (() => Call)[] {
  const stock = { schemas: round.document.components.schemas, ids: round.ids, whole: true };
  return ROWS.flatMap((row) => {
    const [caller] = callers(row, round).allowed;
    if (!caller) throw new Error(`nobody may ${row.route}`);
    const address = addressOf(row, placesOf(row, round, caller));
    const usual = queryOf(row, round);
    const fields = fieldsOf(row, round, caller);
    const json: Content = row.json && { json: write(row.json(round.world, caller)) };
    const call = (query: Pairs, content: Content) => () => assembled(row, caller, address, query, content);
    const form: Content = fields && { form: fields };
    return [
      ...queries(row, round).map((query) => call([...usual, ...query], form ?? json)),
      ...bodies(row, round, stock).map((body) => () => call(usual, { json: write(body()) })()),
      ...forms(fields ?? []).map((broken) => call(usual, { form: broken })),
    ];
  });
}

const TEXTS = everyKind([]).map((value) => (typeof value === 'string' ? value : write(value)));

function queries(row: Row, round: Round): Pairs[] {
  const names = [...documented(row, round).query.map(([name]) => name), ...Object.keys(row.query ?? {})];
  return names.flatMap((name) => TEXTS.map((value): Pairs => [[name, value]]));
}

function forms(fields: Pairs): Pairs[] {
  const names = [...new Set(fields.map(([name]) => name))];
  return names.flatMap((name) => {
    const others = fields.filter(([other]) => other !== name);
    return [others, ...TEXTS.map((value): Pairs => [...others, [name, value]])];
  });
}

function bodies(row: Row, round: Round, stock: Stock): (() => unknown)[] {
  const schema = documented(row, round).requestBody?.content['application/json']?.schema;
  if (!schema) return [];
  // The same whole body every time: a place is known by its number.
  const [whole] = fc.sample(fitting(schema, stock), { numRuns: 1, seed: 1 });
  return pathsOf(whole).flatMap((_, place) =>
    [undefined, ...everyKind(round.ids)].map((value) => () => changed(whole, place, () => value)),
  );
}

import fc from 'fast-check';
import type { Caller, Row } from '../helpers/access-table.ts';
import type { Call } from './call.ts';
import { broken, fitting, type Stock } from './json.ts';
import { text, write } from './nasty.ts';
import { brokenPairs, encode, type Pairs } from './pairs.ts';
import { roughened } from './roughen.ts';
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

/** Calls of every route by everybody: as they should be, and broken in every way that is known. */
export function calls(round: Round): fc.Arbitrary<Call> {
  const stock = { schemas: round.document.components.schemas, ids: round.ids };
  return fc.oneof(
    ...ROWS.map((row) => ({
      weight: weightOf(row, round),
      arbitrary: roughened(callsOf(row, round, stock)),
    })),
  );
}

/** The more a call takes in, the more can be wrong with it. */
function weightOf(row: Row, round: Round): number {
  const { query, requestBody } = documented(row, round);
  return 2 + query.length + (requestBody ? 8 : row.json || row.form ? 4 : 0);
}

function callsOf(row: Row, round: Round, stock: Stock): fc.Arbitrary<Call> {
  const { allowed, all } = callers(row, round);
  // Those who may, mostly.
  const caller = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...allowed) },
    { weight: 1, arbitrary: fc.constantFrom(...all) },
  );
  const query = queries(row, round, stock);
  return caller.chain((who) =>
    fc
      .tuple(addresses(row, round, who), query, contents(row, round, stock, who))
      .map(([address, pairs, content]) => assembled(row, who, address, pairs, content)),
  );
}

function addresses(row: Row, round: Round, caller: Caller): fc.Arbitrary<string> {
  const odd = fc.oneof(fc.constantFrom(...round.ids), text.map(inPath));
  const part = (usual: string) =>
    fc.oneof(
      { weight: 8, arbitrary: fc.constant(usual) },
      { weight: 1, arbitrary: fc.constant(usual.toUpperCase()) },
      { weight: 2, arbitrary: odd },
    );
  const places = Object.entries(placesOf(row, round, caller)).map(([name, usual]) => [name, part(usual)]);
  return fc
    .record<Record<string, string>>(Object.fromEntries(places))
    .map((filled) => addressOf(row, filled));
}

// A longer line is refused before anybody reads it; without a name at its end, it is another route's.
const inPath = (segment: string) => encode(segment.slice(0, 500)) || '%20';

function queries(row: Row, round: Round, stock: Stock): fc.Arbitrary<Pairs> {
  const values = documented(row, round).query.map(([name, schema]): [string, fc.Arbitrary<unknown>] => [
    name,
    name === 'cursor' ? cursors(round) : fitting(schema, stock, name),
  ]);
  const fit = fc
    .record<Record<string, unknown>>(Object.fromEntries(values), { requiredKeys: [] })
    .map((record) => Object.entries(record).map(([name, value]): [string, string] => [name, String(value)]))
    .map((pairs) => [...queryOf(row, round), ...pairs]);
  return fc.oneof({ weight: 3, arbitrary: fit }, { weight: 2, arbitrary: fit.chain(brokenPairs) });
}

/** Places in lists: as given, of another list, and forged. */
function cursors({ cursors: given }: Round): fc.Arbitrary<string> {
  const places = given.map((cursor): unknown => JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  const forged = broken(fc.constantFrom(...places), { schemas: {}, ids: ['x'] });
  const known = fc.constantFrom(...given);
  return fc.oneof(
    { weight: 3, arbitrary: known },
    forged.map((place) => Buffer.from(write(place)).toString('base64url')),
    fc.tuple(known, fc.nat(100)).map(([cursor, length]) => cursor.slice(0, length)),
    fc.tuple(known, text).map(([cursor, end]) => cursor + end),
    fc.constantFrom('', 'W10', 'bnVsbA', 'e30', '!!!!', 'x'.repeat(501)),
  );
}

function contents(row: Row, round: Round, stock: Stock, caller: Caller): fc.Arbitrary<Content> {
  const fields = fieldsOf(row, round, caller);
  if (fields)
    return fc
      .oneof({ weight: 1, arbitrary: fc.constant(fields) }, { weight: 4, arbitrary: brokenPairs(fields) })
      .map((form) => ({ form }));
  const schema = documented(row, round).requestBody?.content['application/json']?.schema;
  if (!schema && !row.json) return fc.constant(undefined);
  const usual = fc.constant(row.json?.(round.world, caller));
  const fit = schema ? fitting(schema, stock) : usual;
  const values = fc.oneof(
    { weight: 2, arbitrary: usual },
    { weight: 3, arbitrary: fit },
    { weight: 4, arbitrary: broken(usual, stock) },
    { weight: 4, arbitrary: broken(fit, stock) },
  );
  return values.map((value) => ({ json: write(value) }));
}

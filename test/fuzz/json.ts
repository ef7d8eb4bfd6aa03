import fc from 'fast-check';
import { key, text, value } from './nasty.ts';

/** As much of a JSON Schema as our document has. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
  format?: string;
  example?: unknown;
}

/** What values are made with: the named schemas of the document, and ids of things that exist. */
export interface Stock {
  schemas: Record<string, Schema>;
  ids: string[];
  /** With every field that there is, in lists with one item at least. */
  whole?: boolean;
}

// Codes that are checked in code: a schema says no more of them than that they are strings.
const WORDS: Record<string, string[]> = {
  country: ['BR', 'PT', 'US', 'DE'],
  language: ['pt', 'en', 'es'],
  code: ['pt', 'en', 'es'],
  currency: ['BRL', 'EUR'],
  kind: ['new', 'in_progress', 'won', 'lost'],
  email: ['somebody@clients.example'],
};

/** Values that fit a schema, or nearly: what is checked in code may still refuse them. */
export function fitting(schema: Schema, stock: Stock, name = ''): fc.Arbitrary<unknown> {
  const again = (part: Schema) => fitting(part, stock, name);
  if (schema.$ref) return again(stock.schemas[schema.$ref.replace(/.*\//, '')] ?? {});
  const [either, all] = [schema.anyOf ?? schema.oneOf, schema.allOf];
  if (either && stock.whole) return again(either[0] ?? {});
  if (either) return fc.oneof(...either.map(again));
  if (all) return fc.tuple(...all.map(again)).map((parts) => Object.assign({}, ...parts));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  const types = [schema.type ?? []].flat();
  if (stock.whole && types.length > 1) return again({ ...schema, type: types[0] ?? 'null' });
  if (types.length > 1) return fc.oneof(...types.map((type) => again({ ...schema, type })));
  const [type] = types;
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') return numbers(schema);
  if (type === 'array') return lists(schema, stock, name);
  if (type === 'object') return objects(schema, stock);
  if (type === 'string') return texts(schema, stock, name);
  return fc.jsonValue({ maxDepth: 2 });
}

function numbers({ minimum, exclusiveMinimum, maximum }: Schema): fc.Arbitrary<number> {
  const min = minimum ?? (exclusiveMinimum ?? -1) + 1;
  return fc.integer({ min: Math.max(min, -1_000), max: Math.min(maximum ?? 10_000, 10_000) });
}

function lists({ items = {}, minItems = 0, maxItems = 5 }: Schema, stock: Stock, name: string) {
  const least = Math.max(minItems, stock.whole ? 1 : 0);
  return fc.array(fitting(items, stock, name), {
    minLength: least,
    maxLength: stock.whole ? least : Math.max(least, Math.min(maxItems, 5)),
  });
}

function objects({ properties = {}, required = [], additionalProperties: more }: Schema, stock: Stock) {
  const fields = Object.entries(properties).map(([name, field]) => [name, fitting(field, stock, name)]);
  const known = fc.record<Record<string, unknown>>(
    Object.fromEntries(fields),
    stock.whole ? {} : { requiredKeys: required },
  );
  if (typeof more !== 'object') return known;
  const others = fc.dictionary(fc.constantFrom(...stock.ids), fitting(more, stock), { maxKeys: 3 });
  return fc.tuple(known, others).map(([own, other]) => ({ ...other, ...own }));
}

function texts(
  { format, pattern, minLength = 0, maxLength = 200, example }: Schema,
  stock: Stock,
  name: string,
) {
  const words = WORDS[name] ?? (typeof example === 'string' ? [example] : undefined);
  if (words) return fc.constantFrom(...words);
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...stock.ids), fc.uuid());
  if (format === 'email') return fc.emailAddress();
  if (format === 'date') return day;
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  const limits = { minLength, maxLength: Math.min(maxLength, Math.max(minLength, 200)) };
  return fc.oneof(
    fc.string({ unit: 'grapheme', ...limits }),
    fc.string({ unit: 'grapheme-ascii', ...limits }),
    text.filter(({ length }) => length >= minLength && length <= maxLength),
  );
}

const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

type Change = (whole: unknown) => unknown;

/** Up to three changes that make a fitting value a broken one, each somewhere within it. */
export function broken(whole: fc.Arbitrary<unknown>, { ids }: Stock): fc.Arbitrary<unknown> {
  const change: fc.Arbitrary<Change> = fc.oneof(
    {
      weight: 4,
      arbitrary: value(ids).map(
        (nasty): Change =>
          () =>
            nasty,
      ),
    },
    fc.constant<Change>(() => undefined),
    fc.constant<Change>((old) => [old]),
    fc.constant<Change>((old) => ({ value: old })),
    fc.constant<Change>((old) => (typeof old === 'string' ? Number(old) : JSON.stringify(old))),
    fc.constant<Change>((old) => (Array.isArray(old) ? [...old, ...old] : [])),
    fc.tuple(key, value(ids)).map(
      ([name, nasty]): Change =>
        (old) =>
          extended(old, name, nasty),
    ),
  );
  const changes = fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 3 });
  return fc
    .tuple(whole, changes)
    .map(([start, all]) => all.reduce<unknown>((old, [place, make]) => changed(old, place, make), start));
}

function extended(old: unknown, name: string, nasty: unknown): unknown {
  if (typeof old !== 'object' || old === null || Array.isArray(old)) return { [name]: nasty };
  return Object.fromEntries([...Object.entries(old), [name, nasty]]);
}

/** The value with a change at one of its places, the whole among them. */
export function changed(whole: unknown, place: number, make: Change): unknown {
  const paths = pathsOf(whole);
  const at = (old: unknown, path: string[]): unknown => {
    const [name, ...rest] = path;
    if (name === undefined) return make(old);
    const inner = (old as Record<string, unknown>)[name];
    if (Array.isArray(old)) return old.map((item, n) => (String(n) === name ? at(item, rest) : item));
    return Object.fromEntries([...Object.entries(old as object), [name, at(inner, rest)]]);
  };
  return at(whole, paths[place % paths.length] ?? []);
}

// A long list has more places than are worth while.
const MOST_PLACES = 200;

/** Where the parts of a value are, itself and its inner ones. */
export function pathsOf(whole: unknown, path: string[] = []): string[][] {
  if (typeof whole !== 'object' || whole === null) return [path];
  const inner = Object.entries(whole).slice(0, MOST_PLACES);
  return [path, ...inner.flatMap(([name, item]) => pathsOf(item, [...path, name]))];
}

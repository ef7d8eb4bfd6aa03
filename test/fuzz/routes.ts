import { OPERATIONS } from '../../api/openapi/document.ts';
import { API_AREAS } from '../helpers/access-api.ts';
import { callersOf, isApi } from '../helpers/access-calls.ts';
import { PAGE_AREAS } from '../helpers/access-pages.ts';
import { type Caller, ROLES, type Role, type Row } from '../helpers/access-table.ts';
import type { World } from '../helpers/access-world.ts';
import type { Call } from './call.ts';
import type { Schema } from './json.ts';
import { formText, type Pairs, queryText } from './pairs.ts';

/** What of the OpenAPI document calls are made from. */
export interface Document {
  paths: Record<string, Record<string, DocumentedCall>>;
  components: { schemas: Record<string, Schema> };
}

export interface DocumentedCall {
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

/** What a round of calls is about. */
export interface Round {
  document: Document;
  world: World;
  /** Of everything in the world, and of nothing. */
  ids: string[];
  /** Cursors that lists gave. */
  cursors: string[];
}

// Bull Board is not ours: its routes stand in the table as one, whose method is `any`.
export const ROWS = [...API_AREAS, ...PAGE_AREAS]
  .flatMap(({ rows }) => rows)
  .filter(({ route }) => !route.startsWith('any '));

/** What the document says of a route; of a page, nothing. */
export function documented(
  { route }: Row,
  { document }: Round,
): DocumentedCall & { query: [string, Schema][] } {
  const [method = '', path = ''] = route.split(' ');
  const call = document.paths[path]?.[method] ?? {};
  const query = (call.parameters ?? []).filter((parameter) => parameter.in === 'query');
  return { ...call, query: query.map(({ name, schema }) => [name, schema]) };
}

export const operationOf = (route: string) =>
  OPERATIONS.find(({ method, path }) => `${method} ${path}` === route);

const roles = Object.keys(ROLES) as Role[];

/** All that may call, and all there are. */
export function callers(row: Row, { world }: Round): { allowed: Caller[]; all: Caller[] } {
  const of = (role: Role) => callersOf(world, row, role);
  const mayCall = (role: Role) => row.who[role] === 'yes' || row.who[role] === 'own';
  return { allowed: roles.filter(mayCall).flatMap(of), all: roles.flatMap(of) };
}

/** What stands in an address for the names in braces, when all is well. */
export const placesOf = (row: Row, { world }: Round, caller: Caller): Record<string, string> => ({
  ...row.at?.(world),
  token: caller.link,
});

/** The fields of a form as they should be. */
export function fieldsOf(row: Row, { world }: Round, caller: Caller): Pairs | undefined {
  const fields = row.form?.(world, caller, row.at?.(world) ?? {});
  if (!fields) return undefined;
  return Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
}

/** The parameters that a route needs. */
export const queryOf = (row: Row, { world }: Round): Pairs =>
  Object.entries(row.query ?? {}).map(([name, value]) => [name, value(world)]);

/** What is sent in a body: the text of some JSON, or a form's fields. */
export type Content = { json: string } | { form: Pairs } | undefined;

/** A call of a route, put together. */
export function assembled(row: Row, caller: Caller, address: string, query: Pairs, content: Content): Call {
  const [method = ''] = row.route.split(' ');
  const type = content && ('json' in content ? 'application/json' : 'application/x-www-form-urlencoded');
  const body = content && ('json' in content ? content.json : formText(content.form));
  return {
    route: row.route,
    method: method.toUpperCase(),
    path: address + queryText(query),
    headers: {
      ...caller.headers,
      ...(!isApi(row) && { accept: 'text/html' }),
      ...(type && { 'content-type': type }),
    },
    ...(body !== undefined && { body: Buffer.from(body) }),
  };
}

/** The address of a route, with these names filled in. */
export function addressOf({ route }: Row, places: Record<string, string>): string {
  const [, path = ''] = route.split(' ');
  return path.replace(/\{(\w+)\}/g, (_, name: string) => places[name] ?? '');
}

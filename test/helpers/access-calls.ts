import { mintToken } from '../../db/access-tokens.ts';
import type { Caller, Outcome, Role, Row } from './access-table.ts';
import type { Secrets, World } from './access-world.ts';
import type { Answer, TestApi } from './http-api.ts';

export const OPS_PASSWORD = 'correct horse: battery stäple';

export const OPS_VIEWER_PASSWORD = 'just looking: ñandú';

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

export const isApi = ({ route }: Pick<Row, 'route'>) => / \/api\//.test(route);

/** Everybody of a role, with each thing that it may show for who it is: the API takes bearers, pages take a cookie. */
export function callersOf(world: World, row: Row, role: Role): Caller[] {
  const { link, secrets } = holdings(world, row, role);
  const show = isApi(row) ? bearer : cookie;
  if (role === 'operator') return [{ role, link, headers: basic('ops', OPS_PASSWORD) }];
  if (role === 'viewer') return [{ role, link, headers: basic('viewer', OPS_VIEWER_PASSWORD) }];
  if (secrets.length === 0) return [{ role, link, headers: {} }];
  return secrets.map((secret) => ({ role, link, headers: show(secret) }));
}

/** What a role can show where this route looks for it, and the best it has for a token in an address. */
function holdings(world: World, row: Row, role: Role): { secrets: string[]; link: string } {
  const { client, otherClient, partner, other, admin } = world;
  const signedIn = ({ key, session, signIn }: Secrets) => ({
    secrets: isApi(row) ? [key, session] : [session],
    link: row.opens === 'sign-in' ? signIn : key,
  });
  if (role === 'partner') return signedIn(partner);
  if (role === 'otherPartner') return signedIn(other);
  if (role === 'admin') return signedIn(admin);
  if (role === 'otherClient') return { secrets: [otherClient], link: otherClient };
  if (role !== 'client') return { secrets: [], link: mintToken() };
  const token = row.opens === undefined || row.opens === 'sign-in' ? client.request : client[row.opens];
  return { secrets: [token], link: token };
}

/** Those who hold something and show it where it is not looked for. */
export function misplaced(world: World, row: Row): Caller[] {
  const { partner, admin, client } = world;
  const link = mintToken();
  const as = (headers: Record<string, string>): Caller => ({ role: 'nobody', link, headers });
  const secrets = [partner.key, admin.key, partner.session, admin.session, client.request];
  if (isApi(row)) return secrets.map((secret) => as(cookie(secret)));
  const noSession = [partner.key, admin.key, client.request, partner.signIn];
  return [...secrets.map((secret) => as(bearer(secret))), ...noSession.map((secret) => as(cookie(secret)))];
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const cookie = (secret: string) => ({ cookie: `__Host-terna=${secret}` });

/** Calls the route as this caller would; `at` says otherwise what stands in the address, `method` how it is asked. */
export function ask(
  api: TestApi,
  world: World,
  row: Row,
  caller: Caller,
  { at = {}, method }: { at?: Record<string, string>; method?: string } = {},
): Promise<Answer<unknown>> {
  const [verb = '', path = ''] = row.route.split(' ');
  const filled: Record<string, string> = { ...row.at?.(world), ...at };
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'token' ? caller.link : (filled[name] ?? ''),
  );
  const query = row.query ? `?${new URLSearchParams(queryOf(row, world))}` : '';
  const json = row.json?.(world, caller);
  const form = row.form && Object.entries(row.form(world, caller, filled));
  const fields = form?.flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  return api.call<unknown>(address + query, {
    redirect: 'manual',
    // Programs that ask for no page get a problem as JSON where there is none.
    headers: { ...caller.headers, ...(!isApi(row) && { accept: 'text/html' }) },
    ...(json !== undefined && { json }),
    method: method ?? verb.toUpperCase(),
    ...(fields && { body: new URLSearchParams(fields) }),
  });
}

const queryOf = ({ query = {} }: Row, world: World): [string, string][] =>
  Object.entries(query).map(([name, value]) => [name, value(world)]);

/** What came of a call, if anything that the table knows did. */
export function outcomeOf({ route }: Row, { status, headers }: Answer<unknown>): Outcome | number {
  // Signing out leads there, too: by a form.
  if (status === 303 && headers.get('location') === '/sign-in' && route.startsWith('get ')) return 'sign-in';
  if (status === 401 || status === 403 || status === 404) return String(status) as Outcome;
  return status < 400 ? 'yes' : status;
}

/** An answer without what every answer has of its own, and with `id` for the id that was asked for. */
export function shapeOf({ status, headers, text }: Answer<unknown>, id: string): unknown {
  const kept = [...headers].filter(([name]) => !['date', 'etag', 'content-length'].includes(name));
  // A form that makes something has a new key whenever it is shown.
  const blank = (value: string) => value.replaceAll(id, 'id').replace(/(name="key" value=")[^"]*/g, '$1');
  return { status, headers: kept.map(([name, value]) => [name, blank(value)]), text: blank(text) };
}

/** What of the partner's and its client's is in an answer, beside what the caller sent. */
export function leaks({ text, headers }: Answer<unknown>, world: World, row: Row, caller: Caller): string[] {
  const at = row.at?.(world) ?? {};
  const sent = JSON.stringify([
    at,
    queryOf(row, world),
    row.json?.(world, caller),
    row.form?.(world, caller, at),
  ]);
  const said = text + [...headers].join('\n');
  return world.secret.filter((secret) => !sent.includes(secret) && said.includes(secret));
}

const TABLES = [
  ...['partners', 'admins', 'requests', 'draws', 'matches', 'pipelines', 'stages', 'deals', 'deal_events'],
  ...['reviews', 'emails', 'captured_mails', 'access_tokens', 'idempotency_keys', 'outbox'],
];

/** Another one whenever any row has changed. Of keys and sessions only how many there are: use may be written down. */
export async function fingerprint({ db }: TestApi): Promise<string> {
  const rows = TABLES.map(
    (table) => `(select md5(string_agg(t::text, '\n' order by t::text)) from ${table} t)`,
  );
  const [found] = await db.query<{ all: string }>(
    `select concat_ws(' ', ${rows.join(', ')}, (select count(*) from sessions),
       (select count(*) from api_keys where revoked_at is null)) as all`,
  );
  return found?.all ?? '';
}

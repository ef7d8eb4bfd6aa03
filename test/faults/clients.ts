import { randomUUID } from 'node:crypto';
import { pause } from './pause.ts';
import type { System } from './system.ts';

/** What those outside were told: the verdict holds the database to it. */
export interface Told {
  /** Requests that were answered with 202, and the token of each. */
  accepted: Map<string, string>;
  /** Deals, and the newest version that a partner was told of. */
  versions: Map<string, number>;
  /** Deals that were reviewed, as the client was told. */
  reviews: number;
  /** What should not have been answered, whatever fails. */
  wrong: string[];
  /** Calls that were given up. */
  givenUp: number;
  calls: number;
}

export const nothingTold = (): Told => ({
  accepted: new Map(),
  versions: new Map(),
  reviews: 0,
  wrong: [],
  givenUp: 0,
  calls: 0,
});

export interface Call {
  method?: string;
  token?: string;
  json?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  body: unknown;
}

const PATIENCE_MS = 10_000;

/** Calls one of the apis, as a balancer would choose it. Undefined: no answer, nobody knows what happened. */
export async function call(
  system: System,
  told: Told,
  path: string,
  options: Call = {},
): Promise<Answer | undefined> {
  const { method = options.json === undefined ? 'GET' : 'POST', token, json, headers } = options;
  told.calls += 1;
  const port = system.ports[Math.floor(Math.random() * system.ports.length)];
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    const { status } = response;
    // 503 says "not now"; any other 5xx says that the program did not know what to do.
    if (status >= 500 && status !== 503 && Date.now() > system.unforeseenUntil)
      told.wrong.push(`${method} ${path.replace(/[\w-]{43}/, '<token>')}: ${status} ${text}`);
    return {
      status,
      body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined,
    };
  } catch {
    return undefined;
  }
}

/** Calls until there is an answer that is one. */
export async function insist(
  system: System,
  told: Told,
  path: string,
  options: Call,
): Promise<Answer | undefined> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const answer = await call(system, told, path, options);
    if (answer && answer.status < 500 && answer.status !== 409) return answer;
    if (answer?.status === 409 && (answer.body as { code?: string }).code !== 'in_flight') return answer;
    await pause(150 + Math.random() * 250);
  }
  told.givenUp += 1;
  return undefined;
}

interface Accepted {
  id: string;
  accessToken: string;
}

/** One client: asks, insists until it is told that it was heard, asks again with the same key now and then. */
export async function askForHelp(system: System, told: Told, no: number): Promise<void> {
  const { random } = system;
  const key = randomUUID();
  const chosen = random.chance(0.1) ? random.pick(system.partners) : undefined;
  const body = {
    client: { name: `Client ${no}`, email: `client-${no}@load.example`, locale: no % 2 ? 'en' : 'pt-BR' },
    project: { title: `Project ${no}`, description: 'A shop that needs a CRM.' },
    // Some ask for what nobody offers: they are told so.
    criteria: { services: ['crm-setup'], country: random.chance(0.03) ? 'IS' : 'BR' },
    ...(chosen && { partnerId: chosen.id, criteria: undefined }),
    consent: true,
  };
  const post = (json: unknown) =>
    insist(system, told, '/api/v1/requests', { json, headers: { 'idempotency-key': key } });
  const answers = await Promise.all(random.chance(0.1) ? [post(body), post(body)] : [post(body)]);
  const ids = new Set(
    answers.flatMap((answer) => (answer?.status === 202 ? [(answer.body as Accepted).id] : [])),
  );
  for (const answer of answers) {
    if (answer?.status !== 202) continue;
    const { id, accessToken } = answer.body as Accepted;
    told.accepted.set(id, accessToken);
  }
  if (ids.size > 1) told.wrong.push(`one Idempotency-Key made ${ids.size} requests: ${[...ids].join(', ')}`);
  if (ids.size === 0 || !random.chance(0.1)) return;
  const again = await post(body);
  if (again?.status === 202 && !ids.has((again.body as Accepted).id))
    told.wrong.push('a replay made another request');
  const other = await post({ ...body, project: { title: 'Another', description: 'body' } });
  if (other && other.status !== 422) told.wrong.push(`another body with the same key: ${other.status}`);
}

/** Requests and tokens as the clients' mails have them. */
function mailedLinks({ mail }: System): [string, string][] {
  const links = mail.taken.slice(-400).flatMap(({ links }) => links);
  return links.flatMap((link) => {
    const [, what, id = '', token = ''] = link.split('/');
    return what === 'requests' ? [[id, token]] : [];
  });
}

interface SeenRequest {
  status: string;
  matches: { partner: { id: string }; status: string }[];
}

/** A client that comes back to its page and does what it may do there. */
export async function actAsClient(system: System, told: Told): Promise<void> {
  const { random } = system;
  const known = random.chance(0.3) ? mailedLinks(system) : [...told.accepted].slice(-300);
  if (known.length === 0) return;
  const [id, token] = random.pick(known);
  const path = `/api/v1/requests/${id}`;
  const seen = (await call(system, told, path, { token }))?.body as SeenRequest | undefined;
  if (!seen?.matches) return;
  const live = seen.matches.filter(({ status }) => status === 'sent' || status === 'answered');
  if (seen.status === 'invited' || seen.status === 'unmatched') {
    const others = await call(system, told, `${path}/suggestions`, { token });
    const [first] = (others?.body as { data?: { id: string }[] } | undefined)?.data ?? [];
    if (first) await call(system, told, `${path}/forward`, { token, json: { partnerId: first.id } });
    else if (seen.status === 'unmatched')
      await call(system, told, `${path}/criteria`, {
        token,
        method: 'PATCH',
        json: { services: [], country: 'BR' },
      });
  } else if (random.chance(0.1)) {
    await call(system, told, `${path}/cancel`, { token, method: 'POST' });
  } else if (live.length > 0 && random.chance(0.4)) {
    await call(system, told, `${path}/choice`, { token, json: { partnerId: random.pick(live).partner.id } });
  }
}

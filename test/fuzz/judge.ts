import type { Operation } from '../../api/openapi/operation.ts';
import { Problem } from '../../api/openapi/problem.ts';
import { checkAnswer, expectShape } from '../helpers/openapi-conversation.ts';
import type { Call } from './call.ts';
import { TAG } from './nasty.ts';
import { operationOf } from './routes.ts';
import type { Heard } from './wire.ts';

// Far more than any call takes: a busy machine is not the api's fault, a runaway pattern is.
const MOST_MS = 5_000;

/** What Node's own parser answers before anybody of ours sees the call: no body, and the line is closed. */
const BY_PARSER = [400, 408, 413, 414, 417, 431];

/** What pages answer with when they do not show what was asked for. */
const OF_PAGES = [200, 201, 206, 302, 303, 304, 400, 401, 403, 404, 405, 409, 412, 413, 415, 416, 422];

/** What an error or a page tells of the inside: stacks, SQL, our own paths. */
const INSIDE =
  /node_modules|\.tsx?:\d|\bat (?:async )?[\w.<>]+ \(|\bat file:|violates|relation "|syntax error at|invalid input syntax|ECONNREFUSED|(?:Type|Range|Syntax)Error\b|pg_catalog|Cannot read prop/;

/** What is wrong with an answer: nothing, most of the time. */
export function complaints(call: Call, heard: Heard): string[] {
  const { status, ms } = heard;
  if (ms > MOST_MS) return [`took ${Math.round(ms)} ms`];
  if (call.announced !== undefined) return status >= 500 ? [`${status}`] : [];
  // Refused for its length while it was still being sent.
  if (status === 0)
    return (call.body?.length ?? 0) > 50_000 || isLong(call) ? [] : ['hung up without an answer'];
  if (status >= 500) return [`${status}`];
  if (isParsers(heard)) return call.strayed || call.odd || isLong(call) ? [] : [`${status} of the parser`];
  return [...guarded(heard), ...readable(call, heard), ...asDocumented(call, heard)];
}

const isParsers = ({ status, headers }: Heard) =>
  BY_PARSER.includes(status) && !headers.has('content-security-policy');

// All lines of a call's head together may have 16 kB.
const isLong = ({ path }: Call) => path.length > 14_000;

function guarded({ headers }: Heard): string[] {
  const wanted: [string, RegExp][] = [
    ['content-security-policy', /default-src 'none'.*frame-ancestors '(none|self)'/],
    ['x-content-type-options', /^nosniff$/],
    ['x-frame-options', /^(DENY|SAMEORIGIN)$/],
    ['referrer-policy', /^(no-referrer|same-origin)$/],
  ];
  return wanted.flatMap(([name, value]) => (value.test(headers.get(name) ?? '') ? [] : [`no ${name}`]));
}

/** In UTF-8, of the type it says, with nothing of the inside and no tag of the caller's. */
function readable({ method }: Call, { status, headers, bytes }: Heard): string[] {
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (method === 'HEAD' || bytes.length === 0) return bytes.length > 0 ? ['a body for HEAD'] : [];
  if (headers.has('content-encoding') || !/text|json/.test(type))
    return type === '' ? ['a body of no type'] : [];
  const text = textOf(bytes);
  if (text === undefined) return ['not UTF-8'];
  if (/json/.test(type) && !isJson(text)) return ['no JSON'];
  const tag = TAG.slice(0, TAG.indexOf(' '));
  if (type === 'text/html' && text.includes(tag)) return ['a tag of the caller’s in HTML'];
  return (status >= 400 || type === 'text/html') && INSIDE.test(text)
    ? [`tells of the inside: ${INSIDE.exec(text)?.[0]}`]
    : [];
}

function asDocumented(call: Call, heard: Heard): string[] {
  const { status, headers } = heard;
  const location = headers.get('location');
  if (location && !/^\/(?![/\\])/.test(location)) return [`leads away, to ${location}`];
  const operation = operationOf(call.route);
  if (operation && !call.strayed) return fromApi(operation, call, heard);
  if (call.strayed) return status >= 400 && !isError(heard, call) ? [`${status} is no problem`] : [];
  if (!OF_PAGES.includes(status)) return [`${status} from a page`];
  return status >= 400 && !isError(heard, call) ? [`${status} is no page`] : [];
}

/** Refusals are problems, or pages where pages are asked for. */
function isError({ headers, bytes }: Heard, { method }: Call): boolean {
  const type = headers.get('content-type') ?? '';
  if (method === 'HEAD') return /^(application\/problem\+json|text\/html)/.test(type);
  if (type.startsWith('application/problem+json'))
    return Problem.safeParse(JSON.parse(bytes.toString())).success;
  return type.startsWith('text/html; charset=utf-8');
}

function fromApi(operation: Operation, call: Call, { status, headers, bytes }: Heard): string[] {
  // These are said once for all calls, at the head of the document.
  if (status === 304 && headers.get('etag') && call.odd && operation.method === 'get') return [];
  const text = bytes.toString();
  try {
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    if ([400, 413, 415].includes(status) && mayHaveBody(call) && !operation.body)
      expectShape(Problem, body, 'a body that nobody asked for');
    else checkAnswer(operation, { status, headers, text, body });
    return [];
  } catch (error) {
    return [`${status}: ${(error as Error).message.slice(0, 500)}`];
  }
}

const mayHaveBody = ({ method, body }: Call) => method !== 'GET' || body !== undefined;

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

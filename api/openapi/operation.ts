import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { CREDENTIALS, type Credential } from './credentials.ts';
import { RESPONSE_HEADERS, type ResponseHeader } from './headers.ts';
import { Problem, problemExample } from './problem.ts';

/** One call of the API: what goes in, what comes out, and all that may go wrong. */
export interface Operation {
  /** The operationId. */
  id: string;
  method: 'get' | 'post' | 'patch' | 'delete';
  /** With parameters in braces: `/api/v1/deals/{id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** Absent: open to anybody. */
  credential?: Credential;
  params?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: Shown;
  answer: Answer;
  /** Its own problems: codes by status. `problemsOf` adds those of every call, with credential or body. */
  problems?: Record<number, string[]>;
  /** Answers that are neither what was asked for nor a problem. */
  others?: Answer[];
  /** It asks neither for a credential nor for the database: nothing of it is a problem. */
  bare?: true;
}

/** A JSON body, with one that says what it looks like. */
export interface Shown {
  schema: z.ZodType;
  example: unknown;
}

/** Without `json`: no body. */
export interface Answer {
  status: number;
  description: string;
  json?: Shown;
  headers?: ResponseHeader[];
}

const OF_CREDENTIALS = { 401: ['no_credential'] };
const OF_BODIES = {
  400: ['malformed_json'],
  413: ['too_large'],
  415: ['unsupported_media_type'],
  422: ['invalid'],
};
// Whatever is no GET.
const OF_WRITES = { 429: ['too_many_requests'] };
// An API key that only reads, where something else is asked of it.
const OF_KEYS = { 403: ['read_only_key'] };
// A path whose percent signs cannot be read.
const OF_PATHS = { 400: ['bad_request'] };
const OF_QUERIES = { 422: ['invalid'] };
const OF_ALL = { 500: ['internal'], 503: ['unavailable'] };

/** Every problem that a call may answer with: codes by status, in the order of statuses. */
export function problemsOf({
  method,
  credential,
  params,
  body,
  query,
  problems = {},
  bare,
}: Operation): Map<number, string[]> {
  const sources: Record<number, string[]>[] = [
    credential ? OF_CREDENTIALS : {},
    body ? OF_BODIES : {},
    method === 'get' ? {} : OF_WRITES,
    method !== 'get' && (credential === 'partner' || credential === 'admin') ? OF_KEYS : {},
    params ? OF_PATHS : {},
    query ? OF_QUERIES : {},
    problems,
    bare ? {} : OF_ALL,
  ];
  const all = new Map<number, string[]>();
  for (const [status, codes] of sources.flatMap((source) => Object.entries(source))) {
    all.set(Number(status), [...new Set([...(all.get(Number(status)) ?? []), ...codes])]);
  }
  return new Map([...all].sort(([a], [b]) => a - b));
}

/** The call as the generator of the document takes it. */
export function routeOf(operation: Operation): RouteConfig {
  const { id, method, path, tag, summary, description, credential } = operation;
  const { params, query, headers, body, answer, others = [] } = operation;
  const problems = [...problemsOf(operation)].map(([status, codes]) => [
    status,
    problemAnswer(status, codes, operation),
  ]);
  return {
    method,
    path,
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: credential ? [{ [CREDENTIALS[credential].scheme]: [] }] : [],
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(headers && { headers }),
      ...(body && { body: { required: true, content: { 'application/json': body } } }),
    },
    responses: {
      ...Object.fromEntries([answer, ...others].map((each) => [each.status, plainAnswer(each)])),
      ...Object.fromEntries(problems),
    },
  };
}

function plainAnswer({ description, json, headers = [] }: Answer) {
  const shown = headers.map((name) => [name, RESPONSE_HEADERS[name]]);
  return {
    description,
    ...(headers.length > 0 && { headers: Object.fromEntries(shown) }),
    ...(json && { content: { 'application/json': json } }),
  };
}

function problemAnswer(status: number, codes: string[], { query }: Operation) {
  const headers: ResponseHeader[] =
    status === 503 || status === 429 ? ['Retry-After'] : status === 401 ? ['WWW-Authenticate'] : [];
  const example = problemExample(status, codes[0] ?? '', query?.shape.cursor !== undefined);
  return {
    ...plainAnswer({
      status,
      description: `\`code\`: ${codes.map((code) => `\`${code}\``).join(', ')}`,
      headers,
    }),
    content: { 'application/problem+json': { schema: Problem, example } },
  };
}

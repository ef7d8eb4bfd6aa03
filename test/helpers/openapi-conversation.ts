import { expect } from 'vitest';
import type { z } from 'zod';
import { OPERATIONS } from '../../api/openapi/document.ts';
import { type Operation, problemsOf } from '../../api/openapi/operation.ts';
import { Problem } from '../../api/openapi/problem.ts';
import type { Answer, TestApi } from './http-api.ts';

/** What is sent with a call; `at` fills the `{id}` of its path, `body` is sent as it is. */
export interface Ask {
  at?: string;
  query?: Record<string, string>;
  token?: string;
  json?: unknown;
  body?: string;
  headers?: Record<string, string>;
}

/** A talk with the API in which every answer is held against the document. */
export interface Conversation {
  api: TestApi;
  /** Makes a call by its operationId, which must answer with this status, as documented. */
  ask<Body = unknown>(id: string, status: number, ask?: Ask): Promise<Body>;
  /** The statuses heard so far, by operationId. */
  heard: Map<string, number[]>;
}

export function converse(api: TestApi, heard: Map<string, number[]> = new Map()): Conversation {
  return {
    api,
    heard,
    async ask<Body>(id: string, status: number, ask: Ask = {}) {
      const operation = OPERATIONS.find((each) => each.id === id);
      if (!operation) throw new Error(`no operation ${id}`);
      const answer = await send(api, operation, ask);
      expect(answer.status, `${id}: ${answer.text}`).toBe(status);
      checkAnswer(operation, answer);
      heard.set(id, [...(heard.get(id) ?? []), status]);
      return answer.body as Body;
    },
  };
}

function send(api: TestApi, { method, path }: Operation, ask: Ask): Promise<Answer<unknown>> {
  const { at = '', query = {}, token, json, body, headers = {} } = ask;
  const parameters = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
  return api.call<unknown>(`${path.replace('{id}', at)}${parameters}`, {
    method: method.toUpperCase(),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(token !== undefined && { token }),
    ...(json !== undefined && { json }),
    ...(body !== undefined && { body }),
  });
}

/** The answer is one that the document has for this call. */
export function checkAnswer(operation: Operation, { status, headers, text, body }: Answer<unknown>): void {
  const type = headers.get('content-type')?.split(';')[0] ?? null;
  const said = `${operation.id} ${status}`;
  const plain = [operation.answer, ...(operation.others ?? [])].find((answer) => answer.status === status);
  if (!plain) {
    checkProblem(operation, status, type, body);
    return;
  }
  for (const name of plain.headers ?? []) expect(headers.get(name), `${said}: ${name}`).toBeTruthy();
  const location = headers.get('location');
  if (location) expect(plain.headers, said).toContain('Location');
  if (headers.get('etag')?.match(/^"\d+"$/)) expect(plain.headers, said).toContain('ETag');
  if (!plain.json) {
    expect([type, text], said).toEqual([null, '']);
    return;
  }
  expect(type, said).toBe('application/json');
  expectShape(plain.json.schema, body, said);
}

function checkProblem(operation: Operation, status: number, type: string | null, body: unknown): void {
  const said = `${operation.id} ${status}`;
  const codes = problemsOf(operation).get(status);
  expect(codes, `${said} is not documented`).toBeDefined();
  expect(type, said).toBe('application/problem+json');
  const problem = expectShape(Problem, body, said);
  expect(codes, said).toContain(problem.code);
  expect(problem.status, said).toBe(status);
}

/** The value has all that the schema asks for, and no field that it does not know. */
export function expectShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  said: string,
): z.infer<Schema> {
  const { data, error } = schema.safeParse(value);
  expect(error?.issues, said).toBeUndefined();
  // Fields that the schema does not know are not in `data`.
  expect(value, said).toEqual(data);
  return data as z.infer<Schema>;
}

// What breaks here and not in the call: a test takes the database away from two calls, for all.
const OURS = [500, 503];

/** Documented statuses that no answer had yet, as `getDeal 404`. */
export function unheard(heard: Map<string, number[]>): string[] {
  return OPERATIONS.flatMap((operation) => {
    const problems = [...problemsOf(operation).keys()].filter((status) => !OURS.includes(status));
    const others = (operation.others ?? []).map(({ status }) => status);
    return [operation.answer.status, ...others, ...problems]
      .filter((status) => !heard.get(operation.id)?.includes(status))
      .map((status) => `${operation.id} ${status}`);
  });
}

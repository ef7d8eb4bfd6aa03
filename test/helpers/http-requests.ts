import { expect } from 'vitest';
import type { Template } from '../../db/emails.ts';
import type { TestApi } from './http-api.ts';
import { requestBody } from './requests.ts';

export const REQUESTS = '/api/v1/requests';

/** What the contract says a 202 holds. */
export interface Accepted {
  id: string;
  mode: 'automated' | 'manual';
  status: string;
  accessToken: string;
  trackingUrl: string;
}

/** What the contract says a client sees of a request. */
export interface SeenRequest {
  id: string;
  mode: string;
  status: string;
  answerDueAt: string | null;
  matches: {
    partner: { id: string; slug: string; title: string; name: string };
    status: string;
    reasons: string[];
    answeredAt: string | null;
  }[];
}

export interface SeenMail {
  to: string;
  subject: string;
  text: string;
  html: string;
  template: Template;
  locale: string;
  createdAt: string;
}

/** Sends a request that must be accepted. */
export async function send(
  api: TestApi,
  overrides: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Accepted> {
  const { status, body, text } = await api.call<Accepted>(REQUESTS, {
    json: requestBody(overrides),
    headers,
  });
  expect(status, text).toBe(202);
  return body;
}

/** The request as its client sees it. */
export async function look(api: TestApi, { id, accessToken }: Accepted): Promise<SeenRequest> {
  const { status, body, text } = await api.call<SeenRequest>(`${REQUESTS}/${id}`, { token: accessToken });
  expect(status, text).toBe(200);
  return body;
}

/** Sends a request, lets the workers do their part, and looks. */
export async function sendAndRoute(
  api: TestApi,
  overrides: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<SeenRequest> {
  const accepted = await send(api, overrides, headers);
  await api.deliver();
  return look(api, accepted);
}

/** Captured mails, newest first. */
export async function mailsTo(api: TestApi, to: string): Promise<SeenMail[]> {
  const path = `/dev/mail.json?to=${encodeURIComponent(to)}`;
  return (await api.call<{ data: SeenMail[] }>(path)).body.data;
}

/** Rows of every table that intake writes. */
export async function written(api: TestApi): Promise<Record<string, number>> {
  const [counts] = await api.db.query<Record<string, number>>(
    `select (select count(*)::int from requests) as requests, (select count(*)::int from access_tokens) as tokens,
       (select count(*)::int from outbox) as promises, (select count(*)::int from idempotency_keys) as keys`,
  );
  return counts ?? {};
}

/** A JSON object without one field: `without(body, 'client', 'email')`. */
export function without(object: Record<string, unknown>, ...path: string[]): Record<string, unknown> {
  const [field = '', ...deeper] = path;
  const { [field]: inner, ...rest } = object;
  if (deeper.length === 0) return rest;
  return { ...rest, [field]: without(inner as Record<string, unknown>, ...deeper) };
}

/** A JSON object with one field set: `withField(body, 1, 'client', 'name')`. */
export function withField(
  object: Record<string, unknown>,
  value: unknown,
  ...path: string[]
): Record<string, unknown> {
  const [field = '', ...deeper] = path;
  if (deeper.length === 0) return { ...object, [field]: value };
  return {
    ...object,
    [field]: withField((object[field] ?? {}) as Record<string, unknown>, value, ...deeper),
  };
}

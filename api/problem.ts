import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { isTemporary } from '../db/connect.ts';
import { StaleVersion } from '../life/move-deal.ts';
import { NotPossible } from '../life/not-possible.ts';
import type { Log } from '../log.ts';

/** One thing that is wrong with a request: where (a JSON pointer), what (for machines), what (for people). */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

/** An answer that is not what was asked for, as RFC 9457 has it. Thrown anywhere below a route. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[] | undefined;
  /** For `Retry-After`: in so many seconds the same may work. */
  readonly retryAfterS: number | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    errors?: FieldError[],
    retryAfterS = status === 503 ? 2 : undefined,
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.retryAfterS = retryAfterS;
  }
}

export const notFound = () =>
  new Problem(404, 'not_found', 'There is nothing here, or it is not yours to see.');

/**
 * The value that a schema makes of the input.
 * @throws Problem 422 that lists every field that is wrong
 */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = fieldErrorsOf(parsed.error, input);
  throw new Problem(422, 'invalid', 'Some fields are missing or wrong; see errors.', errors);
}

/** What a schema found wrong with an input, field by field. */
export function fieldErrorsOf(error: z.ZodError, input: unknown): FieldError[] {
  return error.issues.flatMap((issue) => fieldErrors(issue, input));
}

function fieldErrors(issue: z.core.$ZodIssue, input: unknown): FieldError[] {
  const at = (path: PropertyKey[]) =>
    path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: at([...issue.path, key]),
      code: 'unknown_field',
      detail: 'This field is not known.',
    }));
  }
  if (issue.path.length > 0 && valueAt(input, issue.path) === undefined) {
    return [{ pointer: at(issue.path), code: 'required', detail: 'is required' }];
  }
  const code = issue.code === 'custom' ? String(issue.params?.code ?? 'invalid') : issue.code;
  return [{ pointer: at(issue.path), code, detail: issue.message }];
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    input,
  );
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

/** Writes a problem as `application/problem+json`. */
export function sendProblem(response: Response, problem: Problem): void {
  const { status, code, message, errors } = problem;
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  sayWhen(response, problem);
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: TITLES[status] ?? 'Error',
        status,
        code,
        detail: message,
        errors,
      }),
    );
}

/** When to try again, where that is known. */
export function sayWhen(response: Response, { retryAfterS }: Problem): void {
  if (retryAfterS !== undefined) response.set('Retry-After', String(retryAfterS));
}

/** For the methods that a known path does not have: 405, naming those that it has. */
export function only(...methods: string[]): RequestHandler {
  return (_request, response) => {
    response.set('Allow', methods.join(', '));
    throw new Problem(405, 'method_not_allowed', `This address knows ${methods.join(', ')}.`);
  };
}

/** The one place where errors become statuses. What nobody foresaw is logged and shown as a plain 500. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = toProblem(error);
    logProblem(log, problem, error, request.route?.path);
    sendProblem(response, problem);
  };
}

/** What is not the caller's doing is written down: an ERROR means that a person must act. */
export function logProblem(log: Log, { status }: Problem, error: unknown, route: string | undefined): void {
  if (status < 500) return;
  const { message, stack } = error as Error;
  log[status === 503 ? 'warn' : 'error']({ error: message, stack, route }, 'request failed');
}

/** What an error is to whoever asked. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof NotPossible)
    return new Problem(error.code.startsWith('unknown_') ? 422 : 409, error.code, error.message);
  if (error instanceof StaleVersion)
    return new Problem(412, 'stale', 'The deal was moved meanwhile. Read it again.');
  return ofParser(error) ?? ofDependency(error);
}

/** What express and its body parser throw: status, and a type that says what is wrong. */
function ofParser(error: unknown): Problem | undefined {
  const { status, type, code } = error as { status?: number; type?: string; code?: string };
  if (type === 'entity.too.large') return new Problem(413, 'too_large', 'The body is too large.');
  if (type === 'entity.parse.failed')
    return new Problem(400, 'malformed_json', 'The body is not well-formed JSON.');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new Problem(
      415,
      'unsupported_media_type',
      'Send JSON in UTF-8, with no encoding or one of gzip, deflate, br.',
    );
  }
  // More came than was announced: Node's parser tells whoever reads the body.
  if (code?.startsWith('HPE_')) return new Problem(400, 'bad_request', 'The request is malformed.');
  // What zlib says of it has a code of its own. So has a caller that hangs up in the middle: it hears nothing.
  if (status === 400 && code !== undefined)
    return new Problem(400, 'malformed_json', 'The body is not packed as its Content-Encoding says.');
  if (status !== undefined && status >= 400 && status < 500)
    return new Problem(status, 'bad_request', 'The request is malformed.');
  return undefined;
}

function ofDependency(error: unknown): Problem {
  if (isTemporary(error))
    return new Problem(503, 'unavailable', 'The database does not answer just now. Try again in a moment.');
  return new Problem(500, 'internal', 'Something went wrong here; it is logged.');
}

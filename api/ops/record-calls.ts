import { appRoutes } from '@bull-board/api/dist/routes.js';
import type { Request, RequestHandler } from 'express';
import { type Action, beginAction, endAction } from '../../db/audit.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problem.ts';
import { SAFE } from '../safe-methods.ts';

/**
 * Puts what operators do on the board on record, before it is done: no record, no act. The queue is no part of a
 * transaction, so how it ended is written afterwards; a record that stays without an end says that nobody saw it.
 * What Bull Board does not declare as a call of its own is not let through.
 */
export function recordCalls({ db, log }: ApiDeps): RequestHandler {
  return async (request, response, next) => {
    if (SAFE.has(request.method)) return next();
    const action = actionOf(request);
    if (!action) throw notFound();
    const id = await beginAction(db.writing('board act'), { kind: 'operator' }, action);
    response.once('close', () => {
      if (!response.writableFinished) return;
      const outcome = response.statusCode < 400 ? 'done' : 'failed';
      endAction(db.writing('board act'), id, outcome).catch((error: Error) =>
        log.warn({ id, error: error.message }, 'end of an operator’s act not recorded'),
      );
    });
    next();
  };
}

/** Every call that changes something, under the name that its fixed parts make: `board.retry`, `board.rate-limit-release`. */
const CALLS = appRoutes.api
  .flatMap(({ method, route }) =>
    [method].flat().flatMap((verb) => [route].flat().map((path) => ({ verb: verb.toUpperCase(), path }))),
  )
  .filter(({ verb }) => !SAFE.has(verb))
  .map(({ verb, path }) => ({
    verb,
    // As Express reads it: in either case, with or without a slash at the end.
    pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`, 'i'),
    name: `board.${path
      .split('/')
      .slice(3)
      .filter((part) => !part.startsWith(':'))
      .join('-')}`,
  }));

function actionOf({ method, path }: Request): Action | undefined {
  const call = CALLS.find(({ verb, pattern }) => verb === method && pattern.test(path));
  if (!call) return undefined;
  const { queueName: queue, jobId, ...detail } = known(call.pattern.exec(path)?.groups ?? {});
  const { name: action } = call;
  if (jobId === undefined) return { action, subject: { kind: 'queue', id: queue ?? null }, detail };
  return { action, subject: { kind: 'job', id: jobId }, detail: { ...detail, queue } };
}

/** What may be written down of an address that anybody may have typed: what looks like the name of a queue or an id. */
function known(named: Record<string, string>): Record<string, string> {
  const texts = Object.entries(named).map(([name, value]) => [name, decoded(value)] as const);
  return Object.fromEntries(texts.filter(([, value]) => /^[\w:-]{1,100}$/.test(value)));
}

/** As Express decodes it; it answers 400 to what cannot be. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Config } from '../../config.ts';
import { Problem } from '../problem.ts';
import { SAFE } from '../safe-methods.ts';

export const OPS_USER = 'ops';
export const VIEWER_USER = 'viewer';

type User = typeof OPS_USER | typeof VIEWER_USER;
type Passwords = Pick<Config, 'opsPassword' | 'opsViewerPassword'>;

/** Whether anybody can show that it is an operator; where nobody can, operators' pages do not exist. */
export function hasOperators({ opsPassword, opsViewerPassword }: Passwords): boolean {
  return opsPassword !== undefined || opsViewerPassword !== undefined;
}

/** Lets operators through by HTTP Basic, compared in constant time, and viewers as long as they only look. */
export function requireOperator({ opsPassword, opsViewerPassword }: Passwords): RequestHandler {
  const known = [
    { user: OPS_USER, password: opsPassword },
    { user: VIEWER_USER, password: opsViewerPassword },
  ].flatMap(({ user, password }) => (password === undefined ? [] : [{ user, hash: digest(user, password) }]));
  return (request, response, next) => {
    response.set('Cache-Control', 'no-store');
    const [, given = ''] = /^Basic +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const shown = digest(Buffer.from(given, 'base64').toString());
    const found = known.filter(({ hash }) => timingSafeEqual(hash, shown));
    if (!found[0]) {
      response.set('WWW-Authenticate', 'Basic realm="Terna operators", charset="UTF-8"');
      response.status(401).send('Operators only.');
      return;
    }
    response.locals.operator = found[0].user;
    if (isViewer(response) && !SAFE.has(request.method))
      throw new Problem(403, 'view_only', 'The viewer’s password only looks. Use the operators’ password.');
    next();
  };
}

/** Who is here may only look; behind `requireOperator`. */
export function isViewer(response: Response): boolean {
  const user: User | undefined = response.locals.operator;
  return user !== OPS_USER;
}

function digest(...parts: string[]): Buffer {
  return createHash('sha256').update(parts.join(':')).digest();
}

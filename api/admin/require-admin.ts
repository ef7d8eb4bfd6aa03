import type { RequestHandler } from 'express';
import type { Sql } from '../../db/connect.ts';
import { principalOfCaller } from '../credentials.ts';
import { Problem } from '../problem.ts';

/** Lets through an administrator's API key or session; to all others everything below is 401. */
export function requireAdmin(sql: Sql): RequestHandler {
  return async (request, _response, next) => {
    const principal = await principalOfCaller(sql, request);
    if (principal?.role !== 'admin')
      throw new Problem(401, 'bad_credential', 'This is not the API key or session of an administrator.');
    next();
  };
}

import type { RequestHandler } from 'express';
import type { Sql } from '../../db/connect.ts';
import { requireAdministrator } from '../credentials.ts';

/** Lets through an administrator's API key or session; to all others everything below is 401. */
export function requireAdmin(sql: Sql): RequestHandler {
  return async (request, _response, next) => {
    await requireAdministrator(sql, request);
    next();
  };
}

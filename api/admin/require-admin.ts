import type { RequestHandler } from 'express';
import type { Database } from '../../db/connect.ts';
import { noteActor } from '../actor.ts';
import { requireAdministrator } from '../credentials.ts';

/** Lets through an administrator's API key or session, and notes whose; to all others everything below is 401. */
export function requireAdmin(db: Database): RequestHandler {
  return async (request, response, next) => {
    noteActor(response, await requireAdministrator(db, request));
    next();
  };
}

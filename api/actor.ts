import type { Response } from 'express';
import type { Actor } from '../db/audit.ts';
import { notFound } from './problem.ts';

/** Notes who acts. The guards of administrators' routes do: nobody gets past one without a name. */
export function noteActor(response: Response, actor: Actor): void {
  response.locals.actor = actor;
}

/** Who acts, for the record (db/audit.ts); only behind a guard of administrators, of the API or of pages. */
export function actorOf(response: Response): Actor {
  const actor: Actor | undefined = response.locals.actor;
  if (!actor) throw notFound();
  return actor;
}

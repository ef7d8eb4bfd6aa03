import { type Response, Router } from 'express';
import { type Action, recordAction } from '../../../db/audit.ts';
import type { Sql } from '../../../db/connect.ts';
import { endOwnSession, endSessions, ownSessions, type SessionView } from '../../../db/own-sessions.ts';
import type { SignedIn } from '../../../db/sessions.ts';
import type { ApiDeps } from '../../deps.ts';
import { pathId } from '../../path-id.ts';
import { notFound } from '../../problem.ts';
import { viewOf } from '../context.ts';
import { cookieOptions, sessionCookie } from '../cookies.ts';

// The one used last comes first: what is left out is worth a click on "everywhere".
const SHOWN_SESSIONS = 100;

/** The sessions of whoever looks at the page. */
export function sessionsOf(sql: Sql, response: Response): Promise<SessionView[]> {
  return ownSessions(sql, personId(viewerOf(response)), SHOWN_SESSIONS);
}

/**
 * Signing out of one browser or of all, below the page that lists them.
 * @param showGone shows that page as it stands now: the browser is signed out already, or another's
 */
export function browserRoutes(
  { db, config }: ApiDeps,
  path: string,
  showGone: (response: Response) => Promise<void>,
): Router {
  const router = Router();

  const leave = (response: Response) => {
    response.clearCookie(sessionCookie(config), cookieOptions(config));
    response.redirect(303, '/sign-in');
  };

  router.post(`${path}/sessions/:id/sign-out`, async (request, response) => {
    const viewer = viewerOf(response);
    const id = pathId(request.params.id);
    const ended = await db.transaction('session end', async (sql) => {
      const had = await endOwnSession(sql, personId(viewer), id);
      if (had) await recordOfAdmin(sql, viewer, { action: 'session.end', subject: { kind: 'session', id } });
      return had;
    });
    if (!ended) return showGone(response);
    if (id === viewer.sessionId) return leave(response);
    response.redirect(303, `${path}?done=signed-out#browsers`);
  });

  router.post(`${path}/sign-out`, async (_request, response) => {
    const viewer = viewerOf(response);
    await db.transaction('session end', async (sql) => {
      await endSessions(sql, personId(viewer));
      await recordOfAdmin(sql, viewer, { action: 'session.end-all', subject: { kind: 'session', id: null } });
    });
    leave(response);
  });

  return router;
}

function viewerOf(response: Response): SignedIn {
  const { viewer } = viewOf(response);
  if (!viewer) throw notFound();
  return viewer;
}

/** What administrators do is on record, with their own account too; what partners do with theirs is not. */
async function recordOfAdmin(sql: Sql, viewer: SignedIn, action: Action): Promise<void> {
  if (viewer.role === 'admin') await recordAction(sql, { kind: 'admin', id: viewer.adminId }, action);
}

const personId = (viewer: SignedIn) => (viewer.role === 'partner' ? viewer.partnerId : viewer.adminId);

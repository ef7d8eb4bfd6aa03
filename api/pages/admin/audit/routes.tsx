import { Router } from 'express';
import { actionsOnRecord } from '../../../../db/audit-list.ts';
import { auditPage } from '../../../admin/read-audit.ts';
import type { ApiDeps } from '../../../deps.ts';
import { adminAuditQuery } from '../../../schemas-audit.ts';
import { knownParts } from '../../known-parts.ts';
import { show } from '../../show.tsx';
import { AuditPage } from './page.tsx';

const PER_PAGE = '30';

/** What administrators and operators did. */
export function auditPages({ db }: ApiDeps): Router {
  const router = Router();

  router.get('/', async (request, response) => {
    const { actor, actorId, action, subjectId, cursor } = request.query;
    const asked = { actor, actorId, action, subjectId, cursor, limit: PER_PAGE };
    const { known, flawed } = knownParts(adminAuditQuery, asked);
    const found = await auditPage(db, known);
    const { limit: _, cursor: __, ...query } = known;
    show(
      response,
      <AuditPage query={query} flawed={flawed} found={found} actions={await actionsOnRecord(db)} />,
    );
  });

  return router;
}

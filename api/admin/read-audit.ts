import { z } from 'zod';
import { type AuditRecord, listActions } from '../../db/audit-list.ts';
import type { Sql } from '../../db/connect.ts';
import { decodeCursor, type Page, pageOf } from '../cursor.ts';
import type { adminAuditQuery } from '../schemas-audit.ts';

/** A page of what administrators and operators did, newest first. */
export async function auditPage(
  sql: Sql,
  { limit, cursor, ...filter }: z.infer<typeof adminAuditQuery>,
): Promise<Page<AuditRecord>> {
  const before = decodeCursor(z.uuid(), cursor);
  const rows = await listActions(sql, filter, { before, limit: limit + 1 });
  return pageOf(rows, limit, (last) => last.id);
}

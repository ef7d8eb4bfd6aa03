import { z } from 'zod';
import { type ListedRequest, listRequests } from '../../db/admin-requests.ts';
import type { Database, Sql } from '../../db/connect.ts';
import { decodeCursor, type Page, pageOf } from '../cursor.ts';
import { notFound } from '../problem.ts';
import type { adminRequestsQuery } from '../schemas-admin.ts';
import { type Story, storyOf } from './story.ts';

/** A page of all requests, newest first. */
export async function allRequests(
  sql: Sql,
  { q, status, limit, cursor }: z.infer<typeof adminRequestsQuery>,
): Promise<Page<ListedRequest>> {
  const before = decodeCursor(z.uuid(), cursor);
  const rows = await listRequests(sql, { q, status }, { before, limit: limit + 1 });
  return pageOf(rows, limit, (last) => last.id);
}

/** @throws Problem 404 when there is no such request */
export async function wholeStory(db: Database, requestId: string): Promise<Story> {
  const id = z.uuid().safeParse(requestId).data;
  const story = id && (await storyOf(db, id.toLowerCase()));
  if (!story) throw notFound();
  return story;
}

import { newWorld, type World } from '../helpers/access-world.ts';
import { UNKNOWN } from '../helpers/board-api.ts';
import type { TestApi } from '../helpers/http-api.ts';
import type { Document, Round } from './routes.ts';

/** A world that no call has been made in. */
export async function newRound(api: TestApi, document: Document): Promise<Round> {
  const world = await newWorld(api);
  const lists: [path: string, token?: string][] = [
    ['/api/v1/partners?limit=1'],
    ['/api/v1/partners?limit=1&language=pt'],
    ['/api/v1/admin/partners?limit=1', world.admin.key],
    ['/api/v1/admin/requests?limit=1', world.admin.key],
    ['/api/v1/deals?limit=1', world.partner.key],
  ];
  const pages = await Promise.all(
    lists.map(([path, token]) =>
      api.call<{ page: { nextCursor: string | null } }>(path, token === undefined ? {} : { token }),
    ),
  );
  const cursors = pages.flatMap(({ body }) => body.page.nextCursor ?? []);
  return { document, world, ids: idsOf(world), cursors };
}

function idsOf({ partner, other, unlisted, ...world }: World): string[] {
  const { request, unmatched, review, key, browser, job, mail } = world;
  const owned = [partner, other].flatMap(({ facts, deal, pipeline, stages }) => [
    ...[facts.id, facts.slug, deal, pipeline],
    ...stages.map(({ id }) => id),
  ]);
  return [...owned, unlisted.id, request, unmatched, review, key, browser, job, mail, UNKNOWN];
}

import { upsertAdmin } from '../../db/sessions.ts';
import { openApi, type TestApi } from './http-api.ts';
import { type Visitor, visitor } from './page-visitor.ts';

/** The app on an empty database, and an administrator in a browser. */
export async function openAdminPages(): Promise<{ api: TestApi; admin: Visitor }> {
  const api = await openApi('empty');
  const email = 'root@terna.example';
  await upsertAdmin(api.db, { email, name: "Zoë O'Neil <b>", locale: 'en' });
  const [row] = await api.db.query<{ id: string }>('select id from admins where email = $1', [email]);
  return { api, admin: await visitor(api, row?.id) };
}

export const STRANGE = "Zoë O'Neil <b>";

/** How a page shows `STRANGE`: as text. */
export const STRANGE_SHOWN = "Zoë O'Neil &lt;b>";

/** The addresses of the rows of a list below `path`, in its order. */
export function linksBelow(html: string, path: string): string[] {
  return [...html.matchAll(/<h2><a href="([^"]+)"/g)]
    .map(([, href = '']) => href)
    .filter((href) => href.startsWith(`${path}/`));
}

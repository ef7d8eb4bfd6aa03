import { expect, it } from 'vitest';
import { newCaller, putInto, stageOf, takeLeads } from '../helpers/board-api.ts';
import { atWork } from '../helpers/board-pages.ts';
import { testApi } from '../helpers/http-api.ts';

it('a board shows the latest closed deals, and leads to all of them', async () => {
  const api = await testApi('empty');
  const partner = await newCaller(api);
  const page = await atWork(api, partner.id);
  const ids = await takeLeads(api, partner.id, 55);
  const won = stageOf((await partner.boards())[0], 'won');
  for (const id of ids) await putInto(api, id, won);
  const { text } = await page.get('/workspace/board');
  expect(text.match(/class="deal-card"/g)).toHaveLength(20);
  expect(text).toContain('Show all 55 deals');

  const seen = new Set<string>();
  let path: string | undefined = `/workspace/deals?stage=${won?.id}`;
  for (let pages = 0; path && pages < 3; pages++) {
    const { status, text } = await page.get(path);
    expect(status).toBe(200);
    for (const [, id = ''] of text.matchAll(/href="\/workspace\/deals\/([\w-]+)"/g)) seen.add(id);
    path = /class="button quiet" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  }
  expect([...seen].sort()).toEqual([...ids].sort());
  const other = await atWork(api, (await newCaller(api)).id);
  expect((await other.get(`/workspace/deals?stage=${won?.id}`)).status).toBe(404);
  expect((await page.get('/workspace/deals')).status).toBe(404);
});

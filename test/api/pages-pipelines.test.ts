import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boardApi, type Caller, dealRows, newCaller, takeLeads, UNKNOWN } from '../helpers/board-api.ts';
import { atWork, location, type Visitor, visitor } from '../helpers/board-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { adminCookie } from '../helpers/page-session.ts';

const PIPELINES = '/workspace/pipelines';

describe('the pages of pipelines', () => {
  let api: TestApi;
  let partner: Caller;
  let page: Visitor;

  beforeAll(async () => {
    api = await boardApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    partner = await newCaller(api);
    page = await atWork(api, partner.id);
  });

  const names = async () => (await partner.boards()).map(({ name }) => name);
  const board = async (index = 0) => {
    const found = (await partner.boards())[index];
    if (!found) throw new Error(`there is no pipeline ${index}`);
    return found;
  };
  const stageNames = async () => (await board()).stages.map(({ name }) => name);

  /** The form of the first pipeline as it is shown. */
  async function form(): Promise<{ path: string; fields: Record<string, string> }> {
    const { id, name, stages } = await board();
    const fields = stages.map((stage, index) => [
      [`stages.${index}.id`, stage.id],
      [`stages.${index}.name`, stage.name],
    ]);
    return {
      path: `${PIPELINES}/${id}`,
      fields: { name, ...Object.fromEntries(fields.flat()), 'new.name': '', 'new.kind': 'in_progress' },
    };
  }

  it('say what will happen where there is none, and add one with the usual stages', async () => {
    expect((await page.get(PIPELINES)).text).toContain(
      'One named Leads will be created with your first request',
    );
    const empty = await page.post(PIPELINES, { name: ' ' });
    expect([empty.status, empty.text.includes('aria-invalid="true"')]).toEqual([422, true]);
    const added = await page.post(PIPELINES, { name: `Zoë O'Neil <b>` });
    expect(added.status).toBe(303);
    const { text } = await page.get(location(added));
    expect(text).toContain('Your new pipeline is ready.');
    expect(text).toContain('Zoë O&#39;Neil &lt;b>'.replace('&#39;', "'"));
    expect(await stageNames()).toEqual(['New', 'In progress', 'Closed - Won', 'Closed - Lost']);
  });

  it('are nobody else’s', async () => {
    await partner.add('Mine');
    const { path, fields } = await form();
    const posts: [string, Record<string, string>][] = [
      [path, { ...fields, name: 'Theirs' }],
      [`${path}/position`, { position: '0' }],
      [`${path}/remove`, {}],
    ];
    for (const other of [
      await atWork(api, (await newCaller(api)).id),
      visitor(api, await adminCookie(api.db)),
    ]) {
      expect((await other.get(path)).status).toBe(404);
      for (const [to, sent] of posts) expect((await other.post(to, sent)).status).toBe(404);
    }
    expect(location(await visitor(api).get(PIPELINES))).toBe('/sign-in');
    expect((await visitor(api).post(PIPELINES, { name: 'x' })).status).toBe(401);
    expect((await page.get(`${PIPELINES}/${UNKNOWN}`)).status).toBe(404);
    expect(await names()).toEqual(['Mine']);
  });

  it('mark the first, and change the order', async () => {
    await partner.add('A');
    await partner.add('B');
    expect((await page.get(PIPELINES)).text).toMatch(/>A<\/a><\/h2><span[^>]*>New requests come here/);
    const second = (await board(1)).id;
    const moved = await page.post(`${PIPELINES}/${second}/position`, { position: '0' });
    expect([moved.status, location(moved)]).toEqual([303, `${PIPELINES}?done=moved`]);
    expect(await names()).toEqual(['B', 'A']);
    expect((await page.post(`${PIPELINES}/${second}/position`, { position: '-1' })).status).toBe(422);
    expect((await page.post(`${PIPELINES}/${UNKNOWN}/position`, { position: '0' })).status).toBe(404);
  });

  it('save names, and keep and explain a wrong one', async () => {
    await partner.add('A');
    const { path, fields } = await form();
    const saved = await page.post(path, { ...fields, name: 'Sales', 'stages.1.name': 'Talking' });
    expect(location(saved)).toBe(`${path}?done=saved`);
    expect([await names(), (await stageNames())[1]]).toEqual([['Sales'], 'Talking']);
    const wrong = await page.post(path, { ...fields, name: 'Kept', 'stages.1.name': '' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(/value="Kept"/);
    expect(wrong.text).toMatch(/href="#f-stages-1-name"/);
    expect(await names()).toEqual(['Sales']);
  });

  it('move, add and remove stages, saving names on the way', async () => {
    await partner.add('A');
    let { path, fields } = await form();
    const { stages } = await board();
    await page.post(path, { ...fields, 'stages.2.name': 'Won!', up: stages[2]?.id ?? '' });
    expect(await stageNames()).toEqual(['New', 'Won!', 'In progress', 'Closed - Lost']);
    fields = (await form()).fields;
    await page.post(path, { ...fields, down: stages[3]?.id ?? '' });
    await page.post(path, { ...fields, 'new.name': 'Offer <sent>', add: 'yes' });
    expect(await stageNames()).toEqual(['New', 'Won!', 'In progress', 'Closed - Lost', 'Offer <sent>']);
    ({ path, fields } = await form());
    const nameless = await page.post(path, { ...fields, add: 'yes' });
    expect([nameless.status, nameless.text.includes('href="#f-new-name"')]).toEqual([422, true]);
    await page.post(path, { ...fields, remove: fields['stages.2.id'] ?? '' });
    expect(await stageNames()).toEqual(['New', 'Won!', 'Closed - Lost', 'Offer <sent>']);
  });

  it('ask where the deals of a stage go, and keep the last of a kind', async () => {
    await takeLeads(api, partner.id, 2);
    const { path, fields } = await form();
    const [first = ''] = (await board()).stages.map(({ id }) => id);
    expect((await page.get(path)).text).toContain('Every pipeline needs a stage of this kind');
    const last = await page.post(path, { ...fields, remove: first });
    expect([last.status, last.text.includes('A pipeline needs at least one stage')]).toEqual([409, true]);

    await page.post(path, { ...fields, 'new.name': 'Inbox', 'new.kind': 'new' });
    const again = (await form()).fields;
    const refused = await page.post(path, { ...again, remove: first });
    expect(refused.status).toBe(409);
    expect(refused.text).toMatch(/<details class="removing" open>.*?say where they go/s);
    const target = (await board()).stages.find(({ name }) => name === 'Inbox')?.id ?? '';
    expect((await page.post(path, { ...again, remove: first, [`targets.${first}`]: target })).status).toBe(
      303,
    );
    expect((await dealRows(api, partner.id)).map(({ stageId }) => stageId)).toEqual([target, target]);
  });

  it('do not undo what another window did meanwhile', async () => {
    await partner.add('A');
    const { path, fields } = await form();
    await page.post(path, { ...fields, 'new.name': 'More', add: 'yes' });
    const late = await page.post(path, { ...fields, name: 'Late' });
    expect([late.status, late.text.includes('your pipelines changed in the meantime')]).toEqual([409, true]);
    expect([await names(), (await stageNames()).length]).toEqual([['A'], 5]);
    expect((await page.post(path, { name: 'Nothing else' })).status).toBe(409);
  });

  it('remove a pipeline, and say first where its deals go', async () => {
    await takeLeads(api, partner.id);
    const { id } = await board();
    expect((await page.get(`${PIPELINES}/${id}`)).text).toContain('It has 1 deal. Add another pipeline');
    const other = await partner.add('Other');
    const refused = await page.post(`${PIPELINES}/${id}/remove`, { target: '' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('There are deals in this pipeline: say where they go.');
    expect((await page.post(`${PIPELINES}/${id}/remove`, { target: UNKNOWN })).status).toBe(409);
    const removed = await page.post(`${PIPELINES}/${id}/remove`, { target: other.id });
    expect(location(removed)).toBe(`${PIPELINES}?done=removed`);
    expect((await page.get(location(removed))).text).toContain('The pipeline has been removed.');
    expect((await dealRows(api, partner.id)).map(({ pipelineId }) => pipelineId)).toEqual([other.id]);
    expect((await page.post(`${PIPELINES}/${id}/remove`, { target: other.id })).status).toBe(404);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { written } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { type Fields, FORM, openForm, requestRows, sendForm, shown, typed } from '../helpers/request-form.ts';

const HOSTILE = "Zoë O'Neil <b>";
const CONSENTED = /name="consent"[^>]* checked|checked[^>]* name="consent"/;

describe('the request form for one partner', () => {
  let api: TestApi;
  const chosen = newPartner({ slug: 'chosen', name: HOSTILE });
  const fickle = newPartner({ slug: 'fickle', name: 'Fickle' });
  const paused = newPartner({ slug: 'paused', name: 'Paused', accepting: false });

  beforeAll(async () => {
    api = await openApi('empty');
    await insertPartners(api.db, [chosen, fickle, paused]);
  });
  beforeEach(async () => {
    await api.db.query('truncate requests, idempotency_keys, access_tokens, outbox cascade');
    await api.db.query('update partners set accepting = true, listed = true where id = $1', [fickle.id]);
  });
  afterAll(() => api.close());

  const open = (path = FORM, lang = 'en') => openForm(api, path, lang);
  const send = (fields: Fields, lang = 'en') => sendForm(api, fields, lang);
  const requests = () => requestRows(api);

  it('shows who gets it, and asks for no criteria', async () => {
    const { status, text } = await open(`${FORM}?partner=chosen`);
    expect(status).toBe(200);
    expect(text).toContain("Send a request to Zoë O'Neil &lt;b>");
    expect(text).toContain('href="/partners/chosen"');
    expect(shown(text, 'partnerId')).toBe(chosen.id);
    expect(text).not.toContain('name="criteria.');
    expect(text).toContain("details are sent to Zoë O'Neil &lt;b> only.");
    expect(text).toContain('/requests/new?partner=chosen&amp;lang=pt-BR');
    expect((await open(`${FORM}?partner=${chosen.id}`)).status).toBe(200);
  });

  it('goes to that partner', async () => {
    const { status } = await send(typed({ partnerId: chosen.id, 'criteria.country': 'PT' }));
    expect(status).toBe(303);
    expect(await requests()).toEqual([
      expect.objectContaining({ mode: 'manual', partnerId: chosen.id, country: null }),
    ]);
  });

  it('stays for that partner while something is wrong', async () => {
    const { status, text } = await send(typed({ partnerId: chosen.id, 'client.email': '' }));
    expect([status, shown(text, 'partnerId')]).toEqual([422, chosen.id]);
    expect(text).toContain('href="#f-client-email"');
    expect(text).toMatch(CONSENTED);
  });

  it.each([
    ['accepting', 'Fickle takes no new requests at the moment.'],
    ['listed', 'This partner is no longer in the catalog.'],
  ])('who is no longer %s offers matching instead, with all that was typed', async (column, words) => {
    await api.db.query(`update partners set ${column} = false where id = $1`, [fickle.id]);
    const fields = typed({
      partnerId: fickle.id,
      'project.budget.amount': '1,500',
      'project.budget.currency': 'USD',
    });
    const { status, text } = await send(fields);
    expect(status).toBe(409);
    expect(text).toContain(words);
    expect(text).toMatch(/class="notice bad" role="alert"/);
    expect(shown(text, 'project.title')).toBe('CRM for a bakery');
    expect(shown(text, 'project.budget.amount')).toBe('1,500');
    expect(shown(text, 'key')).toBe(fields.key);
    expect(shown(text, 'partnerId')).toBeUndefined();
    expect(text).toContain('name="criteria.services"');
    // Who agreed to one partner has not agreed to three.
    expect(text).not.toMatch(CONSENTED);
    expect(await written(api)).toMatchObject({ requests: 0 });
    const { partnerId: _, ...matched } = fields;
    expect((await send(matched)).status).toBe(303);
  });

  it('sent before that partner stopped is the same request when sent again', async () => {
    const fields = typed({ partnerId: fickle.id });
    const first = await send(fields);
    await api.db.query('update partners set accepting = false where id = $1', [fickle.id]);
    const again = await send(fields);
    expect([again.status, again.id]).toEqual([303, first.id]);
  });

  it('who takes none is opened for matching, with a word about it', async () => {
    const { status, text } = await open(`${FORM}?partner=paused`);
    expect(status).toBe(200);
    expect(text).toContain('Paused takes no new requests at the moment.');
    expect(shown(text, 'partnerId')).toBeUndefined();
  });

  it('whom nobody knows is not there', async () => {
    for (const name of ['nobody', '%00', crypto.randomUUID()])
      expect((await open(`${FORM}?partner=${name}`)).status).toBe(404);
    const { status, text } = await send(typed({ partnerId: 'x' }));
    expect(status).toBe(422);
    expect(text).toContain('This partner is no longer in the catalog.');
  });
});

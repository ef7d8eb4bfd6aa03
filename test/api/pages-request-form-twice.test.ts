import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../../api/pages/request-form/fields.ts';
import { onceKey } from '../../api/pages/request-form/take-in-once.ts';
import { requestBody } from '../../api/schemas.ts';
import { holdKeys } from '../../db/idempotency.ts';
import { type TestApi, testApi } from '../helpers/http-api.ts';
import { written } from '../helpers/http-requests.ts';
import { type Fields, openForm, requestRows, sendForm, shown, typed } from '../helpers/request-form.ts';

describe('the request form, sent twice', () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await testApi('empty');
  });

  const send = (fields: Fields) => sendForm(api, fields);

  it('makes one request, also at the same moment', async () => {
    const fields = typed();
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(fields)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await written(api)).toMatchObject({ requests: 1, promises: 1 });
  });

  it('with something changed makes another request, and that one once', async () => {
    const fields = typed();
    const changed = { ...fields, 'project.title': 'Something else' };
    const ids = [];
    for (const each of [fields, changed, changed]) ids.push((await send(each)).id);
    expect(ids[1]).not.toBe(ids[0]);
    expect(ids[2]).toBe(ids[1]);
    expect((await requestRows(api)).map(({ title }) => title)).toEqual([
      'CRM for a bakery',
      'Something else',
    ]);
  });

  it('while the first is being taken in, says so in the end, and loses nothing', async () => {
    const fields = typed();
    const once = onceKey(String(fields.key), requestBody.parse(bodyOf(fields)));
    const answer = await api.db.transaction('job test', async (sql) => {
      // As the transaction of a first press does that does not come to its end.
      await holdKeys(sql, [createHash('sha256').update(once).digest()]);
      return send(fields);
    });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('It will not be sent twice.');
    expect(shown(answer.text, 'key')).toBe(fields.key);
    expect(shown(answer.text, 'project.title')).toBe('CRM for a bakery');
    expect((await send(fields)).status).toBe(303);
    expect(await written(api)).toMatchObject({ requests: 1 });
  });

  it('waits while the first is being taken in', async () => {
    const fields = typed();
    const once = onceKey(String(fields.key), requestBody.parse(bodyOf(fields)));
    let sent: ReturnType<typeof send> | undefined;
    await api.db.transaction('job test', async (sql) => {
      await holdKeys(sql, [createHash('sha256').update(once).digest()]);
      sent = send(fields);
    });
    expect((await sent)?.status).toBe(303);
  });

  it('while the database is busy keeps what was typed, too', async () => {
    const answer = await api.db.transaction('job test', async (sql) => {
      await sql.query('lock table requests in access exclusive mode');
      return send(typed());
    });
    expect(answer.status).toBe(503);
    expect(shown(answer.text, 'project.title')).toBe('CRM for a bakery');
  });

  it('has another key each time it is opened', async () => {
    const keys = [(await openForm(api)).text, (await openForm(api)).text].map((text) => shown(text, 'key'));
    expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
    expect(keys[1]).not.toBe(keys[0]);
  });
});

import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginAction, recordAction } from '../../db/audit.ts';
import { openAdminPages, STRANGE_SHOWN } from '../helpers/admin-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { textOf, type Visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/admin/audit';

describe('the record of what was done, as a page', () => {
  let api: TestApi;
  let admin: Visitor;
  const partner = newPartner({ tier: 'silver' });
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
    await insertPartners(api.db, [partner]);
  });
  afterAll(() => api.close());

  it('says that there is nothing yet', async () => {
    expect((await admin.get(PATH)).text).toContain('Nothing on record yet');
    expect((await admin.get(PATH, 'pt-BR')).text).toContain('Ainda não há registros');
  });

  it('says who did what to what, in either language', async () => {
    const [row] = await api.db.query<{ id: string }>('select id from admins');
    const actor = { kind: 'admin', id: row?.id ?? '' } as const;
    const changes = { tier: { from: 'silver', to: 'gold' }, capacity: { from: null, to: 3 }, email: {} };
    const subject = { kind: 'partner', id: partner.id };
    await recordAction(api.db, actor, { action: 'partner.change', subject, detail: { changes } });
    await beginAction(
      api.db,
      { kind: 'operator' },
      { action: 'board.new-call', subject: { kind: 'queue', id: 'expire' } },
    );
    const { text } = await admin.get(PATH);
    expect(text).toContain(STRANGE_SHOWN);
    expect(textOf(text)).toMatch(
      /board\.new-call.*End unknown.*Queue operator.*Queue expire.*Partner changed.*Administrator.*capacity – → 3.*tier silver → gold|tier silver → gold.*capacity – → 3/,
    );
    expect(textOf(text)).toContain('email changed; its value is not kept');
    const { text: portuguese } = await admin.get(PATH, 'pt-BR');
    expect(textOf(portuguese)).toMatch(/Fim desconhecido.*Operador das filas.*Parceiro alterado/);
    expect(textOf(portuguese)).toContain('tier de silver para gold');
  });

  it('is narrowed by who and what, and by links to one actor or one thing', async () => {
    const rows = async (query: string) =>
      (await admin.get(PATH + query)).text.match(/<li class="row"/g)?.length ?? 0;
    expect(await rows('')).toBe(2);
    expect(await rows('?actor=operator')).toBe(1);
    expect(await rows('?action=partner.change&actor=')).toBe(1);
    expect(await rows(`?subjectId=${partner.id}`)).toBe(1);
    expect(await rows(`?subjectId=${uuidv7()}`)).toBe(0);
    const { text } = await admin.get(`${PATH}?actor=cli`);
    expect(text).toContain('Nothing like this is on record');
    expect((await admin.get(`${PATH}?actor=god`)).text).toContain('left out');
    const [, href = ''] =
      /href="(\/admin\/audit\?actor=admin[^"]+)"/.exec((await admin.get(PATH)).text) ?? [];
    expect(await rows(href.replace(PATH, '').replaceAll('&amp;', '&'))).toBe(1);
  });

  it('goes on, page by page, and keeps the filter', async () => {
    const actor = { kind: 'cli' } as const;
    for (let n = 0; n < 31; n += 1)
      await recordAction(api.db, actor, { action: 'catalog.seed', subject: { kind: 'catalog', id: null } });
    const { text } = await admin.get(`${PATH}?actor=cli`);
    const [, next = ''] = /href="(\/admin\/audit\?[^"]*cursor=[^"]+)"/.exec(text) ?? [];
    expect(next).toContain('actor=cli');
    const further = await admin.get(next.replaceAll('&amp;', '&'));
    expect(further.text.match(/<li class="row"/g)).toHaveLength(1);
  });
});

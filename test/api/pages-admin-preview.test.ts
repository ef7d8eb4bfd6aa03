import { expect, it, onTestFinished } from 'vitest';
import { openAdminPages, STRANGE, STRANGE_SHOWN } from '../helpers/admin-pages.ts';
import { textOf } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/admin/preview';

it('the match preview shows who would be asked, with what chances, and writes nothing', async () => {
  const { api, admin } = await openAdminPages();
  onTestFinished(() => api.close());
  await insertPartners(api.db, [
    newPartner({ name: STRANGE, rank: 90 }),
    newPartner({ name: 'Second', rank: 80 }),
    newPartner({ name: 'Third', rank: 70 }),
    newPartner({ name: 'Fourth', rank: 60 }),
  ]);
  const rows = () =>
    api.db.query('select (select count(*) from draws) as draws, (select count(*) from outbox) as jobs');
  const before = await rows();

  const start = await admin.get(PATH);
  expect(start.text).toMatch(/value="balanced" checked/);
  const top = await admin.post(PATH, {
    'criteria.services': 'crm-setup',
    'criteria.country': 'BR',
    'criteria.language': '',
    'criteria.partnerType': '',
    'criteria.tier': '',
    policy: 'top',
  });
  expect(top.status).toBe(200);
  expect(textOf(top.text)).toContain('4 partners are eligible');
  expect(textOf(top.text)).toMatch(/would go to .*Second, and Third\./);
  expect(top.text).toContain(STRANGE_SHOWN);
  expect(top.text.match(/<tr class="picked">/g)).toHaveLength(3);
  expect([top.text.match(/100%/g)?.length, />0%/.test(top.text)]).toEqual([3, true]);
  expect(top.text).toMatch(/value="crm-setup" checked/);
  expect(top.text).toMatch(/<option value="BR" selected/);

  const drawn = await admin.post(PATH, { policy: 'balanced' }, 'pt-BR');
  expect(textOf(drawn.text)).toContain('4 parceiros são elegíveis');
  expect(drawn.text.match(/<tr class="picked">/g)).toHaveLength(3);

  const nobody = await admin.post(PATH, { 'criteria.tier': 'platinum', policy: 'top' });
  expect(textOf(nobody.text)).toContain('Nobody is eligible');
  for (const [field, value] of [
    ['criteria.country', 'ZZ'],
    ['criteria.services', 'magic'],
    ['policy', 'best'],
  ] as const) {
    const wrong = await admin.post(PATH, { [field]: value });
    expect([wrong.status, wrong.text.includes(`href="#f-${field.replace('.', '-')}"`)], field).toEqual([
      422,
      true,
    ]);
  }
  expect(await rows()).toEqual(before);
});

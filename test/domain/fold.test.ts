import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../domain/fold.ts';

test.each([
  ['  São  Tomé ', 'sao tome'],
  ['Agência Conexão', 'agencia conexao'],
  ['AGÊNCIA', 'agencia'],
  ['Zoë O’Neil <b>', 'zoe o’neil <b>'],
  ['Marketing\tand\n\u00a0CRM', 'marketing and crm'],
  ['İstanbul', 'istanbul'],
  ['Łódź', 'łodz'],
  ['Київ', 'киів'],
  ['株式会社', '株式会社'],
  ['100% CRM_2.0', '100% crm_2.0'],
  ['', ''],
  [' \n ', ''],
])('%j folds to %j', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test('composed and decomposed text fold to the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fold(text.normalize('NFC'))).toBe(fold(text.normalize('NFD')));
    }),
  );
});

test('every character folds for good: folding again changes nothing', () => {
  const moving: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const folded = fold(String.fromCodePoint(code));
    if (fold(folded) !== folded) moving.push(code.toString(16));
  }
  expect(moving).toEqual([]);
});

test('folded text has no white space around it or doubled', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fold(text)).not.toMatch(/^\s|\s$|\s\s/u);
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});

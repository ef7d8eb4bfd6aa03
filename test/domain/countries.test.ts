import { describe, expect, test } from 'vitest';
import { isCountry, isCurrency, isLanguage } from '../../domain/countries.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

describe('a country', () => {
  test('is one of 249', () => {
    expect(PAIRS.filter(isCountry)).toHaveLength(249);
  });

  test('has a name of its own', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    const named = PAIRS.filter(isCountry).map((code) => names.of(code));
    expect(named).not.toContain(undefined);
    expect(new Set(named).size).toBe(249);
  });

  test.each(['BR', 'PT', 'US', 'GB', 'AX', 'SS', 'BQ', 'TW', 'ZW'])('%s is one', (code) => {
    expect(isCountry(code)).toBe(true);
  });

  test.each(['ZZ', 'EU', 'XK', 'UK', 'AN', 'SU', 'QO', 'br', 'BRA', 'B', '', ' ', 'BR ', 'BR PT'])(
    '%j is none',
    (code) => {
      expect(isCountry(code)).toBe(false);
    },
  );
});

describe('a language', () => {
  test.each(['pt', 'en', 'es', 'uk', 'de', 'fil', 'ceb'])('%s is one', (code) => {
    expect(isLanguage(code)).toBe(true);
  });

  test.each([
    'pt-BR',
    'xx',
    'zz',
    'PT',
    'Pt',
    'p',
    '',
    'port',
    'portuguese',
    'und',
    'mis',
    'qaa',
    'p1',
    'pt\n',
  ])('%j is none', (code) => {
    expect(isLanguage(code)).toBe(false);
  });

  // BCP 47 has only `pt` and `en`; ICU reads these as aliases, and a filter by them would find nobody.
  test.each(['por', 'eng', 'spa'])('%j, which BCP 47 does not know, is none', (code) => {
    expect(isLanguage(code)).toBe(false);
  });

  // ICU has names for them: "Multiple languages", "No linguistic content".
  test.each(['mul', 'zxx'])('%j, which names no language, is none', (code) => {
    expect(isLanguage(code)).toBe(false);
  });
});

describe('a currency', () => {
  test.each(['BRL', 'EUR', 'USD', 'JPY'])('%s is one', (code) => {
    expect(isCurrency(code)).toBe(true);
  });

  test.each(['brl', 'R$', 'ABC', 'EURO', ''])('%j is none', (code) => {
    expect(isCurrency(code)).toBe(false);
  });
});

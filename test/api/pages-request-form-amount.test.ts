import { describe, expect, it } from 'vitest';
import { plainAmount } from '../../api/pages/request-form/amount.ts';

describe('an amount', () => {
  it.each([
    ['1500', '1500'],
    ['1500.5', '1500.5'],
    ['1500,50', '1500.50'],
    ['1.500,50', '1500.50'],
    ['1,500.50', '1500.50'],
    ['1.500', '1500'],
    ['1,500', '1500'],
    ['1.234.567,8', '1234567.8'],
    ['1,234,567', '1234567'],
    ['1 500,50', '1500.50'],
    ['1\u00a0500', '1500'],
    ['R$ 1.500,00', '1500.00'],
    ['$1,500', '1500'],
    ['1500 €', '1500'],
    ['USD 1,500.00', '1500.00'],
    ['1500 BRL', '1500'],
    ['', ''],
    ['  ', ''],
  ])('written as %j is %j', (written, plain) => {
    expect(plainAmount(written)).toBe(plain);
  });

  it.each([
    '1,500,50',
    '1.5.0',
    '1500.',
    '.5',
    '-5',
    '1e3',
    'a lot',
    '1,50,000',
    '1.500.50',
    '12.3456',
    '1.500,500',
  ])('written as %j stays as it is, to be refused', (written) => {
    expect(plainAmount(written)).toBe(written);
    expect(plainAmount(written)).not.toMatch(/^\d{1,12}(\.\d{1,2})?$/);
  });
});

import type { Locale } from '../domain/catalog.ts';
import { kept } from './kept.ts';

const formats = kept<Intl.NumberFormat>();

/** `{amount: '1500.00', currency: 'BRL'}` -> R$1,500.00; R$ 1.500,00 */
export function moneyWords(
  locale: Locale,
  { amount, currency }: { amount: string; currency: string },
): string {
  const format = formats(
    `${locale} ${currency}`,
    () => new Intl.NumberFormat(locale, { style: 'currency', currency }),
  );
  return format.format(Number(amount));
}

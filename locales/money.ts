import type { Locale } from '../domain/catalog.ts';

/** `{amount: '1500.00', currency: 'BRL'}` -> R$1,500.00; R$ 1.500,00 */
export function moneyWords(
  locale: Locale,
  { amount, currency }: { amount: string; currency: string },
): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(amount));
}

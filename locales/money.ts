import type { Locale } from '../domain/catalog.ts';

// Made once each: a mail needs some, and making one takes longer than writing the mail.
const formats = new Map<string, Intl.NumberFormat>();

/** `{amount: '1500.00', currency: 'BRL'}` -> R$1,500.00; R$ 1.500,00 */
export function moneyWords(
  locale: Locale,
  { amount, currency }: { amount: string; currency: string },
): string {
  const id = `${locale} ${currency}`;
  let format = formats.get(id);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    formats.set(id, format);
  }
  return format.format(Number(amount));
}

/**
 * What people write for an amount, as the API reads it: `1.500,50`, `1,500.50`, `R$ 1500,50` and `1 500.5`
 * become `1500.50` and so on. A separator before three digits groups, before one or two it is the decimal one:
 * so both languages' ways are understood in both. What cannot be read stays as it is, to be refused.
 */
export function plainAmount(written: string): string {
  const text = written.replace(/\s|^\s*(R?\p{Sc}|[A-Z]{3}\b)|(\p{Sc}|\b[A-Z]{3})\s*$/gu, '');
  for (const [group, decimal] of [
    [',', '.'],
    ['.', ','],
  ]) {
    const amount = new RegExp(`^(\\d{1,3}(?:\\${group}\\d{3})+|\\d+)(?:\\${decimal}(\\d{1,2}))?$`);
    const [, whole, cents] = amount.exec(text) ?? [];
    if (whole) return whole.replace(/\D/g, '') + (cents ? `.${cents}` : '');
  }
  return text === '' ? '' : written;
}

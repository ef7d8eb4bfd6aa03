/**
 * Text as the catalog's search compares it: without accents and case, white space single.
 * `fold('  São  Tomé ') === 'sao tome'`
 */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

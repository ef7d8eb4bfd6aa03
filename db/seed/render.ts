import type { PartnerType } from '../../domain/catalog.ts';

/**
 * Fills a pattern: `[we|I]` is the agency's or the freelancer's wording, `{city}` a slot, and `{City}` the
 * same slot with a capital first letter. An unknown slot is a mistake in the word lists and throws.
 */
export function render(
  pattern: string,
  type: PartnerType,
  slots: Record<string, string | number> = {},
): string {
  return pattern
    .replace(/\[([^|\]]*)\|([^\]]*)\]/g, (_, agency: string, freelancer: string) =>
      type === 'agency' ? agency : freelancer,
    )
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = slots[name] ?? slots[uncapital(name)];
      if (value === undefined) throw new Error(`no value for {${name}} in: ${pattern}`);
      return name in slots ? String(value) : capital(String(value));
    });
}

/** With a capital first letter, as at the start of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const uncapital = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

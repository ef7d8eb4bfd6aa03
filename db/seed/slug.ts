import { fold } from '../../domain/fold.ts';

/** ASCII for addresses: `slug('Łódź & Søn') === 'lodz-son'`. */
export function slug(text: string): string {
  return fold(text.replace(/[łŁøØßıæÆđĐ]/g, (letter) => PLAIN[letter] ?? ''))
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Letters that Unicode does not take apart into a base letter and an accent. */
const PLAIN: Record<string, string> = {
  ł: 'l',
  Ł: 'l',
  ø: 'o',
  Ø: 'o',
  ß: 'ss',
  ı: 'i',
  æ: 'ae',
  Æ: 'ae',
  đ: 'd',
  Đ: 'd',
};

/** Gives each text a name of its own: the second `ana-souza` becomes `ana-souza-2`. */
export function uniqueNames(separator: string): (wish: string) => string {
  const seen = new Map<string, number>();
  return (wish) => {
    const times = (seen.get(wish) ?? 0) + 1;
    seen.set(wish, times);
    return times === 1 ? wish : `${wish}${separator}${times}`;
  };
}

import { expect } from 'vitest';
import type { TestApi } from './http-api.ts';

export const PARTNERS = '/api/v1/partners';

/** What the contract says of a partner. */
export interface SeenPartner {
  id: string;
  slug: string;
  title: string;
  name: string;
  type: string;
  tier: string;
  country: string;
  languages: { code: string; primary: boolean }[];
  services: string[];
  accepting: boolean;
  rating: number | null;
  reviewCount: number;
  completedProjects: number;
  answerSeconds: number | null;
}

export interface Page<Row> {
  data: Row[];
  page: { nextCursor: string | null };
}

/** All pages of a list, each fetched with the cursor of the one before; `sizes` are their lengths. */
export async function allPages<Row>(
  api: TestApi,
  path: string,
  query: Record<string, string> = {},
  token?: string,
): Promise<{ rows: Row[]; sizes: number[] }> {
  const rows: Row[] = [];
  const sizes: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const parameters = new URLSearchParams(cursor ? { ...query, cursor } : query);
    const answer = await api.call<Page<Row>>(`${path}?${parameters}`, token === undefined ? {} : { token });
    expect(answer.status, answer.text).toBe(200);
    rows.push(...answer.body.data);
    sizes.push(answer.body.data.length);
    if (sizes.length > 1_000) throw new Error('the pages do not end');
    cursor = answer.body.page.nextCursor;
  }
  return { rows, sizes };
}

/** Letters as a search compares them, written another way than the code under test does. */
export function plain(text: string): string {
  const collapsed = text.trim().split(/\s+/).join(' ');
  return [...collapsed.normalize('NFKD')]
    .filter((letter) => !/\p{Mn}/u.test(letter))
    .join('')
    .toLocaleLowerCase('en');
}

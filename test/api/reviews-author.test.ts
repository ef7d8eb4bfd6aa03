import { expect, it } from 'vitest';
import { shownAuthor } from '../../life/review.ts';

it.each([
  ['Ana Souza', 'Ana S.'],
  ['Ana Maria de souza', 'Ana S.'],
  ['Ana', 'Ana'],
  [' Zoë  O’Neil <b> ', 'Zoë O.'],
  ['Élodie Ångström', 'Élodie Å.'],
  ['ana@example.com', 'ana'],
  ['李 小龍', '李 小.'],
  ['4ever', '4ever'],
  ['@ana', 'ana'],
  ['+55 11 98888 7777', '–'],
  ['@', '–'],
])('the author %o is shown as %o', (name, shown) => {
  expect(shownAuthor(name)).toBe(shown);
});

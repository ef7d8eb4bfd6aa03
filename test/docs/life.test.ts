import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MOVES } from '../../domain/deal-life.ts';
import { LIFE } from '../../domain/request-life.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/life.md'), 'utf8');
const diagrams = [...page.matchAll(/^```mermaid\nstateDiagram-v2\n([\s\S]*?)^```$/gm)].map(([, text = '']) =>
  text.trim().split('\n'),
);

const ARROW = /^ *(\[\*\]|\w+) --> (\[\*\]|\w+)(?:: (\S+))?$/;

/** The arrows of a diagram as `from -> to: label`, sorted; `[*]` is the beginning or the end. */
function arrows(lines: string[]): string[] {
  return lines
    .map((line) => {
      const [, from, to, label] = ARROW.exec(line) ?? [];
      if (from === undefined) throw new Error(`not an arrow: ${line}`);
      return `${from} -> ${to}${label ? `: ${label}` : ''}`;
    })
    .sort();
}

describe('docs/life.md', () => {
  test('has two diagrams', () => {
    expect(diagrams).toHaveLength(2);
  });

  test('draws the life of a request as domain/request-life.ts has it, no more and no less', () => {
    const table = Object.entries(LIFE).flatMap(([from, events]) =>
      Object.entries(events).map(([event, to]) => `${from} -> ${to}: ${event}`),
    );
    const ends = Object.entries(LIFE)
      .filter(([, events]) => Object.keys(events).length === 0)
      .map(([status]) => `${status} -> [*]`);
    expect(arrows(diagrams[0] ?? [])).toEqual([...table, ...ends, '[*] -> received'].sort());
  });

  test('draws the life of a deal as domain/deal-life.ts has it, no more and no less', () => {
    const table = Object.entries(MOVES).flatMap(([from, moves]) =>
      Object.entries(moves).map(([to, move]) => `${from} -> ${to}: ${move}`),
    );
    expect(arrows(diagrams[1] ?? [])).toEqual([...table, '[*] -> new'].sort());
  });

  test('says of every status and every move what it means', () => {
    for (const status of Object.keys(LIFE))
      expect(page).toMatch(new RegExp(`^- .*\\*\\*${status}\\*\\*`, 'm'));
    const moves = new Set(Object.values(MOVES).flatMap((row) => Object.values(row)));
    for (const move of moves) expect(page).toMatch(new RegExp(`^\\| \`${move}\` \\|`, 'm'));
  });
});

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Family } from './families.ts';
import { type Figure, median, type Result, round3 } from './frame.ts';
import type { Machine } from './machine.ts';
import type { Sizes } from './settings.ts';

const FILE = resolve(import.meta.dirname, '../docs/benchmarks.md');

export interface Report {
  machine: Machine;
  sizes: Sizes;
  quick: boolean;
  families: Family[];
  results: Result[];
}

/** Writes docs/benchmarks.md: all figures in one table, then what each family of them is made of. */
export function report({ machine, sizes, quick, families, results }: Report): void {
  const figures = results.flatMap((result) => result.figures);
  const sections = results.map((result, index) => section(families[index]?.title ?? '', result));
  const lines = [
    '# Benchmarks',
    '',
    `Made by \`npm run bench${quick ? ' -- --quick' : ''}\`, not by hand. What each figure is, and against what it is measured,`,
    'stands in [bench/](../bench). Each is the median of runs in turns, with the lowest and the highest; after every run',
    'what came out was checked, and a figure with a run that was wrong is void.',
    '',
    table(
      ['machine', ''],
      Object.entries(machine).map(([name, value]) => [name, String(value)]),
    ),
    '',
    `Sizes: ${Object.entries(sizes)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}.`,
    '',
    table(['id', 'figure', 'value', 'lowest', 'highest', 'target', 'held'], figures.map(row)),
    '',
    ...sections,
  ];
  writeFileSync(FILE, `${lines.join('\n').trimEnd()}\n`);
}

function row({ id, name, value, low, high, target, pass, void: isVoid }: Figure): string[] {
  return [
    id,
    name,
    `**${value}**`,
    String(low),
    String(high),
    target,
    isVoid ? 'void' : pass ? 'yes' : '**no**',
  ];
}

function section(title: string, { sides, notes }: Result): string {
  const rows = sides.map(({ name, unit, runs }) => {
    const values = runs.map(({ value }) => value);
    const seen = Object.keys(runs[0]?.seen ?? {}).map(
      (key) => `${key} ${round3(median(runs.map((run) => run.seen?.[key] ?? Number.NaN)))}`,
    );
    return [name, String(round3(median(values))), values.map(round3).join(', '), unit, seen.join(', ')];
  });
  const head = ['side', 'median', 'runs', 'unit', 'seen besides'];
  return [`## ${title}`, '', table(head, rows), '', ...notes, ''].join('\n');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

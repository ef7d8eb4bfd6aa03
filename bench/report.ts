import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Family } from './families.ts';
import { type Figure, median, type Result, round3 } from './frame.ts';
import type { Machine } from './machine.ts';
import { runsPlot, targetPlot } from './plot.ts';
import type { Sizes } from './settings.ts';

const DOCS = resolve(import.meta.dirname, '../docs');
const PLOTS = 'benchmarks';

export interface Report {
  machine: Machine;
  sizes: Sizes;
  quick: boolean;
  families: Family[];
  results: Result[];
}

/** Writes docs/benchmarks.md and its plots: all figures beside their targets, then what each family is made of. */
export function report({ machine, sizes, quick, families, results }: Report): void {
  const figures = results.flatMap((result) => result.figures);
  rmSync(join(DOCS, PLOTS), { recursive: true, force: true });
  mkdirSync(join(DOCS, PLOTS));
  const plot = (name: string, title: string, svg: string) => {
    writeFileSync(join(DOCS, PLOTS, name), svg);
    return `![${title}](${PLOTS}/${name})`;
  };
  const sections = results.map((result, index) => {
    const { title = '', ids = [] } = families[index] ?? {};
    return section(title, result, plot(`${ids.join('-')}.svg`, title, runsPlot(title, result.sides)));
  });
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
    plot('targets.svg', 'Each figure beside its target', targetPlot(figures)),
    '',
    table(['id', 'figure', 'value', 'lowest', 'highest', 'target', 'held'], figures.map(row)),
    '',
    ...sections,
  ];
  writeFileSync(join(DOCS, 'benchmarks.md'), `${lines.join('\n').trimEnd()}\n`);
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

function section(title: string, { sides, notes }: Result, plot: string): string {
  const rows = sides.map(({ name, unit, runs }) => {
    const values = runs.map(({ value }) => value);
    const seen = Object.keys(runs[0]?.seen ?? {}).map(
      (key) => `${key} ${round3(median(runs.map((run) => run.seen?.[key] ?? Number.NaN)))}`,
    );
    return [name, String(round3(median(values))), values.map(round3).join(', '), unit, seen.join(', ')];
  });
  const head = ['side', 'median', 'runs', 'unit', 'seen besides'];
  return [`## ${title}`, '', plot, '', table(head, rows), '', ...notes, ''].join('\n');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

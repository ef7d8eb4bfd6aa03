import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FAMILIES, type Family } from './families.ts';
import { type Figure, median, type Result, round3 } from './frame.ts';
import type { Machine } from './machine.ts';
import { runsPlot, targetPlot } from './plot.ts';
import type { Sizes } from './settings.ts';

const DOCS = resolve(import.meta.dirname, '../docs');
const PLOTS = 'benchmarks';
const KEPT = join(DOCS, PLOTS, 'results.json');

/** What a family of figures gave when it was measured last. */
export interface Measured {
  /** `2026-11-22` */
  day: string;
  machine: Machine;
  quick: boolean;
  sizes: Partial<Sizes>;
  result: Result;
}

/**
 * Writes docs/benchmarks.md and its plots: all figures beside their targets, then what each family is made of.
 * Families that were not measured this time stay as they were measured last.
 */
export function report(now: { family: Family; measured: Measured }[]): void {
  mkdirSync(join(DOCS, PLOTS), { recursive: true });
  const kept: Record<string, Measured> = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : {};
  for (const { family, measured } of now) kept[family.title] = measured;
  const shown = FAMILIES.flatMap((family) => {
    const measured = kept[family.title];
    return measured ? [{ family, measured }] : [];
  });
  const current = Object.fromEntries(shown.map(({ family, measured }) => [family.title, measured]));
  writeFileSync(KEPT, `${JSON.stringify(current, undefined, 1)}\n`);
  for (const file of readdirSync(join(DOCS, PLOTS)))
    if (file.endsWith('.svg')) rmSync(join(DOCS, PLOTS, file));
  writeFileSync(join(DOCS, 'benchmarks.md'), `${page(shown).trimEnd()}\n`);
}

function page(shown: { family: Family; measured: Measured }[]): string {
  const figures = shown.flatMap(({ measured }) => measured.result.figures);
  const latest = shown.reduce((a, b) => (b.measured.day > a.measured.day ? b : a)).measured.machine;
  const lines = [
    '# Benchmarks',
    '',
    'Made by `npm run bench`, not by hand. What each figure is, and against what it is measured, stands in',
    '[bench/](../bench). Each is the median of runs in turns, with the lowest and the highest; after every run what came',
    'out was checked, and a figure with a run that was wrong is void. What holds those that miss their target, and what',
    'would change it, stands in [performance.md](performance.md).',
    '',
    table(
      ['machine', ''],
      Object.entries(latest).map(([name, value]) => [name, String(value)]),
    ),
    '',
    plot('targets.svg', 'Each figure beside its target', targetPlot(figures)),
    '',
    table(['id', 'figure', 'value', 'lowest', 'highest', 'target', 'held'], figures.map(row)),
    '',
    ...shown.map(({ family, measured }) => section(family, measured)),
  ];
  return lines.join('\n');
}

/** Writes a plot, and gives the line that shows it. */
function plot(name: string, title: string, svg: string): string {
  writeFileSync(join(DOCS, PLOTS, name), svg);
  return `![${title}](${PLOTS}/${name})`;
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

function section({ title, ids }: Family, { day, machine, quick, sizes, result }: Measured): string {
  const { sides, notes } = result;
  const rows = sides.map(({ name, unit, runs }) => {
    const values = runs.map(({ value }) => value);
    const seen = Object.keys(runs[0]?.seen ?? {}).map(
      (key) => `${key} ${round3(median(runs.map((run) => run.seen?.[key] ?? Number.NaN)))}`,
    );
    return [name, String(round3(median(values))), values.map(round3).join(', '), unit, seen.join(', ')];
  });
  const head = ['side', 'median', 'runs', 'unit', 'seen besides'];
  const picture = plot(`${ids.join('-')}.svg`, title, runsPlot(title, sides));
  const how = Object.entries(sizes).map(([name, value]) => `${name} ${value}`);
  return [
    `## ${title}`,
    '',
    picture,
    '',
    table(head, rows),
    '',
    ...notes,
    `${quick ? 'The quick form' : 'The full form'}, ${day}, fsync ${machine.fsyncMs} ms: ${how.join(', ')}.`,
    '',
  ].join('\n');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

import { type Figure, median, round3, type Side } from './frame.ts';

/*
 * Plots as SVG, in colours that can be read on a light page and on a dark one: an image does not know on which it is.
 */
const GREY = '#808080';
const GOOD = '#2f9e6b';
const BAD = '#d9553f';
const BLUE = '#3f7fd9';

const WIDTH = 840;
const LABEL = 330;
const ROW = 24;

/** Every figure beside its target, on a scale where twice as good is as far as twice as bad. */
export function targetPlot(figures: Figure[]): string {
  const shown = figures.filter(({ void: isVoid, value }) => !isVoid && value > 0);
  const scores = shown.flatMap((figure) => [figure.low, figure.value, figure.high].map(scoreOf(figure)));
  const reach = Math.max(1, ...scores.filter(Number.isFinite).map(Math.abs));
  const x = (score: number) =>
    LABEL + ((Math.max(-reach, Math.min(reach, score)) + reach) / (2 * reach)) * (WIDTH - LABEL - 90);
  const rows = shown.map((figure, no) => {
    const y = 34 + no * ROW;
    const score = scoreOf(figure);
    const colour = figure.pass ? GOOD : BAD;
    return [
      text(8, y, `${figure.id}  ${short(figure.name, 46)}`),
      line(x(score(figure.low)), y, x(score(figure.high)), y, colour, 3),
      dot(x(score(figure.value)), y, colour, 5),
      text(WIDTH - 8, y, `${figure.value} (${figure.target})`, 'end'),
    ].join('');
  });
  const height = 34 + shown.length * ROW;
  const middle = x(0);
  const frame = [
    text(middle, 14, 'target', 'middle'),
    text(LABEL, 14, 'missed by far', 'start'),
    text(WIDTH - 90, 14, 'passed by far', 'end'),
    line(middle, 20, middle, height - 10, GREY, 1),
  ];
  return svg(height, 'Each figure beside its target', [...frame, ...rows]);
}

/** Every run of what was compared, one row each, and the median as a bar; those of one unit share a scale. */
export function runsPlot(title: string, sides: Side[]): string {
  const rows = sides.map((side, no) => {
    const values = side.runs.map(({ value }) => value).filter(Number.isFinite);
    const alike = sides.filter(({ unit }) => unit === side.unit);
    const most = Math.max(
      ...alike.flatMap(({ runs }) => runs.map(({ value }) => value)).filter(Number.isFinite),
    );
    const x = (value: number) => LABEL + (value / (most || 1)) * (WIDTH - LABEL - 130);
    const y = 20 + no * ROW;
    return [
      text(8, y, short(side.name, 50)),
      line(LABEL, y, x(median(values)), y, BLUE, 8, 0.35),
      ...values.map((value) => dot(x(value), y, BLUE, 3.5)),
      text(WIDTH - 8, y, `${round3(median(values))} ${side.unit}`, 'end'),
    ].join('');
  });
  const height = 20 + sides.length * ROW;
  return svg(height, title, [line(LABEL, 6, LABEL, height - 8, GREY, 1), ...rows]);
}

/** Above 0: better than the target, by so many doublings. */
function scoreOf({ target }: Figure): (value: number) => number {
  const [, relation, limit] = /^([<>]=) ([\d.]+)/.exec(target) ?? [];
  return (value) => Math.log2(value / Number(limit)) * (relation === '>=' ? 1 : -1);
}

function svg(height: number, title: string, parts: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="12">
${parts.join('\n')}
</svg>
`;
}

function text(x: number, y: number, words: string, anchor = 'start'): string {
  return `<text x="${at(x)}" y="${at(y + 4)}" text-anchor="${anchor}" fill="${GREY}">${escaped(words)}</text>`;
}

function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  width: number,
  opacity = 1,
): string {
  return `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${colour}" stroke-width="${width}" stroke-opacity="${opacity}"/>`;
}

function dot(x: number, y: number, colour: string, radius: number): string {
  return `<circle cx="${at(x)}" cy="${at(y)}" r="${radius}" fill="${colour}" fill-opacity="0.8"/>`;
}

const at = (value: number) => Math.round(value * 10) / 10;
const short = (words: string, most: number) => (words.length > most ? `${words.slice(0, most - 1)}…` : words);
const escaped = (words: string) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

import { expect, test } from 'vitest';
import { readArguments, wants } from '../../bench/arguments.ts';
import { type Contestant, figure, inTurns, percentile, ratio, type Side } from '../../bench/frame.ts';

const named = { id: '1', name: 'some over others', target: '>= 0.8' };
const side = (values: number[], wrong: string[] = []): Side => ({
  name: 'some',
  unit: '1/s',
  runs: values.map((value) => ({ value, wrong })),
});

test('a ratio is taken round by round, and is the median of the rounds', () => {
  const made = ratio(named, side([10, 30, 20]), side([10, 10, 40]));
  expect(made).toEqual({ ...named, value: 1, low: 0.5, high: 3, pass: true, void: false });
});

test('a run that was wrong makes its figure void, however good', () => {
  expect(ratio(named, side([10]), side([1], ['a mail is missing']))).toMatchObject({
    pass: false,
    void: true,
  });
  expect(figure({ ...named, target: '<= 2' }, [1], [])).toMatchObject({ pass: true, void: false });
  expect(figure({ ...named, target: '<= 2' }, [Number.NaN], [])).toMatchObject({ pass: false, void: true });
});

test('contestants take turns, every other round the other way round', async () => {
  const order: string[] = [];
  const contestant = (name: string): Contestant => ({
    name,
    unit: '1/s',
    run: async () => {
      order.push(name);
      return { value: order.length, wrong: [] };
    },
  });
  const sides = await inTurns([contestant('a'), contestant('b')], 3, () => undefined);
  expect(order.join('')).toBe('abbaab');
  expect(sides.map(({ runs }) => runs.map(({ value }) => value))).toEqual([
    [1, 4, 5],
    [2, 3, 6],
  ]);
});

test('percentiles are values that were seen', () => {
  expect(percentile([3, 1, 2], 0.5)).toBe(2);
  expect(percentile([4, 3, 1, 2], 0.95)).toBe(4);
});

test('--only takes ids and numbers', () => {
  const { only } = readArguments(['--quick', '--only', '4,14b']);
  expect(['4a', '4b', '14a', '14b', '1'].filter((id) => wants(only, id))).toEqual(['4a', '4b', '14b']);
  expect(() => readArguments(['--slow'])).toThrow(/slow/);
});

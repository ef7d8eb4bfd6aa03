import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationMs } from '../../domain/duration.ts';

const DAY = 86_400_000;

test.each([
  ['P3D', 3 * DAY],
  ['P30D', 30 * DAY],
  ['P1W', 7 * DAY],
  ['P1W1D', 8 * DAY],
  ['PT72H', 3 * DAY],
  ['PT90M', 5_400_000],
  ['P1DT12H', 1.5 * DAY],
  ['PT1H30M15S', 5_415_000],
  ['PT15S', 15_000],
  ['PT0.5S', 500],
  ['PT0.001S', 1],
  ['P0DT1S', 1_000],
  ['P007D', 7 * DAY],
])('%s is %d ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

test.each([
  '',
  'P',
  'PT',
  'P0D',
  'PT0S',
  '3D',
  'p3d',
  ' P3D',
  'P3D ',
  'P3D\n',
  '-P3D',
  'P-3D',
  'P3',
  'P1.5D',
  'PT1.S',
  'PT1S1H',
  'P1D1W',
  'P3H',
  'PT3D',
  'P3D PT1H',
  '259200000',
])('%j is no duration', (text) => {
  expect(durationMs(text)).toBeUndefined();
});

test.each(['P1M', 'P1Y', 'P1Y2M3D'])('%s has no fixed length', (text) => {
  expect(durationMs(text)).toBeUndefined();
});

// ISO 8601: a T is followed by a time. It is read as one day.
test('P1DT is no duration', () => {
  expect(durationMs('P1DT')).toBeUndefined();
});

test('parts add up', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(400), fc.nat(99), fc.nat(99), fc.nat(99), (w, d, h, m, s) => {
      const ms = (((w * 7 + d) * 24 + h) * 60 + m) * 60_000 + s * 1_000;
      expect(durationMs(`P${w}W${d}DT${h}H${m}M${s}S`)).toBe(ms === 0 ? undefined : ms);
    }),
  );
});

test('no text makes it throw or gives anything but a positive number', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^P[\dWDTHMS.]{0,12}$/)), (text) => {
      expect(durationMs(text) ?? 1).toBeGreaterThan(0);
    }),
  );
});

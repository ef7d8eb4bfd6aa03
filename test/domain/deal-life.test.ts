import { describe, expect, test } from 'vitest';
import { MOVES, PARTNER_REASONS, reopeningBar, SYSTEM_REASONS } from '../../domain/deal-life.ts';

describe('a deal', () => {
  test('moves within its kind of stage without a meaning, whatever the kind', () => {
    for (const kind of ['new', 'in_progress', 'won', 'lost'] as const)
      expect(MOVES[kind][kind]).toBe('within');
  });

  test('never gets back to new, and from closed only to in progress', () => {
    for (const kind of ['in_progress', 'won', 'lost'] as const) expect(MOVES[kind].new).toBeUndefined();
    expect([MOVES.won.lost, MOVES.lost.won]).toEqual([undefined, undefined]);
    expect([MOVES.won.in_progress, MOVES.lost.in_progress]).toEqual(['reopening', 'reopening']);
  });

  test('is lost for reasons of which no one is both the partner’s and the system’s', () => {
    const all = [...PARTNER_REASONS, ...SYSTEM_REASONS];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('a closed deal', () => {
  const free = { lostReason: 'no_time', refilled: false, anotherChosen: false, requestCancelled: false };

  test.each([
    { what: 'lost for a reason of its partner', given: {}, bar: undefined },
    { what: 'expired', given: { lostReason: 'expired' }, bar: undefined },
    { what: 'won', given: { lostReason: null }, bar: undefined },
    { what: 'of a place that was filled', given: { refilled: true }, bar: 'place_refilled' },
    { what: 'beside a chosen one', given: { anotherChosen: true }, bar: 'client_chose_another' },
    {
      what: 'closed by a choice',
      given: { lostReason: 'client_chose_another' },
      bar: 'client_chose_another',
    },
    { what: 'of a cancelled request', given: { requestCancelled: true }, bar: 'client_cancelled' },
    { what: 'closed by a cancel', given: { lostReason: 'client_cancelled' }, bar: 'client_cancelled' },
    {
      what: 'barred for every reason: the client’s will comes first,',
      given: { refilled: true, anotherChosen: true, requestCancelled: true },
      bar: 'client_cancelled',
    },
  ])('$what has the bar $bar', ({ given, bar }) => {
    expect(reopeningBar({ ...free, ...given })).toBe(bar);
  });
});

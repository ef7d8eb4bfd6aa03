import { describe, expect, test } from 'vitest';
import {
  LIFE,
  MAX_REPLACEMENTS,
  nextStatus,
  type RequestEvent,
  type RequestStatus,
  replacementsDue,
} from '../../domain/request-life.ts';

const STATUSES = Object.keys(LIFE) as RequestStatus[];

describe('a request', () => {
  test('can get from its beginning to every status, and from every status but the last to its end', () => {
    const reachable = (from: RequestStatus, seen = new Set<RequestStatus>()): Set<RequestStatus> => {
      if (seen.has(from)) return seen;
      seen.add(from);
      for (const next of Object.values(LIFE[from])) reachable(next, seen);
      return seen;
    };
    expect([...reachable('received')].sort()).toEqual([...STATUSES].sort());
    for (const status of STATUSES) expect([...reachable(status)]).toContain('cancelled');
  });

  test('can be cancelled by its client while it is open, and only then', () => {
    for (const status of STATUSES) {
      const open = status !== 'completed' && status !== 'cancelled';
      expect(nextStatus(status, 'cancelled')).toBe(open ? 'cancelled' : undefined);
    }
  });

  test.each<[RequestStatus, RequestEvent]>([
    ['received', 'forwarded'],
    ['routed', 'widened'],
    ['routed', 'forwarded'],
    ['chosen', 'chosen'],
    ['invited', 'invited'],
    ['completed', 'won'],
    ['cancelled', 'answered'],
  ])('that is %s does not know what %s is', (status, event) => {
    expect(nextStatus(status, event)).toBeUndefined();
  });
});

describe('refused places to be filled', () => {
  const waiting = {
    status: 'routed',
    mode: 'automated',
    live: 2,
    refused: 1,
    replacements: 0,
    invited: false,
  } as const;

  test.each([
    { what: 'one was refused', given: {}, due: 1 },
    { what: 'one was refused, another has answered', given: { status: 'answered' }, due: 1 },
    { what: 'all three were refused', given: { live: 0, refused: 3 }, due: 3 },
    { what: 'nobody refused', given: { refused: 0 }, due: 0 },
    { what: 'three are live all the same', given: { live: 3 }, due: 0 },
    { what: 'four are live after a forward', given: { live: 4 }, due: 0 },
    { what: 'one replacement is left for two', given: { live: 1, refused: 2, replacements: 2 }, due: 1 },
    {
      what: 'no replacement is left',
      given: { live: 0, refused: 2, replacements: MAX_REPLACEMENTS },
      due: 0,
    },
    { what: 'the client was invited before', given: { invited: true }, due: 0 },
    { what: 'the request is manual', given: { mode: 'manual' }, due: 0 },
  ] as const)('are $due when $what', ({ given, due }) => {
    expect(replacementsDue({ ...waiting, ...given })).toBe(due);
  });

  test.each(STATUSES.filter((status) => status !== 'routed' && status !== 'answered'))(
    'are none when it is %s',
    (status) => {
      expect(replacementsDue({ ...waiting, status })).toBe(0);
    },
  );
});

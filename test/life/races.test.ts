import { describe, expect, test } from 'vitest';
import { createDeal } from '../../jobs/create-deal.ts';
import { followUp } from '../../jobs/follow-up.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { followUpHandler } from '../../workers/follow-up.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { testDatabase } from '../helpers/database.ts';
import { chooses, deliverAll, doCancel, doForward, idOf, move } from '../helpers/life-acts.ts';
import { raced } from '../helpers/life-race.ts';
import {
  dealsOf,
  deliverJob,
  mailsOf,
  received,
  routed,
  statusOf,
  windowEnds,
  windowPassed,
} from '../helpers/life-story.ts';
import { promised } from '../helpers/outbox.ts';

const done = { kind: 'done' };
const DONE = [done];

describe('the order of two who need the same request is the order of their locks', () => {
  test('an answer and the end of the window: an invitation that came first is taken back', () =>
    raced(
      async (db) => {
        const story = await routed(db);
        await windowPassed(story, 1);
        return story;
      },
      move(0, 'in_progress'),
      deliverAll(followUpHandler),
      async (story, answers, first) => {
        expect(answers).toEqual(['ok', DONE]);
        expect(await statusOf(story)).toBe('answered');
        expect(await mailsOf(story, 'invitation')).toEqual(
          first === 'a' ? [] : ['invitation 1 client superseded'],
        );
        expect(await promised(story.db, followUp)).toEqual([]);
      },
    ));

  test('an answer and the claim of the invitation: what is claimed after the answer is not sent', () =>
    raced(
      async (db) => {
        const story = await routed(db);
        await windowEnds(story);
        return story;
      },
      move(0, 'in_progress'),
      deliverAll(sendEmailHandler),
      async (story, [answer], first) => {
        expect(answer).toBe('ok');
        expect(await statusOf(story)).toBe('answered');
        const ending = first === 'a' ? 'superseded' : 'sent';
        expect(await mailsOf(story, 'invitation')).toEqual([`invitation 1 client ${ending}`]);
      },
    ));

  test('a replacement that is late and a forward: nobody is asked twice', () =>
    raced(
      async (db) => {
        const story = await routed(db, { partners: 7 });
        await move(0, 'lost')(story);
        await windowEnds(story);
        expect(await statusOf(story)).toBe('invited');
        return story;
      },
      deliverAll(matchRequestHandler),
      (story) => doForward(story.deps, story.requestId, idOf(story, 3)),
      async (story, answers) => {
        expect(answers).toEqual([DONE, 'ok']);
        expect(await statusOf(story)).toBe('routed');
        const deals = await dealsOf(story);
        expect(deals[3]).toBe('unopened');
        expect(await promised(story.db, matchRequest)).toEqual([]);
      },
    ));

  // BUG: the winner closes the other's deal as lost, and MOVES knows no way from lost to won, so the other
  // gets `not_possible`; `already_completed` cannot be reached.
  test('two Won at once: the second is told that the request is completed', async () => {
    const story = await routed((await testDatabase('empty')).db);
    expect(await move(0, 'won')(story)).toBe('ok');
    expect(await move(1, 'won')(story)).toBe('already_completed');
  });

  test('two Won at once: one completes, the other is refused', () =>
    raced(
      (db) => routed(db),
      move(0, 'won'),
      move(1, 'won'),
      async (story, answers, first) => {
        const [won, refused] = first === 'a' ? answers : answers.toReversed();
        expect(won).toBe('ok');
        expect(['already_completed', 'not_possible']).toContain(refused);
        expect(await statusOf(story)).toBe('completed');
        const lost = 'lost client_chose_another';
        expect(await dealsOf(story)).toEqual(
          first === 'a' ? { 0: 'won', 1: lost, 2: lost } : { 0: lost, 1: 'won', 2: lost },
        );
      },
    ));

  test('a choice and another’s Won: whoever comes first has it', () =>
    raced(
      (db) => routed(db),
      chooses(0),
      move(1, 'won'),
      async (story, answers, first) => {
        const lost = 'lost client_chose_another';
        expect(answers[first === 'a' ? 0 : 1]).toBe('ok');
        expect(answers[first === 'a' ? 1 : 0]).not.toBe('ok');
        expect(await statusOf(story)).toBe(first === 'a' ? 'chosen' : 'completed');
        expect(await dealsOf(story)).toEqual(
          first === 'a' ? { 0: 'new', 1: lost, 2: lost } : { 0: lost, 1: 'won', 2: lost },
        );
      },
    ));

  test('a choice and the chosen one’s Won: completed in either order', () =>
    raced(
      (db) => routed(db),
      chooses(1),
      move(1, 'won'),
      async (story, answers, first) => {
        expect(answers).toEqual(first === 'a' ? ['ok', 'ok'] : ['not_possible', 'ok']);
        expect(await statusOf(story)).toBe('completed');
      },
    ));

  test('a reopening and its replacement: either the place is filled, or the deal is open again', () =>
    raced(
      async (db) => {
        const story = await routed(db, { partners: 4 });
        await move(0, 'lost')(story);
        return story;
      },
      move(0, 'in_progress'),
      deliverAll(matchRequestHandler),
      async (story, answers, first) => {
        expect(answers).toEqual([first === 'a' ? 'ok' : 'place_refilled', DONE]);
        expect(await statusOf(story)).toBe(first === 'a' ? 'answered' : 'routed');
        expect(await dealsOf(story)).toEqual(
          first === 'a'
            ? { 0: 'in_progress', 1: 'new', 2: 'new' }
            : { 0: 'lost other', 1: 'new', 2: 'new', 3: 'unopened' },
        );
      },
    ));

  test('a cancel and the matching: no live match is left', () =>
    raced(
      (db) => received(db),
      (story) => doCancel(story.deps, story.requestId),
      deliverAll(matchRequestHandler),
      async (story, answers, first) => {
        expect(answers).toEqual(['ok', DONE]);
        expect(await statusOf(story)).toBe('cancelled');
        expect(await dealsOf(story)).toEqual(
          first === 'a' ? {} : { 0: 'dropped', 1: 'dropped', 2: 'dropped' },
        );
        await deliverJob(story.deps, createDeal.name);
        expect(Object.values(await dealsOf(story)).filter((stands) => stands !== 'dropped')).toEqual([]);
      },
    ));

  test('two refusals at once that leave nobody, and nobody to ask: one invitation', () =>
    raced(
      async (db) => {
        const story = await routed(db, { partners: 2 });
        return story;
      },
      move(0, 'lost'),
      move(1, 'lost'),
      async (story, answers) => {
        expect(answers).toEqual(['ok', 'ok']);
        await deliverAll(matchRequestHandler)(story);
        expect(await statusOf(story)).toBe('invited');
        expect(await mailsOf(story, 'invitation')).toEqual(['invitation 1 client pending']);
      },
    ));
});

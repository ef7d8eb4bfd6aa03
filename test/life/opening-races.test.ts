import { expect, test } from 'vitest';
import { createDealHandler } from '../../workers/create-deal.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { chooses, deliverAll, doCancel } from '../helpers/life-acts.ts';
import { raced } from '../helpers/life-race.ts';
import { dealsOf, received, statusOf } from '../helpers/life-story.ts';

const done = { kind: 'done' };
const ALL_DONE = [done, done, done];

// BUG: lockUnopened reads matches with the snapshot from before it waited for the request's lock, so a
// match that a choice dropped meanwhile is opened all the same.
test('a choice and the opening of deals: nobody who was dropped gets a deal', () =>
  raced(
    async (db) => {
      const story = await received(db);
      await deliverAll(matchRequestHandler)(story);
      return story;
    },
    chooses(1),
    deliverAll(createDealHandler),
    async (story, answers, first) => {
      expect(answers).toEqual(['ok', ALL_DONE]);
      expect(await statusOf(story)).toBe('chosen');
      expect(await dealsOf(story)).toEqual(
        first === 'a'
          ? { 0: 'dropped', 1: 'new', 2: 'dropped' }
          : { 0: 'lost client_chose_another', 1: 'new', 2: 'lost client_chose_another' },
      );
    },
  ));

test('a cancel and the opening of deals: nobody gets a deal of a cancelled request', () =>
  raced(
    async (db) => {
      const story = await received(db);
      await deliverAll(matchRequestHandler)(story);
      return story;
    },
    (story) => doCancel(story.deps, story.requestId),
    deliverAll(createDealHandler),
    async (story, answers, first) => {
      expect(answers).toEqual(['ok', ALL_DONE]);
      const stands = first === 'a' ? 'dropped' : 'lost client_cancelled';
      expect(await dealsOf(story)).toEqual({ 0: stands, 1: stands, 2: stands });
    },
  ));

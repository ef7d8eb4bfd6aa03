import type { Key, Translate } from '../../../../locales/translator.ts';
import type { Story } from '../../../admin/story.ts';
import { lostWords } from './lost-words.ts';
import type { Entry } from './timeline.ts';

type DealLine = NonNullable<Story['matches'][number]['deal']>['events'][number];

/** What happened to a partner's deal, in words. */
export function dealEntry({ actor, event, data, at }: DealLine, partner: string, t: Translate): Entry {
  const by = actor === 'client' || actor === 'partner' ? actor : 'system';
  const { stage, reason, text, rating } = data;
  const words = t(keyOf(event, data), { partner, stage: String(stage ?? ''), rating: Number(rating ?? 0) });
  const detail =
    typeof text === 'string' ? text : typeof reason === 'string' ? lostWords(t, reason) : undefined;
  return { at, by, words, detail };
}

const KEYS: Record<string, Key> = {
  opened: 'admin.event.opened',
  reopened: 'admin.event.reopened',
  chosen: 'admin.event.chosen',
  closed: 'admin.event.closed',
  note: 'admin.event.note',
  reviewed: 'admin.event.reviewed',
};

function keyOf(event: string, { from, to }: Record<string, unknown>): Key {
  if (to === 'lost' && from !== 'lost')
    return from === 'new' ? 'admin.event.refused' : 'admin.event.withdrew';
  if (to === 'won' && from !== 'won') return 'admin.event.won';
  if (from === 'new' && to === 'in_progress') return 'admin.event.answered';
  return KEYS[event] ?? 'admin.event.moved';
}

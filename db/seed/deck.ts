import type { Random } from './random.ts';

/**
 * Deals texts like cards: each once before any comes a second time, so that neighbours in a list do not
 * repeat one another. The list itself is the name of the deck.
 */
export interface Decks {
  /** `except` is put aside when it comes. */
  draw<T>(list: readonly T[], except?: T): T;
}

export function decks(random: Random): Decks {
  const left = new Map<unknown, unknown[]>();
  const self: Decks = {
    draw<T>(list: readonly T[], except?: T): T {
      const pile = (left.get(list) ?? []) as T[];
      if (pile.length === 0) pile.push(...random.shuffled(list));
      left.set(list, pile);
      const card = pile.pop();
      if (card === undefined) throw new Error('an empty deck');
      return card === except ? self.draw(list, except) : card;
    },
  };
  return self;
}

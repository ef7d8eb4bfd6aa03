import { BadReference } from '../../../../life/edit-board-plan.ts';
import { NotPossible } from '../../../../life/not-possible.ts';

/** Why boards stay as they are: a code that pages have words for, and the status of the answer. */
export interface BoardRefusal {
  code: string;
  status: number;
}

/**
 * Does a change of the boards. Undefined when it is done, else why not. Forms name only what was there when
 * they were shown: an id that leads nowhere says that the boards have changed since.
 */
export async function refusalOf(change: () => Promise<void>): Promise<BoardRefusal | undefined> {
  try {
    await change();
    return undefined;
  } catch (error) {
    if (error instanceof BadReference) return { code: 'board_busy', status: 409 };
    if (error instanceof NotPossible) return { code: error.code, status: 409 };
    throw error;
  }
}

import { text } from 'node:stream/consumers';
import { recordedExport } from '../api/admin/personal-data.ts';
import { email as emailSchema } from '../api/schemas-email.ts';
import type { Database } from '../db/connect.ts';
import { heldUnder } from '../db/held.ts';
import { erase } from '../life/erase.ts';
import { CLI } from './key-commands.ts';
import { UserError } from './process.ts';

/** What the commands about a person's data are told. */
export interface PersonValues {
  email?: string | undefined;
  yes?: boolean | undefined;
}

/** @returns everything that is held under the address, as JSON */
export async function exportPerson(db: Database, values: PersonValues): Promise<string> {
  return JSON.stringify(await recordedExport(db, CLI, await addressOf(values)), null, 2);
}

/**
 * Erases what is held under the address, if it was said that this is meant. The jobs that follow are found by the
 * workers' sweeper within seconds: this process has no queues.
 */
export async function erasePerson(db: Database, values: PersonValues): Promise<string> {
  const email = await addressOf(values);
  if (!values.yes) {
    const held = Object.entries(await heldUnder(db, email));
    throw new UserError(
      `Held under this address: ${inWords(held)}.\nErasing cannot be undone. Say --yes to do it.`,
    );
  }
  const erased = await erase({ db, queues: { dispatch: () => undefined } }, email, CLI);
  return `Erased: ${inWords(Object.entries(erased))}.`;
}

/** `closedDeals` of 3 is `3 closed deals`. */
function inWords(counts: [string, number][]): string {
  return counts
    .map(([name, n]) => `${n} ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`)
    .join(', ');
}

/** The address itself, or for `-` the first line of stdin: arguments can be seen in lists of processes. */
async function addressOf({ email }: PersonValues): Promise<string> {
  if (!email) throw new UserError('Say whose: --email <address>, or --email - to read it from stdin.');
  const typed = email === '-' ? ((await text(process.stdin)).split('\n')[0] ?? '') : email;
  const { data } = emailSchema.safeParse(typed);
  if (!data) throw new UserError('This is no e-mail address.');
  return data;
}

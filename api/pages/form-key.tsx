import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { type FormState, type Typed, typedText } from './forms.ts';

/** A hidden key of a form that makes something: by it, two presses of its button are known for one. */
export function FormKey({ form }: { form?: FormState }) {
  return <input type="hidden" name="key" value={(form && typedText(form.typed, 'key')) || uuidv7()} />;
}

const formKey = z.uuidv7().toLowerCase();

/**
 * The id of what a form makes, the same for every press: a UUIDv7 with the time of the form's key. It stands for
 * whoever sends it and all that is made, too: who goes back and writes something else makes something else, and
 * nobody gets to the id of another's row, whatever key is sent. Without a key, each press makes its own.
 */
export function madeId(sent: Typed, ...what: string[]): string {
  const key = formKey.safeParse(typedText(sent, 'key')).data;
  if (!key) return uuidv7();
  const hex = createHash('sha256')
    .update(JSON.stringify([key, ...what]))
    .digest('hex');
  // tttttttt-tttt-7###-v###-############: time, version and variant are the key's.
  return `${key.slice(0, 15)}${hex.slice(0, 3)}-${key.charAt(19)}${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

import { z } from 'zod';
import { notFound } from './problem.ts';

/** The id in a path, as the database writes it. @throws Problem 404 when it is no id at all */
export function pathId(text: string): string {
  const { data } = z.uuid().safeParse(text);
  if (!data) throw notFound();
  return data.toLowerCase();
}

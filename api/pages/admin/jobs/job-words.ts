import type { Translate } from '../../../../locales/translator.ts';

/** The jobs that have words: all that there are today, by their names on the wire. */
export const NAMED_JOBS = [
  'match-request',
  'create-deal',
  'follow-up',
  'send-email',
  'request-feedback',
  'recompute-ranks',
  'expire',
] as const;

/** What a job does, in words; of a job that nobody knows, its name. */
export function jobWords(t: Translate, job: string): string {
  const named = NAMED_JOBS.find((each) => each === job);
  return named ? t(`admin.job.${named}`) : job;
}

import type { Translate } from '../../../../locales/translator.ts';

/** The actions that have words: all that are recorded today. Those of the board are named after Bull Board's calls. */
export const NAMED_ACTIONS = [
  'partner.create',
  'partner.change',
  'review.hide',
  'review.restore',
  'job.retry',
  'session.end',
  'session.end-all',
  'api-key.create',
  'api-key.revoke',
  'admin.create',
  'admin.change',
  'catalog.seed',
  'personal-data.export',
  'personal-data.erase',
  'board.pause',
  'board.resume',
  'board.retry',
  'board.promote',
  'board.clean',
  'board.empty',
  'board.obliterate',
  'board.add',
  'board.delay',
  'board.update-data',
] as const;

/** What was done, in words; of an action that nobody put into words, its name. */
export function actionWords(t: Translate, action: string): string {
  const named = NAMED_ACTIONS.find((each) => each === action);
  return named ? t(`admin.did.${named}`) : action;
}

/** What things are called that something was done to. */
export const NAMED_SUBJECTS = [
  'partner',
  'request',
  'review',
  'job',
  'queue',
  'session',
  'api-key',
  'admin',
  'catalog',
  'personal-data',
] as const;

/** What something was done to, in words; else the name that the record has. */
export function subjectWords(t: Translate, kind: string): string {
  const named = NAMED_SUBJECTS.find((each) => each === kind);
  return named ? t(`admin.subject.${named}`) : kind;
}

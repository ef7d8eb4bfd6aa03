import type { MailData } from '../../db/mail-data.ts';
import type { Locale } from '../../domain/catalog.ts';
import type { Translate } from '../../locales/translator.ts';
import type { Content } from './content.ts';

/** What a template may use beside the data. */
export interface MailContext {
  locale: Locale;
  /** The page that the mail leads to, with a fresh token; in mails to the client, and for signing in. */
  link: string | undefined;
  /** Where pages are, for links that need no token: their readers sign in. */
  publicUrl: string;
  answerWindowMs: number;
  feedbackWindowMs: number;
}

/** Makes the words of one kind of mail. */
export type Render = (data: MailData, context: MailContext, t: Translate) => Content;

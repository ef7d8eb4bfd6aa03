import type { Translate } from '../../../../locales/translator.ts';
import type { Story } from '../../../admin/story.ts';
import type { Entry } from './timeline.ts';

type StoryMail = Story['mails'][number];

/** The mails that can be about a request, by template. */
export const MAILS = [
  'request-routed',
  'request-unmatched',
  'lead-new',
  'lead-nudge',
  'lead-closed',
  'invitation',
  'feedback-request',
] as const;

/** How a mail stands. */
export const MAIL_STATUSES = ['pending', 'sending', 'sent', 'failed', 'superseded'] as const;

const TONES: Record<string, 'good' | 'bad' | 'active'> = { sent: 'good', failed: 'bad', sending: 'active' };

/** A mail with its state: at the time it was sent, or else promised. */
export function mailEntry(mail: StoryMail, client: string, t: Translate): Entry {
  const { to, template, status, uncertain, error, attempts, sentAt, createdAt } = mail;
  const known = MAILS.find((each) => each === template);
  const state = MAIL_STATUSES.find((each) => each === status);
  const words = t('admin.event.mail', {
    to: to === 'client' ? client : to.name,
    mail: known ? t(`admin.mail.${known}`) : template,
  });
  return {
    at: sentAt ?? createdAt,
    by: 'mail',
    words,
    detail: error && status !== 'sent' ? t('admin.jobs.tried', { count: attempts, error }) : undefined,
    badges: [
      { words: state ? t(`admin.mail-status.${state}`) : status, tone: TONES[status] ?? '' },
      ...(uncertain ? [{ words: t('admin.mail-status.uncertain'), tone: 'bad' as const }] : []),
    ],
  };
}

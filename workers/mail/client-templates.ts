import { durationWords } from '../../locales/duration-words.ts';
import { reasonWords } from '../../locales/reason-words.ts';
import { action, type Block, heading, list, paragraph } from './content.ts';
import type { Render } from './render.ts';

/** The request is with its partners: who they are, and why. */
export const requestRouted: Render = ({ request, client, matches }, { locale, link, answerWindowMs }, t) => {
  const manual = request.mode === 'manual';
  return {
    subject: t('mail.request-routed.subject', { count: matches.length, title: request.title }),
    blocks: [
      paragraph(t('mail.request-routed.greeting', { name: client.name })),
      paragraph(
        manual ? t('mail.request-routed.manual') : t('mail.request-routed.intro', { count: matches.length }),
      ),
      ...matches.flatMap(({ name, title, reasons }) => [
        heading(`${name} · ${title}`),
        list(reasons.map((reason) => reasonWords(locale, reason))),
      ]),
      paragraph(
        t('mail.request-routed.next', {
          count: matches.length,
          window: durationWords(locale, answerWindowMs),
        }),
      ),
      ...to(t('mail.request-routed.action'), link),
    ],
  };
};

/** Nobody matches; the client can ask for less. */
export const requestUnmatched: Render = ({ request, client }, { link }, t) => ({
  subject: t('mail.request-unmatched.subject', { title: request.title }),
  blocks: [
    paragraph(t('mail.request-unmatched.greeting', { name: client.name })),
    paragraph(t('mail.request-unmatched.intro')),
    paragraph(t('mail.request-unmatched.next')),
    ...to(t('mail.request-unmatched.action'), link),
  ],
});

/** The window ended, or nobody is left: the client can send the request to another partner. */
export const invitation: Render = ({ request, client, matches }, { link }, t) => ({
  subject: t('mail.invitation.subject', { title: request.title }),
  blocks: [
    paragraph(t('mail.invitation.greeting', { name: client.name })),
    paragraph(t('mail.invitation.intro')),
    ...(matches.some(({ live }) => live) ? [paragraph(t('mail.invitation.still'))] : []),
    ...to(t('mail.invitation.action'), link),
  ],
});

/** A deal was won: the client can review the partner. */
export const feedbackRequest: Render = (data, { locale, link, feedbackWindowMs }, t) => {
  const { request, client, matches, matchId } = data;
  const partner = matches.find(({ id }) => id === matchId)?.name ?? '';
  return {
    subject: t('mail.feedback-request.subject', { partner }),
    blocks: [
      paragraph(t('mail.feedback-request.greeting', { name: client.name })),
      paragraph(t('mail.feedback-request.intro', { partner, title: request.title })),
      paragraph(t('mail.feedback-request.how', { window: durationWords(locale, feedbackWindowMs) })),
      ...to(t('mail.feedback-request.action'), link),
    ],
  };
};

function to(label: string, url: string | undefined): Block[] {
  return url ? [action(label, url)] : [];
}

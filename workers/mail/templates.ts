import type { Template } from '../../db/emails.ts';
import type { MailData } from '../../db/mail-data.ts';
import type { Locale } from '../../domain/catalog.ts';
import { durationWords } from '../../locales/duration-words.ts';
import { listOf, serviceName } from '../../locales/names.ts';
import { reasonWords } from '../../locales/reason-words.ts';
import { type Translate, translator } from '../../locales/translator.ts';
import { action, type Block, type Content, facts, heading, list, paragraph } from './content.ts';

/** What a template may use beside the data. */
export interface MailContext {
  locale: Locale;
  /** The client's own page, with a fresh token; only in mails to the client. */
  trackingUrl: string | undefined;
  answerWindowMs: number;
}

type Render = (data: MailData, context: MailContext, t: Translate) => Content;

/** The words of a mail, in its reader's language. */
export function contentOf(data: MailData, context: MailContext): Content {
  return RENDERERS[data.template](data, context, translator(context.locale));
}

const requestRouted: Render = ({ request, client, matches }, { locale, trackingUrl, answerWindowMs }, t) => {
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
      ...link(t('mail.request-routed.action'), trackingUrl),
    ],
  };
};

const requestUnmatched: Render = ({ request, client }, { trackingUrl }, t) => ({
  subject: t('mail.request-unmatched.subject', { title: request.title }),
  blocks: [
    paragraph(t('mail.request-unmatched.greeting', { name: client.name })),
    paragraph(t('mail.request-unmatched.intro')),
    paragraph(t('mail.request-unmatched.next')),
    ...link(t('mail.request-unmatched.action'), trackingUrl),
  ],
});

const leadNew: Render = ({ request, client, partner, matches, matchId, pipeline }, { locale }, t) => ({
  subject: t('mail.lead-new.subject', { title: request.title }),
  blocks: [
    paragraph(t('mail.lead-new.greeting', { name: partner?.name ?? '' })),
    paragraph(t('mail.lead-new.intro', { pipeline: pipeline ?? '' })),
    heading(t('mail.lead-new.project')),
    facts([
      [t('field.title'), request.title],
      [t('field.description'), request.description],
      [
        t('field.services'),
        listOf(
          locale,
          request.services.map((slug) => serviceName(locale, slug)),
        ),
      ],
      [t('field.budget'), request.budget && money(locale, request.budget)],
      [t('field.deadline'), request.deadline && day(locale, request.deadline)],
    ]),
    heading(t('mail.lead-new.contact')),
    facts([
      [t('field.name'), client.name],
      [t('field.email'), client.email],
      [t('field.phone'), client.phone],
      [t('field.company'), client.company],
    ]),
    heading(t('mail.lead-new.why')),
    list(
      (matches.find(({ id }) => id === matchId)?.reasons ?? []).map((reason) => reasonWords(locale, reason)),
    ),
    paragraph(t('mail.lead-new.shared', { others: matches.length - 1 })),
    paragraph(
      t('mail.lead-new.stages', {
        progress: t('stage.in_progress'),
        lost: t('stage.lost'),
        won: t('stage.won'),
      }),
    ),
  ],
});

const RENDERERS: Record<Template, Render> = {
  'request-routed': requestRouted,
  'request-unmatched': requestUnmatched,
  'lead-new': leadNew,
};

function link(label: string, url: string | undefined): Block[] {
  return url ? [action(label, url)] : [];
}

function money(locale: Locale, { amount, currency }: { amount: string; currency: string }): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(amount));
}

function day(locale: Locale, date: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
}

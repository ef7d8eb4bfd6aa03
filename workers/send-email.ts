import { uuidv7 } from 'uuidv7';
import { insertTokens, mintToken, type Purpose } from '../db/access-tokens.ts';
import { insertCaptured } from '../db/captured-mails.ts';
import { claimEmails, type EmailEnding, settleEmails } from '../db/emails.ts';
import { type MailData, mailData } from '../db/mail-data.ts';
import { sendEmail } from '../jobs/send-email.ts';
import { translator } from '../locales/translator.ts';
import type { WorkerDeps } from './handler.ts';
import { renderHtml } from './mail/html.tsx';
import { UncertainError } from './mail/mailer.ts';
import type { Message } from './mail/message.ts';
import { contentOf } from './mail/templates.ts';
import { renderText } from './mail/text.ts';
import { type Ending, outside } from './outside.ts';

/** A claimed mail, with what it says and the token that its link will bear. */
interface Letter {
  data: MailData;
  token: string | undefined;
}

// The link in a mail opens the client's page for half a year, and a session for a quarter of an hour.
const REQUEST_LINK_MS = 180 * 24 * 3_600_000;
const SIGN_IN_LINK_MS = 10 * 60_000;

function validMs(purpose: Purpose, feedbackWindowMs: number): number {
  return { request: REQUEST_LINK_MS, feedback: feedbackWindowMs, 'sign-in': SIGN_IN_LINK_MS }[purpose];
}

/** Sends mails: claimed first, so that a crash leaves a trace, under a Message-ID that never changes. */
export const sendEmailHandler = outside<{ emailId: string }, Letter, Message>(sendEmail, {
  leaseMs: ({ settings }) => settings.mailLeaseMs,
  atOnce: ({ mailer }) => mailer.connections,
  // A mail is claimed and settled in several times the time that it takes to send it.
  concurrency: ({ mailer }) => (mailer.kind === 'smtp' ? 8 : 1) * mailer.connections,

  async claim(tx, jobs, { settings }) {
    const claimed = await claimEmails(
      tx,
      jobs.map((job) => job.payload.emailId),
    );
    const letters = (
      await mailData(
        tx,
        claimed.map(({ id }) => id),
      )
    ).map((data): Letter => ({ data, token: linkOf(data) && mintToken() }));
    for (const purpose of ['request', 'feedback', 'sign-in'] as const) {
      const links = letters.flatMap(({ data, token }) => {
        const link = linkOf(data);
        return token && link?.purpose === purpose ? [{ token, subjectId: link.subjectId }] : [];
      });
      await insertTokens(tx, purpose, links, validMs(purpose, settings.feedbackWindowMs), true);
    }
    return new Map(
      jobs.flatMap((job) => {
        // A mail goes out once, however many jobs name it.
        const index = letters.findIndex(({ data }) => data.id === job.payload.emailId);
        return letters
          .splice(index < 0 ? letters.length : index, 1)
          .map((letter) => [job.id, letter] as const);
      }),
    );
  },

  async perform(letter, deps) {
    const message = write(letter, deps);
    if (deps.mailer.kind === 'smtp') await deps.mailer.send(message);
    return message;
  },

  async settle(tx, endings, { mailer }) {
    await settleEmails(tx, endings.map(howItEnded));
    if (mailer.kind === 'captured') {
      await insertCaptured(
        tx,
        endings.flatMap((ending) => ('result' in ending ? [capture(ending)] : [])),
      );
    }
  },
});

interface Link {
  purpose: Purpose;
  subjectId: string;
  path: string;
}

/** What the link of a mail opens: the request's page, the form to review a deal, a session. Some have none. */
function linkOf({ template, request, matchId, partner }: MailData): Link | undefined {
  if (template === 'sign-in') return { purpose: 'sign-in', subjectId: partner?.id ?? '', path: 'sign-in' };
  if (partner) return undefined;
  if (template === 'feedback-request')
    return { purpose: 'feedback', subjectId: matchId ?? '', path: 'feedback' };
  return { purpose: 'request', subjectId: request.id, path: `requests/${request.id}` };
}

function write({ data, token }: Letter, { settings }: WorkerDeps): Message {
  const reader = data.partner ?? data.client;
  const link = token && `${settings.publicUrl}/${linkOf(data)?.path}/${token}`;
  const { publicUrl, answerWindowMs, feedbackWindowMs } = settings;
  const context = { locale: reader.locale, link, publicUrl, answerWindowMs, feedbackWindowMs };
  const content = contentOf(data, context);
  const footer = translator(reader.locale)('mail.footer');
  return {
    messageId: `<${data.id}@${new URL(settings.publicUrl).hostname}>`,
    to: { name: reader.name, address: reader.email },
    subject: content.subject,
    text: renderText(content, footer),
    html: renderHtml(content, reader.locale, footer),
  };
}

function howItEnded(ending: Ending<Letter, Message>): EmailEnding {
  const { id } = ending.item.data;
  if ('result' in ending) return { id, status: 'sent', uncertain: false, error: null };
  const uncertain = ending.error instanceof UncertainError;
  return { id, status: ending.final ? 'failed' : 'pending', uncertain, error: ending.error.message };
}

function capture({ item: { data }, result }: { item: Letter; result: Message }) {
  const { subject, text, html, to } = result;
  const locale = (data.partner ?? data.client).locale;
  return {
    id: uuidv7(),
    emailId: data.id,
    to: to.address,
    subject,
    text,
    html,
    template: data.template,
    locale,
  };
}

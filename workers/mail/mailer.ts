import { createTransport } from 'nodemailer';
import { around } from '../../db/points.ts';
import { asciiAddress } from '../../domain/email-address.ts';
import { PermanentError } from '../outcome.ts';
import { recipient, subjectHeader } from './header-text.ts';
import type { Message } from './message.ts';
import { type Mailbox, mailbox, mime } from './mime.ts';

/** Where mails go: to a server, or nowhere (then they are kept for `/dev/mail`). */
export type Mailer =
  | { kind: 'captured'; connections: number; close(): void }
  | { kind: 'smtp'; connections: number; send(message: Message): Promise<void>; close(): void };

/** The server may or may not have taken the mail: nobody can know (RFC 1047). */
export class UncertainError extends Error {
  override name = 'UncertainError';
}

// Their sum, and so every attempt, is over well within MAIL_LEASE (90 s).
const TIMEOUTS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 10_000,
};
const WHOLE_ATTEMPT_MS = 60_000;

/** Mails are kept in Postgres and shown at `/dev/mail`: for machines without a mail server. */
export function captureMail(connections: number): Mailer {
  return { kind: 'captured', connections, close: () => undefined };
}

/**
 * A pool of connections to the server that `url` names (`smtp://user:password@host:587`).
 * @param connections also the most mails that are to be sent at once, so none waits in nodemailer's own queue
 */
export function smtpMailer(url: string, from: Mailbox, connections: number): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    // nodemailer sends again by itself only what it had not begun to send
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMEOUTS,
  });
  const sender = asciiAddress(from.address);
  const fromHeader = mailbox({ ...from, address: sender });
  return {
    kind: 'smtp',
    connections,
    close: () => transport.close(),
    async send(message) {
      const attempt = new AbortController();
      const timer = setTimeout(
        () => attempt.abort(new Error('the mail server took too long')),
        WHOLE_ATTEMPT_MS,
      );
      try {
        const to = recipient(message.to);
        const envelope = { from: sender, to: to.address };
        const headers = { from: fromHeader, to: mailbox(to), subject: subjectHeader(message.subject) };
        const raw = mime({ ...message, ...headers }, new Date());
        const { messageId } = message;
        await around('smtp', () => transport.sendMail({ envelope, raw, messageId, signal: attempt.signal }));
      } catch (error) {
        throw judge(error as SmtpError);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  syscall?: string;
}

/**
 * What a failed attempt means. A 5xx to this mail is final; a 4xx, or a server that was never reached,
 * is worth another try; a connection that broke in between leaves everybody in the dark.
 */
function judge(error: SmtpError): Error {
  const { responseCode: reply = 0, code = '' } = error;
  const aboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (reply >= 500 && aboutThisMail && !OPERATORS_FAULT.has(reply))
    return new PermanentError(withoutAddresses(error));
  if (reply > 0 || NEVER_SENT.has(code) || aboutThisMail) return new Error(withoutAddresses(error));
  const neverReached =
    error.syscall === 'connect' || /^(Connection timeout|Greeting never received)/.test(error.message);
  return neverReached ? new Error(withoutAddresses(error)) : new UncertainError(withoutAddresses(error));
}

/** Not logged in, or not allowed to send: the settings are wrong, not the mail. */
const OPERATORS_FAULT = new Set([530, 534, 535, 538]);
const NEVER_SENT = new Set(['EDNS', 'EAUTH', 'ENOAUTH', 'ETLS', 'EPROXY', 'ECONFIG', 'EOAUTH2']);

/** Servers quote addresses in their replies; those do not belong in logs. */
function withoutAddresses(error: Error): string {
  return error.message.replace(/\S+@\S+/g, '<address>').slice(0, 300);
}

import { encodeWord, foldLines } from 'nodemailer/lib/mime-funcs';
import { encode, wrap } from 'nodemailer/lib/qp';

// In octets of what an encoded word holds; it has 75 at most (RFC 2047, 2).
const WORD_OCTETS = 52;
const LINE = 76;
const CRLF = '\r\n';
// In no part: quoted-printable writes = as =3D, or at the end of a line (RFC 2045, 6.7).
const BOUNDARY = '=_terna';

/** A mail's headers and texts as `mime` takes them: `from`, `to` and `subject` are values of headers already. */
export interface Parts {
  from: string;
  to: string;
  subject: string;
  messageId: string;
  text: string;
  html: string;
}

/**
 * A mail as it goes over the wire (RFC 5322, RFC 2046), in one piece: nodemailer streams each part by itself through
 * several pipes, which took half of the CPU of a mail.
 */
export function mime({ from, to, subject, messageId, text, html }: Parts, sentAt: Date): string {
  const headers = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    `Date: ${sentAt.toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${BOUNDARY}"`,
  ].map((line) => foldLines(line, LINE));
  const parts = [part('text/plain', text), part('text/html', html)];
  return [...headers, '', ...parts.flatMap((each) => [`--${BOUNDARY}`, each]), `--${BOUNDARY}--`, ''].join(
    CRLF,
  );
}

function part(type: string, content: string): string {
  const lines = content.replace(/\r\n?|\n/g, CRLF);
  return [
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: quoted-printable',
    '',
    wrap(encode(lines), LINE),
  ].join(CRLF);
}

/** Somebody with an address, and with a name or ''. */
export interface Mailbox {
  name: string;
  address: string;
}

/** Somebody as a header has it (RFC 5322, 3.4). */
export function mailbox({ name, address }: Mailbox): string {
  return name ? `${phrase(name)} <${address}>` : address;
}

function phrase(name: string): string {
  if (/^\w+( \w+)*$/.test(name)) return name;
  return /^[ -~]+$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodedWords(name);
}

/** Unstructured text in a header, in encoded words whatever it holds. */
export function encodedWords(text: string): string {
  return encodeWord(text, 'B', WORD_OCTETS);
}

import { asciiAddress } from '../../domain/email-address.ts';
import type { Message } from './message.ts';
import { encodedWords } from './mime.ts';

/** What would end a line, or could not be seen, is a space. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

// Besides what is not ASCII: readers decode whatever looks like an encoded word (RFC 2047), as `=?utf-8?Q?Paid?=`. And a
// line is folded at blanks alone, but has at most 998 octets.
const TO_BE_ENCODED = /[^ -~]|=\?|\S{60}/;

/** A subject that reads as it was written, whatever was written. */
export function subjectHeader(subject: string): string {
  return TO_BE_ENCODED.test(subject) ? encodedWords(subject) : subject;
}

// Of as many scripts as there are, but nothing that means something in a header.
const PLAIN_NAME = /^[\p{L}\p{M}\p{N} .,'’&()-]{1,100}$/u;

/** The recipient with its name, or without where the name could be taken for another address or for code. */
export function recipient({ name, address }: Message['to']): { name: string; address: string } {
  return { name: PLAIN_NAME.test(name) ? name : '', address: asciiAddress(address) };
}

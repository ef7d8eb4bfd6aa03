import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { mailbox, mime } from '../../workers/mail/mime.ts';
import { readMail } from '../helpers/received-mail.ts';

const address = 'ana@example.com';
const MAIL = {
  from: mailbox({ name: 'Terna', address: 'no-reply@terna.example' }),
  to: address,
  subject: 'Hello',
  messageId: '<1@terna.example>',
  text: 'Hello',
  html: '<p>Hello</p>',
};
const NOON = new Date('2026-11-01T12:00:00Z');

it.each([
  'Terna',
  'Two Words',
  'Two  blanks',
  'Souza, Ana',
  'Ana "Nina" Souza\\Lima',
  'Müller & Söhne',
  '日本 太郎'.repeat(20),
])('%s is read back as the name in a header', async (name) => {
  const { from } = await PostalMime.parse(mime({ ...MAIL, from: mailbox({ name, address }) }, NOON));
  expect(from).toEqual({ name, address });
});

it('an address without a name stands alone', () => expect(mailbox({ name: '', address })).toBe(address));

it.each([
  ['lines of every system', 'one\ntwo\r\nthree\rfour', 'one\ntwo\nthree\nfour'],
  ['a line that says the end of a mail', 'one\n.\nQUIT', 'one\n.\nQUIT'],
  ['what looks like the end of a part', 'one\n--=_terna--\ntwo', 'one\n--=_terna--\ntwo'],
  ['blanks at the end of lines', 'one \ntwo\t\nthree', 'one \ntwo\t\nthree'],
  ['every script', 'ação 日本 🙂\n'.repeat(300), 'ação 日本 🙂\n'.repeat(300)],
  ['an endless word', 'x'.repeat(5_000), 'x'.repeat(5_000)],
])('%s: the text is read back', async (_, text, read) => {
  const mail = await readMail(mime({ ...MAIL, text }, NOON));
  expect(mail.text.trimEnd()).toBe(read.trimEnd());
  expect(mail.htmlText.trim()).toBe('Hello');
});

it('says when it was sent', async () =>
  expect((await PostalMime.parse(mime(MAIL, NOON))).date).toBe('2026-11-01T12:00:00.000Z'));

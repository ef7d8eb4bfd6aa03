import { expect, it } from 'vitest';
import { readConfig } from '../config.ts';

it.each([
  ['Terna <no-reply@terna.example>', { name: 'Terna', address: 'no-reply@terna.example' }],
  ['"Souza, Ana" <ana@terna.example>', { name: 'Souza, Ana', address: 'ana@terna.example' }],
  [' ana@localhost ', { name: '', address: 'ana@localhost' }],
  ['<ana@bücher.example>', { name: '', address: 'ana@bücher.example' }],
])('MAIL_FROM may be %s', (text, from) => expect(readConfig({ MAIL_FROM: text }).mailFrom).toEqual(from));

it.each([
  'Terna',
  'Terna <>',
  'a@b, c@d.example',
  'a b@c.example',
  'Terna <a@b.example> <c@d.example>',
  'a@b\r\nBcc: c@d.example',
])('MAIL_FROM may not be %j', (text) =>
  expect(() => readConfig({ MAIL_FROM: text })).toThrow(
    /MAIL_FROM.*must be an address, or a name with one, such as Terna <no-reply@terna.example>/s,
  ),
);

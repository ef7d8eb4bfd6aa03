import { expect, it } from 'vitest';
import { recipient, subjectHeader } from '../../workers/mail/header-text.ts';
import { unlinked } from '../../workers/mail/unlinked.ts';

const address = 'ana@example.com';

it.each(['Ana Souza', "Zoë O'Neil", 'Müller & Söhne (Berlin)', '日本 太郎', 'Souza, Ana', 'J.-P. Lima'])(
  '%s stands in the header To',
  (name) => expect(recipient({ name, address })).toEqual({ name, address }),
);

it.each([
  '"Terna" <no-reply@terna.example>',
  'evil@evil.example',
  'Ana; Bia',
  'Ana\r\nBcc: evil@evil.example',
  '=?utf-8?Q?Ana?=',
  'https://evil.example',
  '\u202eanA',
  'Ana\u2028',
  'a'.repeat(101),
  '',
])('%s does not: the address stands alone', (name) =>
  expect(recipient({ name, address })).toEqual({ name: '', address }),
);

it('the domain of a recipient is in ASCII', () =>
  expect(recipient({ name: 'Ana', address: 'ana@bücher.example' }).address).toBe(
    'ana@xn--bcher-kva.example',
  ));

it('a subject that looks encoded is encoded, so that it reads as it was written', () => {
  expect(subjectHeader('New request: CRM')).toBe('New request: CRM');
  const encoded = subjectHeader('=?utf-8?Q?Paid?=');
  expect(Buffer.from(encoded.split('?')[3] ?? '', 'base64').toString()).toBe('=?utf-8?Q?Paid?=');
});

it('a subject without blanks can be folded all the same', () => {
  const words = subjectHeader(`New request: ${'x'.repeat(200)}`).split(' ');
  expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75);
});

it.each([
  ['https://evil.example/x', 'https:\u2060//evil\u2060.example/x'],
  ['www.evil.example', 'www\u2060.evil\u2060.example'],
  ['ana@evil.example', 'ana\u2060@evil\u2060.example'],
  ['J. R. Lima, 50.5 %, v1.2.3 ...', 'J. R. Lima, 50.5 %, v1.2.3 ...'],
])('%s in a sentence is no link', (text, broken) => {
  expect(unlinked({ kind: 'paragraph', text })).toEqual({ kind: 'paragraph', text: broken });
  const facts = { kind: 'facts' as const, facts: [{ label: 'Description', value: text }] };
  expect(unlinked(facts)).toBe(facts);
});

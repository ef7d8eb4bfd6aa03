import fc from 'fast-check';

/** What somebody writes who wants another recipient, another sender, another header, markup, or a link of its own. */
const TRICKS = [
  'Ana\r\nBcc: evil@evil.example',
  'Ana\nSubject: Paid\n\nHello',
  '\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n',
  'Ana\rBcc: evil@evil.example',
  '"Terna" <no-reply@terna.example>',
  'Ana" <evil@evil.example>, "',
  'evil@evil.example',
  'Ana <evil@evil.example>',
  'Ana; evil@evil.example',
  'group: evil@evil.example;',
  'Tеrna <no-rеply@tеrna.example>',
  'Ana (a comment) \\" \\\\',
  '=?utf-8?B?PGV2aWxAZXZpbC5leGFtcGxlPg==?=',
  '=?utf-8?Q?=0D=0ABcc:_evil=40evil.example?=',
  'see =?iso-8859-1?q?a b?= and =?utf-8?B?w4k=?==?utf-8?B?w4k=?=',
  '=?utf-8?Q?',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</td></table><a href="https://evil.example">Follow your request</a>',
  '</title><style>*{display:none}</style>',
  '<!--',
  ']]><![CDATA[',
  '<svg/onload=alert(1)>',
  '&lt;b&gt; &amp;amp; &#60; &nbsp',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  'https://evil.example/path?x=1',
  'HTTP://EVIL.EXAMPLE',
  'www.evil.example',
  'evil.example',
  'ftp://user:pass@evil.example:21/',
  'mailto:evil@evil.example',
  'https://terna.example/feedback/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '{name} {count, plural, one {#} other {#}} #',
  '%s %0d%0aBcc:evil@evil.example',
  '\u202egnp.exe\u202c \u2066x\u2069 \u200b\u200f\u061c',
  '\u2028Subject: x\u2029',
  '\ufeffBOM \u0001\u0008\u001b[31m\u007f\u0085',
  '\ufffe\uffff\u{1fffe}',
  'e\u0301\u0301\u0301 Z̵̪͠a̷l̶g̴o̸',
  '👩‍👩‍👧‍👦 🇧🇷 שלום العربية 日本語',
  '.',
  '..\n.\n...',
  'From here',
  '>From me',
  '-- \nAna',
  '  two  spaces\tand a tab ',
  "Zoë O'Neil <b>",
  'null',
  '__proto__',
];

const trick = fc.constantFrom(...TRICKS);
// Postgres takes no NUL, and no half of a pair of surrogates; the API refuses both.
const anything = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replaceAll('\0', '\u0001'));
const long = fc
  .constantFrom('a', 'a ', 'é', '😀', '=?', '<', '.', '\n.', '"', ', ', '\u202e', 'https://evil.example/')
  .map((piece) => piece.repeat(5_000 / piece.length));

/** A text that is not empty. Nothing of it is trimmed or refused: this is worse than what gets through the API. */
export const evilText = fc
  .oneof(
    { weight: 5, arbitrary: trick },
    { weight: 3, arbitrary: fc.tuple(trick, anything, trick).map((parts) => parts.join('')) },
    { weight: 2, arbitrary: anything },
    { weight: 1, arbitrary: long },
  )
  .map((text) => text || 'x');

const host = (labels: string[]) => `${labels.join('.')}.example`;
const longest = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`;

/** An address that the API takes. */
export const oddAddress = fc.oneof(
  { weight: 1, arbitrary: fc.constant(longest) },
  {
    weight: 9,
    arbitrary: fc
      .tuple(
        fc.string({ unit: fc.constantFrom(..."aZ9!#$%&'*+/=?^_`{|}~-"), minLength: 1, maxLength: 64 }),
        fc.array(fc.constantFrom('evil', 'bücher', 'пример', '例え', 'שלום', 'xn--bcher-kva', 'a-b', '0'), {
          minLength: 1,
          maxLength: 4,
        }),
      )
      .map(([local, labels]) => `${local}@${host(labels)}`),
  },
);

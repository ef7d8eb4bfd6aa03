import fc from 'fast-check';
import { type Change, withHeader } from './call.ts';
import { text } from './nasty.ts';

/** Text as headers may hold it, byte for byte. */
const inHeader = (value: string) => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');

const TYPES = [
  ...[
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json;charset=',
    'application/json;;;',
  ],
  ...[
    'text/plain',
    'text/html',
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; charset=utf-16',
  ],
  ...[
    'application/x-www-form-urlencoded; charset=iso-8859-1',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
  ],
  ...[
    'application/vnd.api+json',
    'application/problem+json',
    'application/xml',
    'image/svg+xml',
    '*/*',
    'x',
    '',
    ',',
  ],
];
const VERSIONS = [
  '"1"',
  '1',
  '*',
  'W/"1"',
  '"-1"',
  '"1", "2"',
  '"999999999999999999999"',
  '"1e3"',
  '""',
  '"',
  '"0"',
  '"NaN"',
];
const LANGUAGES = [
  '',
  '*',
  'pt-BR',
  'xx',
  ',,,',
  'en;q=9e9',
  'pt-BR;q=x',
  '*;q=0',
  '__proto__',
  'en,'.repeat(2_000),
];
const ACCEPTS = [
  'text/html',
  'application/json',
  '*/*',
  '',
  'image/png',
  ';;;',
  'text/html;q=0',
  'a/b/c',
  '*',
];
const COOKIES = [
  '=',
  ';;;',
  '__Host-terna',
  '__Host-terna=',
  '__Host-terna=x; __Host-terna=y',
  '__Host-lang=xx',
  'lang=%00',
];

const HEADERS: [name: string, values: (string | string[])[]][] = [
  ['content-type', TYPES],
  ['if-match', [...VERSIONS, '"'.repeat(10_000), ['"1"', '"2"']]],
  [
    'idempotency-key',
    ['', ' ', 'a', 'k'.repeat(255), 'k'.repeat(10_000), '\xe9\xff', ['a', 'b'], '__proto__'],
  ],
  ['accept-language', LANGUAGES],
  ['accept', ACCEPTS],
  ['accept-encoding', ['gzip', 'br', 'zstd', '*', 'gzip;q=0', 'identity;q=0', ',']],
  [
    'authorization',
    ['', 'Bearer', 'Bearer  ', 'Basic x', 'Basic b3BzOm9wcw==', 'Bearer \xe9', `Bearer ${'a'.repeat(8_000)}`],
  ],
  ['cookie', COOKIES],
  ['host', ['evil.example', 'x', '[::1]', 'a b', '127.0.0.1:99999']],
  ['x-forwarded-for', ['1.2.3.4', 'x', '::ffff:1.2.3.4, 5.6.7.8', ',,,', '1'.repeat(5_000)]],
  ['x-forwarded-proto', ['https', 'javascript', ',']],
  ['origin', ['https://evil.example', 'null', 'x', 'https://terna.example']],
  ['sec-fetch-site', ['cross-site', 'same-origin', 'none', 'same-site', 'x']],
  [
    'referer',
    ['https://evil.example/workspace', 'x', 'https://terna.example/workspace/deals/%', 'javascript:1'],
  ],
  ['if-none-match', ['*', '"x"', 'W/"1"', ',']],
  ['if-modified-since', ['Sat, 01 Jan 2050 00:00:00 GMT', 'x']],
  ['range', ['bytes=0-0', 'bytes=-1', 'bytes=5-1', 'x=1']],
  ['x-http-method-override', ['DELETE', 'TRACE']],
  ['hx-request', ['true', 'x']],
  ['user-agent', ['', 'x'.repeat(5_000), 'Mozilla/5.0 (\xff) Chrome/1e999', '<zz9>']],
  ['x'.repeat(200), ['x'.repeat(7_000)]],
];

/** A header that is odd, or means something that this call did not reckon with. */
export const header: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.oneof(
      ...HEADERS.map(([name, values]) => fc.constantFrom(...values).map((value) => withHeader(name, value))),
    ),
  },
  fc
    .tuple(fc.constantFrom(...HEADERS.map(([name]) => name)), text)
    .map(([name, value]) => withHeader(name, inHeader(value).slice(0, 8_000))),
);

import fc from 'fast-check';

// A body holds at most 100,000 bytes: these fit, twice over.
const LEVELS = 10_000;

/**
 * JSON that `JSON.stringify` cannot write. In a value it is a string between two of a character that nothing
 * else here uses, and `write` puts the text in its place.
 */
const RAW: Record<string, string> = {
  endless: '1e999',
  'minus-endless': '-1e999',
  'minus-zero': '-0',
  tiny: '1E-400',
  long: '9'.repeat(400),
  precise: `0.${'1'.repeat(400)}`,
  'deep-list': '['.repeat(LEVELS) + ']'.repeat(LEVELS),
  'deep-object': `${'{"a":'.repeat(LEVELS)}1${'}'.repeat(LEVELS)}`,
  prototype: '{"__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}',
  twice: '{"name":"a","name":"b"}',
  escaped: String.raw`"\ud800\u0000\udfff"`,
  // No JSON at all.
  nan: 'NaN',
  infinity: 'Infinity',
  octal: '01',
  hex: '0x10',
  single: "'a'",
  comment: '1/**/',
  comma: '[1,]',
  nothing: '',
};
const MARK = '\uE000';

/** The JSON text of a value that may hold raw parts. */
export function write(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.replace(new RegExp(`"${MARK}([a-z-]+)${MARK}"`, 'g'), (_, name: string) => RAW[name] ?? '');
}

/** Opens no tag where text is escaped; `judge.ts` looks for it. */
export const TAG = '<zz9 onload=alert(1)>';

/** Texts that are text, and have undone many a program. */
const TEXTS = [
  ...[
    '',
    ' ',
    '\t',
    '\n',
    '0',
    '-1',
    'null',
    'undefined',
    'true',
    'NaN',
    'Infinity',
    '1e999',
    '[object Object]',
  ],
  ...['\u0007', '\u001b[31m', '\u007f', '\ufeff', '\u200b', '\u202eevil', '\u2028', '\ufffe'],
  ...['😀', '👩‍👩‍👧', 'e\u0301', 'ﷺ', 'İ', 'ß', 'K', '\u{10ffff}'],
  ...[TAG, `"'>${TAG}`, `</script>${TAG}`, '{{7*7}}', '<%= 7 %>', '&amp;', '&#0;', '%s%n%x', '%00', '%'],
  ...[
    "'",
    "';drop table partners;--",
    '" or ""="',
    '\\',
    '\\x00',
    '$1',
    '$$',
    '%',
    '_',
    '*',
    '(',
    '[a-',
    '|',
    '&',
    '!',
  ],
  ...[
    '../../etc/passwd',
    '..%2f',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '//evil.example',
    'https://evil.example/',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', 'length'],
  ...['2027-02-30', '2027-13-01', '0000-00-00', '0001-01-01', '9999-12-31', '10000-01-01', '+275760-09-13'],
  ...[
    '-000001-01-01',
    '2027-01-31T25:61:61Z',
    '1500.999',
    '1e5',
    '-1500.00',
    '999999999999.99',
    '9999999999999.99',
  ],
  ...[
    'BR',
    'br',
    'XX',
    'pt',
    'pt-BR',
    'en',
    'BRL',
    'XXX',
    'crm-setup',
    'a@b',
    'a@b.example\r\nBcc: c@d.example',
  ],
  ...['x'.repeat(255), 'x'.repeat(256), 'é'.repeat(5_000), '😀'.repeat(10_000), ' '.repeat(60_000)],
];

// What databases and encoders refuse.
const UNSTORABLE = ['\u0000', 'a\u0000b', '\ud800', 'x\udfff', '\udc00\ud800'];

export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...UNSTORABLE) },
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

const number = fc.oneof(
  fc.constantFrom(0, -1, 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53, 2 ** 63, 1e308, -1e308, 5e-324),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Values that no schema of ours asks for, mostly. `ids` are of things that exist, somebody's or other. */
export function value(ids: string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 2, arbitrary: fc.constantFrom(...Object.keys(RAW)).map((name) => MARK + name + MARK) },
    { weight: 2, arbitrary: number },
    { weight: 2, arbitrary: fc.constantFrom(...ids) },
    fc.constantFrom<unknown[]>(null, true, false, [], {}, [[]], [null], [{}], { a: 1 }, { length: 1e9 }),
    fc.constantFrom<unknown[]>({ toString: 1 }, { toJSON: 1 }, { '': '' }, Array(5_000).fill(0)),
    fc.constant(Array(2_000).fill('crm-setup')),
    fc.jsonValue({ maxDepth: 3 }),
  );
}

/** One value of each kind that has undone a program. */
export function everyKind([id = 'x']: string[]): unknown[] {
  const raw = ['endless', 'minus-zero', 'long', 'deep-list', 'deep-object', 'prototype', 'nan'];
  return [
    ...[null, true, -1, 1.5, 2 ** 53, 1e308, '', ' ', [], {}, ['x'], { a: 1 }, id],
    ...[
      ...UNSTORABLE,
      TAG,
      '2027-02-30',
      '__proto__',
      "';--",
      '\\',
      '%00',
      '😀'.repeat(300),
      'x'.repeat(60_000),
    ],
    ...raw.map((name) => MARK + name + MARK),
  ];
}

/** Names that no object of ours has. */
export const key = fc.oneof(
  fc.constantFrom(
    'extra',
    '__proto__',
    'constructor',
    'toString',
    '',
    '0',
    'id',
    'role',
    'partnerId',
    'tier',
    'status',
  ),
  fc.constantFrom(
    'a.b.c',
    'stages.0.id',
    'stages.999999999.id',
    'stages.-1.id',
    'stages.__proto__.x',
    'x[]',
    'x[y]',
    'languages.0.',
  ),
  text.filter((name) => name.length < 300),
);

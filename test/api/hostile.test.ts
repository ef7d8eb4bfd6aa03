import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { openRaw, type RawConnection, statuses } from '../helpers/http-raw.ts';
import { REQUESTS } from '../helpers/http-requests.ts';
import { requestBody } from '../helpers/requests.ts';
import { until } from '../helpers/until.ts';

const PARTNERS = '/api/v1/partners';
const LAST = 'Host: x\r\nConnection: close\r\n';
const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\n${LAST}${headers}\r\n`;
const body = JSON.stringify(requestBody());
const post = (headers: string) =>
  `POST ${REQUESTS} HTTP/1.1\r\n${LAST}Content-Type: application/json\r\n` +
  `Content-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
const postChunked = (chunks: string, headers = '') =>
  `POST ${REQUESTS} HTTP/1.1\r\n${LAST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n${headers}\r\n${chunks}`;
const cursor = (place: string) => `${PARTNERS}?cursor=${Buffer.from(place).toString('base64url')}`;
const UTF8_AS_BYTES = Buffer.from('ключ😀').toString('latin1');

/** What is sent, byte for byte, and the statuses it may be answered with. */
const ODD: [what: string, sent: string, allowed: number[]][] = [
  ['a header of 100 kB', get(PARTNERS, `X-A: ${'a'.repeat(100_000)}\r\n`), [431]],
  ['a URL of 100 kB', get(`${PARTNERS}?q=${'a'.repeat(100_000)}`), [414, 431]],
  ['1,900 headers', get(PARTNERS, manyLines(1_900)), [200, 431]],
  ['3,000 parameters', get(`${PARTNERS}?${'a=1&'.repeat(3_000)}`), [200]],
  ['one parameter 3,000 times', get(`${PARTNERS}?${'q=1&'.repeat(3_000)}`), [422]],
  ['1,200 services', get(`${PARTNERS}?services=${'crm-setup,'.repeat(1_200)}`), [200]],
  [
    'parameters named like prototypes',
    get(`${PARTNERS}?__proto__=1&constructor=1&q[__proto__]=1&q[]=1`),
    [200],
  ],
  ['a percent sign cut off in the path', get(`${PARTNERS}/%E0%A4%A`), [400]],
  ['bytes that are not UTF-8 in the query', get(`${PARTNERS}?q=%FF%ED%A0%80`), [200]],
  ['a huge limit', get(`${PARTNERS}?limit=99999999999999999999999`), [200, 422]],
  ['an endless limit', get(`${PARTNERS}?limit=Infinity`), [422]],
  ['a NUL in a service', get(`${PARTNERS}?services=%00`), [422]],
  ['a NUL in a country', get(`${PARTNERS}?country=B%00`), [422]],
  [
    'a cursor with an endless rank',
    get(cursor('[true,1e400,"00000000-0000-7000-8000-000000000000"]')),
    [422],
  ],
  [
    'a cursor with the greatest rank',
    get(cursor('[true,1e308,"00000000-0000-7000-8000-000000000000"]')),
    [200],
  ],
  ['a cursor with a NUL', get(cursor('[true,1,"\\u0000"]')), [422]],
  ['a NUL in a request’s id', get(`${REQUESTS}/%00`, `Authorization: Bearer ${'a'.repeat(43)}\r\n`), [404]],
  ['a credential of 8 kB', get('/api/v1/deals', `Authorization: Bearer ${'a'.repeat(8_000)}\r\n`), [401]],
  ['a credential in Latin-1', get('/api/v1/deals', 'Authorization: Bearer \xe9\xff\r\n'), [401]],
  ['a key in UTF-8', post(`Idempotency-Key: ${UTF8_AS_BYTES}\r\n`), [202, 400]],
  ['a key in Latin-1', post('Idempotency-Key: \xe9\xff\r\n'), [202, 400]],
  ['a key with a NUL', post('Idempotency-Key: a\0b\r\n'), [400]],
  ['a key of spaces', post('Idempotency-Key:    \r\n'), [400]],
  ['two keys', post('Idempotency-Key: a\r\nIdempotency-Key: b\r\n'), [202, 400]],
  ['a body in chunks', postChunked(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`), [202]],
  ['length and chunks at once', postChunked('0\r\n\r\n', 'Content-Length: 5\r\n'), [400]],
  ['a chunk with a bad length', postChunked(`zz\r\n${body}\r\n0\r\n\r\n`), [400]],
  ['a negative length', `POST ${REQUESTS} HTTP/1.1\r\n${LAST}Content-Length: -5\r\n\r\n${body}`, [400]],
  ['no host', 'GET /livez HTTP/1.1\r\n\r\n', [400]],
  ['a whole URL', get('http://evil.example/api/v1/catalog'), [200]],
  ['two slashes first', get('//evil.example/..%2f'), [404]],
  ['TRACE', `TRACE / HTTP/1.1\r\n${LAST}\r\n`, [404, 405]],
  ['OPTIONS of everything', `OPTIONS * HTTP/1.1\r\n${LAST}\r\n`, [200, 204, 404]],
  ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
  ...[
    '*',
    '',
    ';;;;',
    ',,,',
    'pt-BR;q=x',
    'en;q=9e9',
    '\xff\xfe',
    '*;q=0',
    '__proto__',
    'en,'.repeat(2_500),
  ].map((languages): [string, string, number[]] => [
    `Accept-Language ${JSON.stringify(languages.slice(0, 20))}`,
    get('/api/v1/catalog', `Accept-Language: ${languages}\r\n`),
    [200],
  ]),
];

function manyLines(count: number): string {
  return Array.from({ length: count }, (_, i) => `a${i}: 1\r\n`).join('');
}

describe('the server', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi('empty');
  });
  afterAll(() => api.close());

  it.each(ODD)('answers %s, and stands', async (_, sent, allowed) => {
    const [status = 0] = statuses(await openRaw(api.port, Buffer.from(sent, 'latin1')).closed);
    expect(allowed).toContain(status);
    expect((await api.call('/readyz')).status).toBe(200);
  });

  it.each([
    `${PARTNERS}?q=%00`,
    `${PARTNERS}?q=caf%C3%A9%00`,
    `${PARTNERS}/%00`,
    `${PARTNERS}/some-slug%00`,
    '/dev/mail?to=%00',
    '/dev/mail.json?to=%00',
  ])('answers a NUL in text without a 500: %s', async (path) => {
    expect((await api.call(path)).status).toBeLessThan(500);
  });

  it('answers 101 pipelined calls in order', async () => {
    const pair = `GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n`;
    const received = await openRaw(api.port, pair.repeat(50) + get('/livez')).closed;
    expect(statuses(received)).toEqual([...Array(50).fill([200, 404]).flat(), 200]);
  });

  it('answers everybody else while 200 bodies trickle in', async () => {
    const head = `POST ${REQUESTS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"cl`;
    const slow = Array.from({ length: 200 }, () => openRaw(api.port, head));
    await Promise.all(slow.map(({ socket }) => once(socket, 'ready')));
    expect((await api.call(PARTNERS, { signal: AbortSignal.timeout(2_000) })).status).toBe(200);
    for (const { socket } of slow) socket.destroy();
  });

  it('takes nothing in of a body that its sender broke off', async () => {
    const [before] = await api.db.query('select count(*)::int as n from requests');
    const broken = openRaw(api.port, post('').slice(0, -10));
    await once(broken.socket, 'ready');
    broken.socket.end();
    await broken.closed;
    expect(await api.db.query('select count(*)::int as n from requests')).toEqual([before]);
  });

  it('answers 413 without reading an endless body', async () => {
    const head = `POST ${REQUESTS} HTTP/1.1\r\n${LAST}Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n`;
    const endless = openRaw(api.port, head);
    await once(endless.socket, 'ready');
    endless.socket.write(Buffer.alloc(1_000_000, ' '));
    try {
      await until(() => statuses(endless.received()).includes(413), { within: 2_000 });
    } finally {
      endless.socket.destroy();
    }
  });

  // BUG: a chunked body has no Content-Length to refuse by: it is still read to its end before the 413.
  it('answers 413 without reading an endless body in chunks', async () => {
    const endless = openRaw(api.port, postChunked('30d40\r\n'));
    await once(endless.socket, 'ready');
    endless.socket.write(`${' '.repeat(200_000)}\r\n`);
    try {
      await until(() => statuses(endless.received()).includes(413), { within: 2_000 });
    } finally {
      endless.socket.destroy();
    }
  });
});

it('the server stops in time, whoever is still connected', async () => {
  const api = await openApi('empty');
  const open: RawConnection[] = [
    openRaw(api.port, ''),
    openRaw(api.port, 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n'),
    openRaw(api.port, `POST ${REQUESTS} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{`),
  ];
  await Promise.all(open.map(({ socket }) => once(socket, 'ready')));
  const began = performance.now();
  await api.close();
  expect(performance.now() - began).toBeLessThan(6_000);
  await Promise.all(open.map(({ closed }) => closed));
});

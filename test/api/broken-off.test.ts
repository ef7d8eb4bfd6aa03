import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../log.ts';
import { testApi } from '../helpers/http-api.ts';
import { openRaw, statuses } from '../helpers/http-raw.ts';
import { REQUESTS } from '../helpers/http-requests.ts';
import { requestBody } from '../helpers/requests.ts';

const body = JSON.stringify(requestBody());
const post = (length: number) =>
  `POST ${REQUESTS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n` +
  `Content-Length: ${length}\r\n\r\n${body}`;

it('a caller that sends less or more than it announced is no trouble of ours', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'terna-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'terna.log');
  const api = await testApi('empty', { log: createLog('trace', file) });
  for (const length of [body.length + 50, body.length - 50]) {
    const raw = openRaw(api.port, post(length));
    setTimeout(() => raw.socket.end(), 50);
    expect(statuses(await raw.closed).filter((status) => status >= 500)).toEqual([]);
  }
  const packed = await api.call(REQUESTS, {
    ...{ method: 'POST', body },
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  });
  expect([packed.status, packed.body.code]).toEqual([400, 'malformed_json']);
  // An ERROR means that a person must act, a WARN that something of ours was put off.
  expect(await readFile(file, 'utf8')).not.toMatch(/"level":"(warn|error)"/);
});

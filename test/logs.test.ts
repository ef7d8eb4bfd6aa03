import { describe, expect, it } from 'vitest';
import { leaksIn } from './helpers/kept-logs.ts';

const TOKEN = 'QcmH3xYk7-Zr0aVt_9LwPs2dEoN5bUjGf1iKqTyM8hA';

// At its end, every run looks through all that was logged (test/helpers/last-line-reporter.ts) with these eyes.
describe('a line that was logged', () => {
  it.each([
    ['550 5.1.1 <maria.silva+crm@clients.example>: unknown', 'an e-mail address'],
    [`{"url":"/requests/0198c7a4-5b2e-7c31-9d7a-3f1e2b4c5d6e/${TOKEN}"}`, 'a token'],
    [`{"url":"/feedback/${TOKEN}/x"}`, 'a token in an address'],
    [`{"token":"${TOKEN}"}`, 'a token'],
    [`{"key":"terna_${TOKEN}"}`, 'an API key'],
    [`{"headers":{"authorization":"Bearer ${TOKEN}"}}`, 'a header with a secret'],
    ['{"authorization":"Basic b3BzOmNvcnJlY3QgaG9yc2U="}', 'a header with a secret'],
    [`{"cookie":"lang=en; __Host-terna=${TOKEN}"}`, 'a header with a secret'],
    ['{"phone":"+55 11 5555 0100"}', 'a phone'],
    ['{"client":{"name":"Ana Souza"}}', 'somebody’s name'],
    ['connecting to postgres://terna:secret@db.internal/terna', 'a database’s password'],
  ])('%s is one too many', (line, what) => {
    expect(leaksIn(`a line before\n${line}\n`).map((leak) => leak.split(':')[0])).toContain(what);
  });

  it.each([
    '{"level":"info","time":1795320527376,"pid":29382,"port":3000,"msg":"api ready"}',
    '{"job":"match-request","id":"0198c7a4-5b2e-7c31-9d7a-3f1e2b4c5d6e","msg":"job stalled"}',
    'at Object.query (/srv/node_modules/@bull-board/express/dist/ExpressAdapter.js:12:3)',
    '{"error":"no answer within 1000 ms","at":"2026-11-24T23:43:09.564+00:00"}',
    '  Sign in       http://localhost:3000/sign-in   administrator admin@terna.example',
    `sha256 ${'0123456789abcdef'.repeat(4)}`,
  ])('%s is fine', (line) => {
    expect(leaksIn(line)).toEqual([]);
  });
});

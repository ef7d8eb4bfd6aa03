import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../db/connect.ts';
import { onBothBackEnds } from '../helpers/backends.ts';
import { testDatabase } from '../helpers/database.ts';
import { startProcess, supervise } from '../helpers/processes.ts';
import { freePort } from '../helpers/redis.ts';
import { requestBody } from '../helpers/requests.ts';
import { startSmtpSink } from '../helpers/smtp-sink.ts';
import { until } from '../helpers/until.ts';

const REQUESTS = 200;

/** Rows of `from` per request, smallest and largest: [3, 3] when each request has three. */
async function perRequest(db: Database, from: string): Promise<number[]> {
  const rows = await db.query<{ n: number }>(
    `select distinct (select count(*)::int from ${from} x where x.request_id = r.id) as n
     from requests r where client_email like '%@load.example' order by 1`,
  );
  return rows.map((row) => row.n);
}

async function unfinished(db: Database): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from outbox where job in ('match-request', 'create-deal', 'send-email')`,
  );
  return row?.n ?? -1;
}

onBothBackEnds('the whole path', (backEnd) => {
  test('200 requests, each worker killed, queues wiped: every request has three matches, three deals, four mails, one follow-up', async () => {
    const { url, db } = await testDatabase('seeded');
    const sink = await startSmtpSink();
    onTestFinished(() => sink.close());
    const port = await freePort();
    const settings = {
      DATABASE_URL: url,
      REDIS_URL: backEnd.redisUrl(),
      SMTP_URL: sink.url,
      PORT: String(port),
      JOB_LOCK: 'PT2S',
      MAIL_LEASE: 'PT3S',
      SWEEP_INTERVAL: 'PT0.5S',
    };
    const api = startProcess('bin/api.ts', settings);
    onTestFinished(() => api.kill());
    const workers = [1, 2].map(() => supervise(() => startProcess('bin/worker.ts', settings)));
    for (const worker of workers) onTestFinished(() => worker.stop());
    await api.says('api ready');

    const post = async (n: number) => {
      const client = {
        name: `Client ${n}`,
        email: `client-${n}@load.example`,
        locale: n % 2 ? 'en' : 'pt-BR',
      };
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/requests`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(requestBody({ client })),
      });
      expect(response.status).toBe(202);
    };
    const numbers = Array.from({ length: REQUESTS }, (_, n) => n);
    const burst = async (from: number, to: number) =>
      void (await Promise.all(numbers.slice(from, to).map(post)));

    await burst(0, 50);
    await until(() => sink.mails.length > 10, { what: 'first mails' });
    await workers[0]?.current().kill();
    await burst(50, 100);
    if (backEnd.kind === 'redis') await backEnd.redis().flushAll();
    await workers[1]?.current().kill();
    await burst(100, 150);
    if (backEnd.kind === 'redis') await backEnd.redis().restart();
    await burst(150, 200);
    await until(async () => (await unfinished(db)) === 0, { within: 60_000, what: 'all work done' });

    expect(await perRequest(db, 'draws')).toEqual([1]);
    expect(await perRequest(db, 'matches')).toEqual([3]);
    expect(await perRequest(db, '(select distinct request_id, partner_id from matches)')).toEqual([3]);
    expect(await perRequest(db, 'deals')).toEqual([3]);
    expect(await perRequest(db, `(select * from emails where status = 'sent')`)).toEqual([4]);
    const followUps = `(select (payload ->> 'requestId')::uuid as request_id from outbox where job = 'follow-up')`;
    expect(await perRequest(db, followUps)).toEqual([1]);
    expect(await db.query(`select id from outbox where failed_at is not null`)).toEqual([]);
    const counted = `select p.id from partners p where live_leads <> (
      select count(*) from matches m left join deals d on d.id = m.id
      where m.partner_id = p.id and (d.id is null or d.kind in ('new', 'in_progress')))`;
    expect(await db.query(counted)).toEqual([]);

    // What the server got: every mail, and twice only what is flagged as uncertain.
    const ids = sink.mails.map((mail) => mail.messageId.slice(1).split('@')[0] ?? '');
    expect(new Set(ids).size).toBe(4 * REQUESTS);
    const uncertain = await db.query<{ id: string }>('select id from emails where uncertain');
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    expect(twice.filter((id) => !uncertain.some((mail) => mail.id === id))).toEqual([]);
  }, 120_000);
});

import { describe, expect, it } from 'vitest';
import { sparingly } from '../../api/ops/sparingly.ts';
import { startApi } from '../../api/start.ts';
import { JOBS } from '../../jobs/registry.ts';
import { sweep } from '../../workers/sweeper.ts';
import { onBothBackEnds } from '../helpers/backends.ts';
import { queuesInReach, silentLog } from '../helpers/deps.ts';
import { type TestApi, testApi } from '../helpers/http-api.ts';
import { freePort } from '../helpers/redis.ts';
import { OPERATORS, samplesIn, scrape, VIEWER } from '../helpers/scrape.ts';
import { until } from '../helpers/until.ts';

onBothBackEnds('figures of the queues', (backEnd) => {
  it('are there as long as the queues are, and the rest in any case', async () => {
    const redisUrl = backEnd.redisUrl();
    const api = await testApi('empty', { env: { ...OPERATORS, ...(redisUrl && { REDIS_URL: redisUrl }) } });
    const queues = await queuesInReach(api.url, redisUrl);
    await sweep({ db: api.db, queues, log: silentLog, jobs: JOBS, intervalMs: 1_000 });
    const samples = await until(async () => {
      const found = await scrape(api);
      return found.get('terna_queue_jobs{job="expire",state="delayed"}') === 1 ? found : undefined;
    });
    expect(samples.get('terna_queues_up')).toBe(1);
    expect(samples.get('terna_recurring_jobs_planned')).toBe(samples.get('terna_recurring_jobs'));
    if (backEnd.kind === 'postgres') return;
    await backEnd.redis().kill();
    const without = await until(async () => {
      const began = performance.now();
      const found = await scrape(api);
      expect(performance.now() - began).toBeLessThan(2_000);
      return found.get('terna_queues_up') === 0 ? found : undefined;
    });
    expect(without.get('terna_database_up')).toBe(1);
    await until(async () => !(await scrape(api)).has('terna_queue_jobs{job="expire",state="delayed"}'));
    await backEnd.redis().start();
  });
});

describe('figures in bad times', () => {
  const quick = async (api: Pick<TestApi, 'call'>) => {
    const began = performance.now();
    const samples = await scrape(api);
    expect(performance.now() - began).toBeLessThan(2_000);
    return samples;
  };

  it('come without those of a database that is slow', async () => {
    const api = await testApi('empty', { env: OPERATORS });
    await api.db.transaction('job test', async (sql) => {
      await sql.query('lock table outbox in access exclusive mode');
      const samples = await quick(api);
      expect(samples.get('terna_database_up')).toBe(0);
      expect(samples.has('terna_outbox_oldest_overdue_seconds')).toBe(false);
      expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0);
    });
    await until(async () => (await scrape(api)).get('terna_database_up') === 1);
  });

  it('come without those of a database that is gone', async () => {
    const { config } = await testApi('empty', { env: OPERATORS });
    const url = `postgres://nobody@127.0.0.1:${await freePort()}/none`;
    const lost = await startApi(config, url, silentLog);
    try {
      const response = await fetch(`http://127.0.0.1:${lost.port}/metrics`, { headers: VIEWER });
      const samples = samplesIn(await response.text());
      expect([response.status, samples.get('terna_database_up')]).toEqual([200, 0]);
    } finally {
      await lost.stop();
    }
  });

  it('ask no more often because somebody asks often', async () => {
    let asked = 0;
    let fails = false;
    const ask = sparingly(async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (fails) throw new Error('gone');
      return asked;
    });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(await ask()).toBe(1);
    fails = true;
    await until(async () => (await ask().catch(() => 'failed')) === 'failed', { within: 3_000 });
    expect(asked).toBe(2);
    fails = false;
    await until(async () => (await ask().catch(() => 0)) === 3, { within: 3_000 });
  });
});

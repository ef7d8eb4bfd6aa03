import { afterAll, beforeAll, describe } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from './redis.ts';

export interface QueueBackEnd {
  kind: 'redis' | 'postgres';
  /** For REDIS_URL; undefined on the Postgres back end. */
  redisUrl(): string | undefined;
  /** Only on Redis. */
  redis(): RedisServer;
}

/** The same tests on both queue back ends; those on Redis are skipped where no server is installed. */
export function onBothBackEnds(name: string, tests: (backEnd: QueueBackEnd) => void): void {
  describe(`${name} (Postgres back end)`, () => {
    tests({
      kind: 'postgres',
      redisUrl: () => undefined,
      redis: () => {
        throw new Error('there is no Redis in this run');
      },
    });
  });

  describe.skipIf(!hasRedis)(
    `${name} (Redis back end${hasRedis ? '' : ': redis-server is not installed'})`,
    () => {
      let server: RedisServer | undefined;
      const redis = () => {
        if (!server) throw new Error('Redis is not started yet');
        return server;
      };
      beforeAll(async () => {
        server = await startRedis();
      });
      afterAll(() => server?.stop());
      tests({ kind: 'redis', redisUrl: () => redis().url, redis });
    },
  );
}

import { randomBytes } from 'node:crypto';
import { createApiKey } from '../../db/api-keys.ts';
import { type Random, random } from '../../db/seed/random.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { freePort, type RedisServer, startRedis } from '../helpers/redis.ts';
import { build, compiled } from './build.ts';
import { type Child, startChild } from './child.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { startProxy, type WireProxy } from './proxy.ts';
import { type MailServer, startMailServer } from './smtp.ts';
import { WATCH } from './watch.ts';

export type BackEnd = 'redis' | 'postgres';

export interface Partner {
  id: string;
  key: string;
  email: string;
}

/** Everything that a run works on: the program's real processes and the servers that it needs. */
export interface System {
  backEnd: BackEnd;
  postgres: PostgresServer;
  postgresWire: WireProxy;
  redis: RedisServer | undefined;
  redisWire: WireProxy | undefined;
  mail: MailServer;
  apis: Child[];
  workers: Child[];
  ports: number[];
  partners: Partner[];
  adminKey: string;
  answerWindowS: number;
  /** Points that some process has passed so far. */
  passed: Set<string>;
  random: Random;
  /** Until then an answer 500 is right: Postgres fails in a way that nobody foresaw. */
  unforeseenUntil: number;
  /** What the processes see, but for the port. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** Short times, so that a run of minutes sees windows, leases and deals end. */
export const TIMES = { answerWindowS: 20, leadExpiryS: 60, jobLockS: 3, mailLeaseS: 12 };

/** A bug, planted to see whether the verdict finds it. */
export interface Plant {
  /** Statements for the database, before the program starts. */
  sql?: string;
  /** Parts of the program's own statements, and what its processes say instead. */
  rewrite?: [string, string][];
}

/** So many partners, the last of them with room for two leads only. */
const PARTNERS = 40;
const SCARCE = 10;

export interface SystemOptions {
  backEnd: BackEnd;
  seed: string;
  apis?: number;
  workers?: number;
  answerWindowS?: number;
  env?: Record<string, string>;
  plant?: Plant;
}

export async function startSystem(options: SystemOptions): Promise<System> {
  const {
    backEnd,
    seed,
    apis: apiCount = 2,
    workers: workerCount = 3,
    answerWindowS = TIMES.answerWindowS,
  } = options;
  const dice = random(seed);
  build();
  const ending: (() => Promise<unknown>)[] = [];
  const keep = <T extends { stop(): Promise<unknown> } | { close(): Promise<unknown> }>(thing: T): T => {
    ending.unshift(() => ('stop' in thing ? thing.stop() : thing.close()));
    return thing;
  };
  const stop = async () => {
    for (const end of ending.splice(0)) await end().catch(() => undefined);
  };
  // Who breaks a run off leaves no servers behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(130)));

  try {
    const postgres = keep(await startPostgres());
    const postgresWire = keep(await startProxy(postgres.port()));
    const redis = backEnd === 'redis' ? keep(await startRedis()) : undefined;
    const redisWire = redis && keep(await startProxy(redis.port));
    const mail = keep(await startMailServer(random(`${seed} mail`).next));
    const { partners, adminKey } = await makePartners(postgres);
    await postgres.ask(WATCH);
    if (options.plant?.sql) await postgres.ask(options.plant.sql);

    const databaseUrl = new URL(postgres.url());
    databaseUrl.port = String(postgresWire.port);
    const env: Record<string, string> = {
      DATABASE_URL: databaseUrl.href,
      SMTP_URL: mail.url,
      PUBLIC_URL: 'http://terna.example',
      ANSWER_WINDOW: `PT${answerWindowS}S`,
      LEAD_EXPIRY: `PT${TIMES.leadExpiryS}S`,
      JOB_LOCK: `PT${TIMES.jobLockS}S`,
      MAIL_LEASE: `PT${TIMES.mailLeaseS}S`,
      SWEEP_INTERVAL: 'PT1S',
      // Clients that insist through an outage come more often than people do.
      RATE_LIMITS: 'off',
      OPS_PASSWORD: randomBytes(12).toString('hex'),
      ...(redisWire && { REDIS_URL: `redis://127.0.0.1:${redisWire.port}` }),
      ...(options.plant?.rewrite && { TERNA_REWRITE: JSON.stringify(options.plant.rewrite) }),
      ...options.env,
    };
    const passed = new Set<string>();
    const inside = compiled('test/faults/inside.ts');
    const child = (role: Child['role'], name: string, own: Record<string, string>) =>
      keep(
        startChild({
          role,
          name,
          program: compiled(`bin/${role}.ts`),
          inside,
          env: { ...env, ...own },
          passed: (point) => passed.add(point),
        }),
      );
    const ports = await Promise.all(Array.from({ length: apiCount }, freePort));
    const apis = ports.map((port, no) => child('api', `api ${no + 1}`, { PORT: String(port) }));
    const workers = Array.from({ length: workerCount }, (_, no) => child('worker', `worker ${no + 1}`, {}));
    for (const each of [...apis, ...workers])
      if (!(await each.ready())) throw new Error(`${each.name} does not start:\n${each.output()}`);
    const servers = { backEnd, answerWindowS, postgres, postgresWire, redis, redisWire, mail };
    return {
      ...servers,
      apis,
      workers,
      ports,
      partners,
      adminKey,
      passed,
      random: dice,
      unforeseenUntil: 0,
      env,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makePartners(postgres: PostgresServer): Promise<{ partners: Partner[]; adminKey: string }> {
  const db = postgres.pool();
  try {
    const rows = Array.from({ length: PARTNERS }, (_, no) =>
      newPartner({ capacity: no < PARTNERS - SCARCE ? null : 2, rank: no % 7 }),
    );
    await insertPartners(db, rows);
    const partners: Partner[] = [];
    for (const { id, email } of rows)
      partners.push({ id, email, key: await createApiKey(db, { role: 'partner', partnerId: id }) });
    return { partners, adminKey: await createApiKey(db, { role: 'admin' }) };
  } finally {
    await db.close();
  }
}

import { z } from 'zod';
import { durationMs } from './domain/duration.ts';

/** An ISO 8601 duration, read as milliseconds. */
const duration = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const ms = durationMs(text);
      if (ms === undefined) context.addIssue(`is not an ISO 8601 duration such as ${fallback}: "${text}"`);
      return ms ?? 0;
    });

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** One URL, or several separated by commas. */
const urls = (...protocols: string[]) => {
  const each = url(...protocols);
  return z.string().refine((text) => text.split(',').every((part) => each.safeParse(part).success), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}; the nodes of a cluster are separated by commas`,
  });
};

/** A whole number within bounds. */
const whole = (min: number, max: number, fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .transform((text, context) => {
      const value = Number(text);
      const fits = Number.isInteger(value) && value >= min && value <= max;
      if (!fits) context.addIssue(`must be a whole number from ${min} to ${max}: "${text}"`);
      return value;
    });

/** An address, or a name with an address between < and >. */
const mailbox = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const [, name = '', named, alone] = /^\s*(?:([^<>]*?)\s*<([^\s<>]+)>|([^\s<>]+))\s*$/.exec(text) ?? [];
      const address = named ?? alone ?? '';
      if (!/^[\w.!#$%&'*+/=?^`{|}~-]+@[^@]+$/.test(address))
        context.addIssue(`must be an address, or a name with one, such as ${fallback}: "${text}"`);
      return { name: name.replace(/^"(.*)"$/, '$1'), address };
    });

/** Every variable that Terna reads, with its default; `.env.example` says what each is for. */
const Environment = z.object({
  NODE_ENV: z.string().default('development'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_POOL: whole(1, 200, 10),
  CATALOG_DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: urls('redis:', 'rediss:').optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535, 3000),
  PUBLIC_URL: url('http:', 'https:').optional(),
  TRUST_PROXY: whole(0, 10, 0),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  RATE_LIMIT_WRITES: whole(1, 1_000_000, 300),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  SMTP_CONNECTIONS: whole(1, 100, 10),
  MAIL_FROM: mailbox('Terna <no-reply@terna.example>'),
  ANSWER_WINDOW: duration('P3D'),
  FEEDBACK_WINDOW: duration('P60D'),
  LEAD_EXPIRY: duration('P30D'),
  MATCHING_POLICY: z.enum(['balanced', 'top']).default('balanced'),
  LEADS_PIPELINE_NAME: z.string().min(1).max(80).default('SendPulse Leads'),
  WORKER_CONCURRENCY: whole(1, 1000, 50),
  JOB_LOCK: duration('PT15S'),
  MAIL_LEASE: duration('PT90S'),
  SWEEP_INTERVAL: duration('PT2S'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  OPS_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  OPS_VIEWER_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  RETENTION_AUDIT: duration('P730D'),
  RETENTION_REQUESTS: duration('P730D'),
  RETENTION_MAILS: duration('P180D'),
  RETENTION_CAPTURED_MAILS: duration('P30D'),
});

// The table itself keeps what is younger (migration 0011).
const LEAST_AUDIT_MS = 90 * 24 * 3_600_000;

// The embedded database, and mail that is captured and shown to everybody, are for trying out.
const Settings = Environment.check(({ value, issues }) => {
  const refuse = (name: keyof typeof value, message: string) =>
    issues.push({ code: 'custom', path: [name], input: undefined, message });
  if (value.OPS_PASSWORD !== undefined && value.OPS_VIEWER_PASSWORD === value.OPS_PASSWORD)
    refuse('OPS_VIEWER_PASSWORD', 'must differ from OPS_PASSWORD: who may only look could act');
  if (value.RETENTION_AUDIT < LEAST_AUDIT_MS)
    refuse('RETENTION_AUDIT', 'must be P90D or more: younger records cannot be deleted');
  for (const name of ['ANSWER_WINDOW', 'FEEDBACK_WINDOW', 'LEAD_EXPIRY'] as const) {
    if (value.RETENTION_REQUESTS <= value[name])
      refuse('RETENTION_REQUESTS', `must be longer than ${name}: what still runs is not erased`);
  }
  if (value.NODE_ENV !== 'production') return;
  for (const name of ['DATABASE_URL', 'SMTP_URL'] as const) {
    if (!value[name]) refuse(name, 'must be set with NODE_ENV=production');
  }
});

/** The settings of one process. Durations are milliseconds. */
export interface Config {
  production: boolean;
  dataDir: string;
  databaseUrl: string | undefined;
  databasePool: number;
  /** A replica that the public catalog is read from. */
  catalogDatabaseUrl: string | undefined;
  redisUrl: string | undefined;
  host: string;
  port: number;
  publicUrl: string;
  /** How many proxies stand in front and say in X-Forwarded-For who asked. */
  trustProxy: number;
  rateLimits: boolean;
  /** A minute and address. */
  rateLimitWrites: number;
  smtpUrl: string | undefined;
  smtpConnections: number;
  mailFrom: { name: string; address: string };
  answerWindowMs: number;
  feedbackWindowMs: number;
  leadExpiryMs: number;
  matchingPolicy: 'balanced' | 'top';
  leadsPipelineName: string;
  workerConcurrency: number;
  jobLockMs: number;
  mailLeaseMs: number;
  sweepIntervalMs: number;
  logLevel: string;
  opsPassword: string | undefined;
  opsViewerPassword: string | undefined;
  /** How long it stays on record what administrators and operators did. */
  retentionAuditMs: number;
  /** Requests to which nothing happened for so long are erased. */
  retentionRequestsMs: number;
  retentionMailsMs: number;
  retentionCapturedMs: number;
}

/** What is wrong with the environment: one line per variable. */
export class ConfigError extends Error {}

/**
 * The settings that the environment asks for. Empty variables count as not set.
 * @throws ConfigError that lists every bad variable
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Settings.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new ConfigError(`Bad settings in the environment (see .env.example):\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  return {
    production: env.NODE_ENV === 'production',
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    catalogDatabaseUrl: env.CATALOG_DATABASE_URL,
    redisUrl: env.REDIS_URL,
    host: env.HOST,
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    trustProxy: env.TRUST_PROXY,
    rateLimits: env.RATE_LIMITS === 'on',
    rateLimitWrites: env.RATE_LIMIT_WRITES,
    smtpUrl: env.SMTP_URL,
    smtpConnections: env.SMTP_CONNECTIONS,
    mailFrom: env.MAIL_FROM,
    answerWindowMs: env.ANSWER_WINDOW,
    feedbackWindowMs: env.FEEDBACK_WINDOW,
    leadExpiryMs: env.LEAD_EXPIRY,
    matchingPolicy: env.MATCHING_POLICY,
    leadsPipelineName: env.LEADS_PIPELINE_NAME,
    workerConcurrency: env.WORKER_CONCURRENCY,
    jobLockMs: env.JOB_LOCK,
    mailLeaseMs: env.MAIL_LEASE,
    sweepIntervalMs: env.SWEEP_INTERVAL,
    logLevel: env.LOG_LEVEL,
    opsPassword: env.OPS_PASSWORD,
    opsViewerPassword: env.OPS_VIEWER_PASSWORD,
    retentionAuditMs: env.RETENTION_AUDIT,
    retentionRequestsMs: env.RETENTION_REQUESTS,
    retentionMailsMs: env.RETENTION_MAILS,
    retentionCapturedMs: env.RETENTION_CAPTURED_MAILS,
  };
}

/** How Terna is set up in all runs: its defaults, but for what stands here. */
export const TERNA = {
  PUBLIC_URL: 'http://terna.example',
  // All load comes from one address. Limits stay on, and are counted for each request.
  RATE_LIMIT_WRITES: '1000000',
  WORKER_CONCURRENCY: '100',
};

/** Connections to the mail server, of all sides. */
export const SMTP_CONNECTIONS = 10;

/** Connections that the load generator has open. */
export const HTTP_CONNECTIONS = 64;

export interface Sizes {
  /** Rounds of A and B. */
  rounds: number;
  /** Requests of a run that are measured, after `warmUp` others. */
  engine: number;
  whole: number;
  /** graphile-worker's, which takes several times as long for each. */
  slowPeer: number;
  warmUp: number;
  /** So many of BullMQ's settings are tried. */
  noopSettings: number;
  /** BullMQ's no-op jobs. */
  noops: number;
  noopsOnPostgres: number;
  intakeSeconds: number;
  latencySeconds: number;
  pending: number;
  dueAtOnce: number;
  idleSeconds: number;
  /** Partners for matching, at most and at few; searches of each class a round; searches compared with the oracle. */
  partners: number;
  /** Partners whose ranks are all computed anew. */
  rankedPartners: number;
  fewPartners: number;
  searches: number;
  oracle: number;
  /** Rows of the past in an old database. */
  historyRows: number;
  /** Rounds of what has nothing to alternate with, and takes its time. */
  roundsAlone: number;
}

export const FULL: Sizes = {
  rounds: 5,
  engine: 10_000,
  whole: 5_000,
  slowPeer: 3_000,
  warmUp: 500,
  noopSettings: 4,
  noops: 200_000,
  noopsOnPostgres: 40_000,
  intakeSeconds: 10,
  latencySeconds: 60,
  pending: 1_000_000,
  dueAtOnce: 10_000,
  idleSeconds: 60,
  partners: 1_000_000,
  rankedPartners: 1_000_000,
  fewPartners: 10_000,
  searches: 200,
  oracle: 10_000,
  historyRows: 10_000_000,
  roundsAlone: 5,
};

export const QUICK: Sizes = {
  rounds: 3,
  engine: 600,
  whole: 500,
  slowPeer: 100,
  warmUp: 150,
  noopSettings: 2,
  noops: 15_000,
  noopsOnPostgres: 4_000,
  intakeSeconds: 3,
  latencySeconds: 4,
  pending: 20_000,
  dueAtOnce: 600,
  idleSeconds: 15,
  partners: 60_000,
  rankedPartners: 15_000,
  fewPartners: 10_000,
  searches: 50,
  oracle: 300,
  historyRows: 100_000,
  roundsAlone: 1,
};

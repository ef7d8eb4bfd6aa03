import type { Sql } from '../../db/connect.ts';

/** A job that is to be done; `delayMs` from now. */
export interface PeerJob {
  name: string;
  payload: Record<string, unknown>;
  delayMs: number;
}

/** Does jobs of one name: their payloads, one or many. */
export type PeerHandler = (payloads: Record<string, unknown>[]) => Promise<void>;

/** What somebody would take instead of Terna: a queue on Postgres, used as its guide has it. */
export interface Peer {
  /** Adds jobs within a transaction, in one statement. */
  add(sql: Sql, jobs: PeerJob[]): Promise<void>;
  /** Works until the process ends. */
  work(handlers: Record<string, PeerHandler>): Promise<void>;
}

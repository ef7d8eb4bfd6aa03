import type { BackendFactory, IQueueBackend, Queue, WorkerOptions } from 'bullmq';
import type { CountHit } from '../db/rate-limits.ts';
import { postgresBackend } from './postgres-backend.ts';
import { redisBackend } from './redis-backend.ts';

/** Where the queues live: Redis when there is a `redisUrl`, else the same Postgres. */
export interface QueuesAt {
  databaseUrl: string;
  redisUrl?: string | undefined;
  onError: (error: Error) => void;
}

/** What queues and workers need to reach the back end; the same code runs on both. */
export interface Backend {
  kind: 'redis' | 'postgres';
  /** False while commands would only pile up: the promise stays in the outbox instead. */
  available(): boolean;
  /** Asks the back end for a sign of life; rejects, or never answers, when it is away. */
  ask(): Promise<unknown>;
  queue(name: string): Queue;
  /** Whether looking for one that waits reads all who do: they stand in a list. */
  listsWaiting: boolean;
  workerOptions(name: string): Pick<WorkerOptions, 'connection' | 'prefix'>;
  factory: BackendFactory<IQueueBackend>;
  /** Wakes workers that sleep, so that they see a delayed job that comes before they would have looked. */
  nudge(name: string): Promise<void>;
  /** A field of every queue's meta data, by queue, where one question is enough for all. */
  readMarks?(field: string): Promise<Map<string, string>>;
  /** Undoes what a worker whose clock was wrong has left in the back end; absent where its own clock counts. */
  rightClocks?(): Promise<number>;
  /** Counts for rate limits, on the connection that is there anyway; absent where Postgres counts. */
  countHit?: CountHit;
  close(): Promise<void>;
}

export function openBackend(at: QueuesAt): Backend {
  return at.redisUrl ? redisBackend(at.redisUrl, at.onError) : postgresBackend(at.databaseUrl);
}

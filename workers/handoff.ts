import type { Outstanding } from '../db/outbox-sweep.ts';

/** For so long an answer to whether the queue is paused counts. */
const FRESH_MS = 1_000;

/** For so many times the room jobs may wait here, and for so long: well before the sweeper would look for them, 5 s. */
const LINE = 4;
const PATIENCE_MS = 2_000;

export interface HandoffOptions {
  /** How many may be under way at once. */
  room: number;
  /** Whether so much goes on in this process that the way to the queue and back is worth saving. */
  isCrowded(): boolean;
  /** Whether operators have stopped the queue; asked at most once a second, and only while there is work. */
  isPaused(): Promise<boolean>;
  /** Does the job, or sees to it that its queue delivers it. */
  perform(row: Outstanding): Promise<void>;
  /** Leaves a job to its queue. */
  leave(row: Outstanding): void;
}

/** Takes jobs that this process has promised itself. */
export interface Handoff {
  /** @returns false when the job is not for here, or there is no room: it is its queue's */
  take(row: Outstanding): boolean;
  /** Takes no more, waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * The short way of a job that is due as soon as it is promised: whoever promised it does it, without the way to the
 * queue and back. Its row in the outbox is what makes that safe: should the process die, the sweeper asks for it.
 * While little goes on nothing takes it: that way costs nobody anything then, is seen on the board, and leads to
 * whichever process is free.
 */
export function handoff({ room, isCrowded, isPaused, perform, leave }: HandoffOptions): Handoff {
  const underWay = new Set<Promise<void>>();
  const line: Waiting[] = [];
  let stopped = false;
  let asked = { at: Number.NEGATIVE_INFINITY, paused: Promise.resolve(true) };

  function paused(): Promise<boolean> {
    const now = performance.now();
    // A queue that cannot be asked may be paused.
    if (now - asked.at > FRESH_MS) asked = { at: now, paused: isPaused().catch(() => true) };
    return asked.paused;
  }

  function begin(row: Outstanding): void {
    const doing = paused().then((isPaused) => (isPaused ? leave(row) : perform(row)));
    underWay.add(doing);
    void doing.finally(() => {
      underWay.delete(doing);
      next();
    });
  }

  function next(): void {
    const cutoff = performance.now() - PATIENCE_MS;
    let first = line.shift();
    for (; first && (stopped || first.since < cutoff); first = line.shift()) leave(first.row);
    if (first) begin(first.row);
  }

  return {
    take(row) {
      if (stopped || row.delayMs > 0 || line.length >= LINE * room || !isCrowded()) return false;
      if (underWay.size < room) begin(row);
      else line.push({ row, since: performance.now() });
      return true;
    },
    async stop() {
      stopped = true;
      next();
      await Promise.all(underWay);
    },
  };
}

interface Waiting {
  row: Outstanding;
  since: number;
}

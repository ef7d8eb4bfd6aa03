import type { BackendFactory, IQueueBackend } from 'bullmq';

/** The longest a worker sleeps before it looks for itself, in seconds: a lost wake-up costs no more. */
export const LONGEST_SLEEP_S = 5;

/** A worker that has not looked for work for so long, ms, will not any more. */
export const SILENT_MS = 2 * LONGEST_SLEEP_S * 1_000;

// After a look that failed. BullMQ 6.7 looks again at once unless it knows the error for one of its connection, and
// a back end whose first connection failed answers with that failure for ever, without asking anybody: the two of
// them would turn round each other in microtasks, and nothing else in the process would ever run again.
const REST_MS = 1_000;

/**
 * Wraps a back end so that every look for work is a heartbeat. BullMQ's own loop may sleep for an hour
 * on a socket that is half open; this one looks every few seconds, and a loop that hangs falls silent.
 */
export function withHeartbeat(
  factory: BackendFactory<IQueueBackend>,
  beat: () => void,
): BackendFactory<IQueueBackend> {
  return (name, options, extra) => {
    const backend = factory(name, options, extra);
    const { waitForJob, moveToActive } = backend;
    backend.waitForJob = async (seconds) => {
      const marker = await rested(waitForJob.call(backend, Math.min(seconds, LONGEST_SLEEP_S)));
      beat();
      return marker;
    };
    backend.moveToActive = async (token, workerName) => {
      const job = await rested(moveToActive.call(backend, token, workerName));
      beat();
      return job;
    };
    return backend;
  };
}

async function rested<T>(look: Promise<T>): Promise<T> {
  try {
    return await look;
  } catch (error) {
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    throw error;
  }
}

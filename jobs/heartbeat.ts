import type { BackendFactory, IQueueBackend } from 'bullmq';

/** The longest a worker sleeps before it looks for itself, in seconds: a lost wake-up costs no more. */
export const LONGEST_SLEEP_S = 5;

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
      const marker = await waitForJob.call(backend, Math.min(seconds, LONGEST_SLEEP_S));
      beat();
      return marker;
    };
    backend.moveToActive = async (token, workerName) => {
      const job = await moveToActive.call(backend, token, workerName);
      beat();
      return job;
    };
    return backend;
  };
}

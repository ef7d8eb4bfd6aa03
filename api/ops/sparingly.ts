const LEAST_MS = 1_000;

/**
 * Asks at most once a second, one question at a time, and after a long answer waits ten times as long: whoever asks
 * often gets the last answer again, and no more than a tenth of the time is spent answering. What failed is asked
 * anew after a second.
 */
export function sparingly<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let freshUntil = 0;
  return () => {
    if (answer && performance.now() < freshUntil) return answer;
    const began = performance.now();
    freshUntil = Number.POSITIVE_INFINITY;
    const settled = () => {
      const now = performance.now();
      freshUntil = now + Math.max(LEAST_MS, 10 * (now - began));
    };
    const asked = ask();
    answer = asked;
    asked.then(settled, () => {
      freshUntil = performance.now() + LEAST_MS;
    });
    return asked;
  };
}

/** So many may do something at once; the others wait for their turn, but not for ever. */
export interface Slots {
  /** @returns false when none became free in time */
  take(waitMs: number): Promise<boolean>;
  release(): void;
}

/** @param count how many there are */
export function slots(count: number): Slots {
  let free = count;
  const waiting = new Set<() => void>();
  return {
    take(waitMs) {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const go = () => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve(true);
        };
        const timer = setTimeout(() => {
          waiting.delete(go);
          resolve(false);
        }, waitMs);
        waiting.add(go);
      });
    },
    release() {
      const [next] = waiting;
      if (next) next();
      else free += 1;
    },
  };
}

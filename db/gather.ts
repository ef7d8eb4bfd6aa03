import { performance } from 'node:perf_hooks';

/** Limits of a gathering: how long a call waits for company, and how large a crowd may get. */
export interface GatherOptions {
  /**
   * While a run is under way and the process is busy. Else calls of the same moment are enough: nobody waits for
   * whoever may come.
   */
  waitMs: number;
  max: number;
  /** How many runs may be under way at once; calls that come meanwhile form the next crowd. */
  parallel: number;
}

/** Over this share of its time a process is busy: what it saves counts for more than what its callers wait. */
const BUSY = 0.6;
const LOOK_EVERY_MS = 50;

let looked = { at: 0, elu: performance.eventLoopUtilization(), busy: false };

/** Whether this process had little time to spare of late. */
function isBusy(): boolean {
  const at = performance.now();
  if (at - looked.at > LOOK_EVERY_MS) {
    const elu = performance.eventLoopUtilization();
    looked = { at, elu, busy: performance.eventLoopUtilization(elu, looked.elu).utilization > BUSY };
  }
  return looked.busy;
}

/**
 * Turns "one call, one run" into "many calls, one run": calls made within a moment are answered
 * together by a single `run`, whose results, or promises of them, stand in the order of its items.
 */
export function gather<In, Out>(
  run: (items: In[]) => Promise<(Out | Promise<Out>)[]>,
  options: GatherOptions,
): (item: In) => Promise<Out> {
  type Call = { item: In; resolve: (value: Out | Promise<Out>) => void; reject: (error: unknown) => void };
  let crowd: Call[] = [];
  let cancel: (() => void) | undefined;
  let running = 0;

  function set(): void {
    if (cancel || crowd.length === 0 || running >= options.parallel) return;
    if (crowd.length >= options.max) {
      go();
    } else if (running === 0 || !isBusy()) {
      const turn = setImmediate(go);
      cancel = () => clearImmediate(turn);
    } else {
      const timer = setTimeout(go, options.waitMs);
      cancel = () => clearTimeout(timer);
    }
  }

  function go(): void {
    cancel?.();
    cancel = undefined;
    const calls = crowd.slice(0, options.max);
    crowd = crowd.slice(options.max);
    running += 1;
    answer(calls).finally(() => {
      running -= 1;
      set();
    });
    set();
  }

  async function answer(calls: Call[]): Promise<void> {
    try {
      const results = await run(calls.map((call) => call.item));
      calls.forEach((call, index) => {
        call.resolve(results[index] as Out | Promise<Out>);
      });
    } catch (error) {
      for (const call of calls) call.reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      crowd.push({ item, resolve, reject });
      if (crowd.length >= options.max && running < options.parallel) go();
      else set();
    });
}

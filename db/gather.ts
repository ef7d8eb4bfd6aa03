/** Limits of a gathering: how long the first call waits for company, and how large a crowd may get. */
export interface GatherOptions {
  waitMs: number;
  max: number;
  /** How many runs may be under way at once; calls that come meanwhile form the next crowd. */
  parallel: number;
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
  let timer: NodeJS.Timeout | undefined;
  let running = 0;

  function set(): void {
    if (timer || crowd.length === 0 || running >= options.parallel) return;
    if (crowd.length >= options.max) go();
    else timer = setTimeout(go, options.waitMs);
  }

  function go(): void {
    clearTimeout(timer);
    timer = undefined;
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

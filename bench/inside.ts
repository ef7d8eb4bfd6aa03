/** What every process of the bench's own has inside: it answers questions, and says when it is ready. */
export interface Question {
  no: number;
  ask: string;
  with: unknown;
}

export interface Answer {
  no: number;
  value?: unknown;
  error?: string;
}

// Each process knows its own questions, and who asks knows what it gets.
// biome-ignore lint/suspicious/noExplicitAny: the other side is another process
type Answers = Record<string, (given: any) => unknown>;

/** Answers questions by name until whoever asks is gone; then the process ends. */
export function answer(answers: Answers): void {
  process.on('message', async ({ no, ask, with: given }: Question) => {
    const value = Promise.resolve().then(() => answers[ask]?.(given));
    const said: Answer = await value.then(
      (value) => ({ no, value }),
      (error: Error) => ({ no, error: error.stack ?? error.message }),
    );
    process.send?.(said);
  });
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}

/** What the environment must say. */
export function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** Milliseconds since 1970 with fractions, by the same clock in all processes. */
export const now = () => performance.timeOrigin + performance.now();

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

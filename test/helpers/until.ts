/** Polls until the question has a truthy answer, and gives it. */
export async function until<T>(
  question: () => T | Promise<T>,
  { within = 20_000, every = 25, what = 'what was waited for' } = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${within} ms`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

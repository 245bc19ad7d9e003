const EVERY_MS = 100;

export interface Wait {
  /** What is waited for, for the failure's text. */
  readonly what: string;
  readonly withinMs?: number;
  /** How things are when time is up. */
  readonly otherwise?: () => Promise<unknown>;
}

/** Asks again until the answer is truthy, and gives it; fails with the last answer when time is up. */
export async function until<T>(
  ask: () => Promise<T> | T,
  { what, withinMs = 15_000, otherwise }: Wait,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() >= deadline) {
      const now = otherwise === undefined ? '' : `; now ${JSON.stringify(await otherwise())}`;
      throw new Error(`not within ${withinMs} ms: ${what}${now}`);
    }
    await new Promise((again) => setTimeout(again, EVERY_MS));
  }
}

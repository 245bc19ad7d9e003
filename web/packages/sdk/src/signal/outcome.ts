import { type Clock, sleep } from '../env.js';

/** The code of a request whose socket was lost before the answer came. */
export const LOST = 1003;

/** Answer to a request. `code` is the server's, or `LOST`, or 0 for an answer that breaks the protocol. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: number; readonly message: string };

/** Whether the same request may succeed in a moment. */
export const isTemporary = (code: number): boolean =>
  code === LOST || code === 429 || (code >= 500 && code <= 599);

/** Attempts at one request, the first included. */
export const ATTEMPTS = 3;

/** Wait before the next attempt: 2 to 4 s, so that a crowd does not come back at once. */
export const retryDelayMs = (random: () => number): number => 2000 + random() * 2000;

export async function withRetries<T>(
  env: { readonly clock: Clock; random(): number },
  attempt: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  let outcome = await attempt();
  for (let made = 1; made < ATTEMPTS && !outcome.ok && isTemporary(outcome.code); made++) {
    await sleep(env.clock, retryDelayMs(env.random));
    outcome = await attempt();
  }
  return outcome;
}

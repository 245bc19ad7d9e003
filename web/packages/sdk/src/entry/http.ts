import { fits, httpError } from '@stoa/protocol';
import type { Env } from '../env.js';

/** `status` 0: no answer at all. `body` is undefined when it was not JSON. */
export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
  readonly message: string;
}

/** One HTTP call; failures of every kind become an answer. A server that says nothing is given up after 10 s. */
export async function call(
  env: Pick<Env, 'fetch' | 'clock'>,
  url: string,
  init: RequestInit,
): Promise<HttpAnswer> {
  const abort = new AbortController();
  const cancel = env.clock.after(10_000, () => abort.abort());
  try {
    const response = await env.fetch(url, { ...init, signal: abort.signal });
    const body: unknown = await response.json().catch(() => undefined);
    const said = fits(httpError, body) ? body.message : undefined;
    return { ok: response.ok, status: response.status, body, message: said ?? `status ${response.status}` };
  } catch {
    return { ok: false, status: 0, body: undefined, message: 'server not reached' };
  } finally {
    cancel();
  }
}

/** Whether asking again may help: no answer, too many requests, or the server's own trouble. */
export const mayRecover = (status: number): boolean => status === 0 || status === 429 || status >= 500;

import { fits, tokenResult } from '@stoa/protocol';
import { type Env, sleep } from '../env.js';
import { failed, type JoinFailure, ok, type Result } from '../failures.js';
import { call, type HttpAnswer, mayRecover } from './http.js';

const ATTEMPTS = 4;
const RETRY_MS = 1_000;

/** Exchanges a room code for a token. */
export async function exchangeRoomCode(
  env: Pick<Env, 'fetch' | 'clock'>,
  endpoint: string,
  roomCode: string,
  userId: string | undefined,
): Promise<Result<string, JoinFailure>> {
  // A text body makes it a simple request: no preflight from other origins.
  const body = JSON.stringify({ code: roomCode, ...(userId === undefined ? {} : { user_id: userId }) });
  const ask = () => call(env, `${endpoint}/v2/token`, { method: 'POST', body });
  let answer = await ask();
  for (let made = 1; made < ATTEMPTS && mayRecover(answer.status); made++) {
    await sleep(env.clock, RETRY_MS);
    answer = await ask();
  }
  if (answer.ok && fits(tokenResult, answer.body)) return ok(answer.body.token);
  return failed(tokenFailure(answer));
}

function tokenFailure({ ok, status, message }: HttpAnswer): JoinFailure {
  if (status === 404) return { code: 'room-code-unknown', message };
  if (status === 403) return { code: 'room-inactive', message };
  if (ok) return { code: 'unreachable', message: 'the token endpoint answered without a token' };
  return mayRecover(status) ? { code: 'unreachable', message } : { code: 'refused', status, message };
}

/** What the client itself reads in a token; who signed it is the server's business. */
export interface TokenClaims {
  readonly roomId: string;
  readonly userId: string;
  readonly role: string;
}

/** Undefined when it is no token at all. */
export function readToken(token: string): TokenClaims | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const base64 = (parts[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const claims: Record<string, unknown> = JSON.parse(new TextDecoder().decode(bytes));
    const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '');
    return { roomId: text('room_id'), userId: text('user_id'), role: text('role') };
  } catch {
    return undefined;
  }
}

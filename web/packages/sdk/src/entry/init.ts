import { fits, type InitResult, initResult } from '@stoa/protocol';
import type { Env } from '../env.js';
import type { JoinFailure } from '../failures.js';
import { call, mayRecover } from './http.js';

/** Says who is calling, in the server's `key:value` list. */
export const USER_AGENT = 'os:web,sdk:stoa-web,sdk_version:0.1.0,is_prebuilt:false,framework:js';

export interface Seat {
  /** Origin of the server. */
  readonly endpoint: string;
  readonly token: string;
  readonly peerId: string;
}

export type InitOutcome =
  | { readonly kind: 'ready'; readonly init: InitResult }
  | { readonly kind: 'retry'; readonly message: string }
  | { readonly kind: 'refused'; readonly failure: JoinFailure };

/** Asks where to connect. Needed before every socket, also the later ones. */
export async function fetchInit(env: Pick<Env, 'fetch' | 'clock'>, seat: Seat): Promise<InitOutcome> {
  const query = new URLSearchParams({ peer_id: seat.peerId, user_agent_v2: USER_AGENT });
  const answer = await call(env, `${seat.endpoint}/init?${query}`, {
    headers: { Authorization: `Bearer ${seat.token}` },
  });
  if (answer.ok && fits(initResult, answer.body) && URL.canParse(answer.body.endpoint)) {
    return { kind: 'ready', init: answer.body };
  }
  if (answer.ok) return { kind: 'retry', message: 'init answered something else' };
  if (mayRecover(answer.status)) return { kind: 'retry', message: answer.message };
  return { kind: 'refused', failure: refusal(answer.status, answer.message) };
}

function refusal(status: number, message: string): JoinFailure {
  if (status === 401) return { code: 'token-invalid', message };
  if (status === 410) return { code: 'room-inactive', message };
  return { code: 'refused', status, message };
}

/** Address of the signal for this seat. */
export function socketUrl(init: InitResult, seat: Seat): string {
  const url = new URL(init.endpoint);
  url.searchParams.set('peer', seat.peerId);
  url.searchParams.set('token', seat.token);
  url.searchParams.set('user_agent_v2', USER_AGENT);
  url.searchParams.set('protocol_version', '2.5');
  url.searchParams.set('protocol_spec', '20250115');
  return url.href;
}

/** Configuration of both peer connections: the server's, with `ice_servers` under the browser's name. */
export function rtcConfiguration(init: InitResult): RTCConfiguration {
  const { ice_servers, ...others } = init.rtcConfiguration ?? {};
  return { ...others, iceServers: (ice_servers ?? []) as RTCIceServer[] };
}

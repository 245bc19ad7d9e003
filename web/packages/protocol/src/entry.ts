import { anything, finite, type Infer, list, object, text } from './check.js';

/** Answer to `POST /v2/token`. */
export const tokenResult = object({ token: text }, { expires_at: text });

/** Error body of every HTTP call a client makes. */
export const httpError = object({}, { code: finite, message: text });

/** Answer to `GET /init`. `rtcConfiguration` goes into both peer connections, `ice_servers` as `iceServers`. */
export const initResult = object(
  { endpoint: text, config: object({}, { enabledFlags: list(text) }) },
  { rtcConfiguration: object({}, { ice_servers: list(object({ urls: anything })) }) },
);
export type InitResult = Infer<typeof initResult>;

import type { Check } from './check.js';
import { finite, fits, object, text } from './check.js';
import { type Notification, type NotificationMethod, notifications } from './notifications.js';

/** One message from the server, told apart. `result` is not checked here: its shape depends on the request. */
export type Frame =
  | { readonly kind: 'result'; readonly id: string; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: string; readonly code: number; readonly message: string }
  | { readonly kind: 'notification'; readonly notification: Notification }
  | { readonly kind: 'unknown-method'; readonly method: string }
  | { readonly kind: 'bad'; readonly reason: string };

const bad = (reason: string): Frame => ({ kind: 'bad', reason });

/** Reads one text frame of the signal or of the data channel. Never throws. */
export function parseFrame(data: unknown): Frame {
  if (typeof data !== 'string') return bad('not a text frame');
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return bad('not JSON');
  }
  if (!fits(object({}), value)) return bad('not an object');
  const message: Message = value;
  if (typeof message.method === 'string') return parseNotification(message.method, message.params);
  return parseResponse(message);
}

interface Message {
  readonly method?: unknown;
  readonly params?: unknown;
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

function parseNotification(method: string, params: unknown): Frame {
  if (!Object.hasOwn(notifications, method)) return { kind: 'unknown-method', method };
  const check: Check<unknown> = notifications[method as NotificationMethod];
  const reason = check(params, 'params');
  return reason === undefined
    ? { kind: 'notification', notification: { method, params } as Notification }
    : bad(`${method}: ${reason}`);
}

const errorBody = object({ code: finite }, { message: text });

/** A response that breaks the rules still ends its request, with code 0: nobody must wait for ever. */
function parseResponse({ id, result, error }: Message): Frame {
  if (!fits(text, id)) return bad('neither method nor id');
  if (error !== undefined && error !== null) {
    return fits(errorBody, error)
      ? { kind: 'error', id, code: error.code, message: error.message ?? '' }
      : { kind: 'error', id, code: 0, message: 'error without code' };
  }
  return result ? { kind: 'result', id, result } : { kind: 'error', id, code: 0, message: 'empty result' };
}

import type { Notifications } from '@stoa/protocol';
import type { JoinFailure } from '../failures.js';
import { isTemporary } from '../signal/outcome.js';
import type { LeaveReason } from '../state/state.js';

/** What an error code of the server means while getting in. 0 is an answer the browser could not use. */
export function joinFailure(code: number, message: string): JoinFailure {
  if (code === 401) return { code: 'token-invalid', message };
  if (code === 410) return { code: 'room-inactive', message };
  if (code === 0) return { code: 'negotiation-failed', message };
  return isTemporary(code) ? { code: 'unreachable', message } : { code: 'refused', status: code, message };
}

/** Removed by somebody, or the room ended for everybody. */
export function leaveReason(request: Notifications['on-peer-leave-request']): LeaveReason {
  const { requested_by: by, reason: message = '', room_end } = request;
  return {
    kind: room_end === true || by === undefined ? 'room-ended' : 'removed',
    message,
    ...(by === undefined ? {} : { by }),
  };
}

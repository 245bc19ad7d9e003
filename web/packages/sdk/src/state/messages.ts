import type { Notifications } from '@stoa/protocol';
import type { Audience, Message, StoaState } from './state.js';

/** Chat kept in memory; older messages are forgotten. */
export const MESSAGE_LIMIT = 1000;

const textOf = (message: unknown): string =>
  typeof message === 'string' ? message : (JSON.stringify(message) ?? '');

type Broadcast = Notifications['on-broadcast'];

export interface Received {
  /** `chat`, or the name of an application's event. */
  readonly type: string;
  readonly message: Message;
}

/** Reads a broadcast as the peer `localPeerId` gets it. */
export function readBroadcast(wire: Broadcast, localPeerId: string): Received {
  return {
    type: wire.info.type,
    message: {
      id: wire.message_id,
      time: wire.timestamp,
      text: textOf(wire.info.message),
      senderId: wire.peer?.peer_id,
      senderName: wire.peer?.info?.name ?? '',
      isLocal: false,
      audience: audienceOf(wire, localPeerId),
    },
  };
}

function audienceOf(wire: Broadcast, localPeerId: string): Audience {
  if (wire.private === true) return { kind: 'peer', peerId: localPeerId };
  return wire.roles !== undefined && wire.roles.length > 0
    ? { kind: 'roles', roles: wire.roles }
    : { kind: 'everyone' };
}

/** The same message twice (a retry of the sender) is shown once. */
export function withMessage(state: StoaState, message: Message): StoaState {
  if (state.messages.some((known) => known.id === message.id)) return state;
  return { ...state, messages: [...state.messages, message].slice(-MESSAGE_LIMIT) };
}

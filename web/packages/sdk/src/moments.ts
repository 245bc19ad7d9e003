import type { Notification, Notifications } from '@stoa/protocol';
import type { StoaEvent } from './api.js';
import { readBroadcast } from './state/messages.js';
import type { StoaState, Track } from './state/state.js';

/** What a notification means as a one-off event, seen against the state before it. */
export function momentsOf({ method, params }: Notification, before: StoaState): readonly StoaEvent[] {
  switch (method) {
    case 'on-peer-join':
      return before.peers[params.peer_id] === undefined
        ? [{ type: 'peer-joined', peerId: params.peer_id, name: params.info.name }]
        : [];
    case 'on-peer-leave': {
      const peer = before.peers[params.peer_id];
      return peer === undefined ? [] : [{ type: 'peer-left', peerId: peer.id, name: peer.name }];
    }
    case 'on-broadcast': {
      const { type, message } = readBroadcast(params, before.local.peerId ?? '');
      if (type === 'chat') return [{ type: 'message', message }];
      const sender = message.senderId === undefined ? {} : { senderId: message.senderId };
      return [{ type: 'custom', name: type, data: message.text, ...sender }];
    }
    case 'on-policy-change': {
      const role = before.peers[before.local.peerId ?? '']?.role ?? '';
      return role === '' || role === params.name ? [] : [{ type: 'role-changed', role: params.name }];
    }
    default:
      return [];
  }
}

/** A local track that a moderator wants muted or unmuted. */
export interface MuteOrder {
  readonly track: Track;
  readonly mute: boolean;
  readonly by: string | undefined;
}

/** Which of the local tracks a mute request means. */
export function muteOrders({ method, params }: Notification, state: StoaState): readonly MuteOrder[] {
  if (method === 'on-track-update-request') {
    const track = state.tracks[params.track_id];
    const local = track !== undefined && track.peerId === state.local.peerId;
    return local ? [{ track, mute: params.mute, by: params.requested_by }] : [];
  }
  if (method !== 'on-change-track-mute-state-request') return [];
  return Object.values(state.tracks)
    .filter((track) => track.peerId === state.local.peerId && matches(track, params))
    .map((track) => ({ track, mute: params.value, by: params.requested_by }));
}

const matches = (track: Track, filter: Notifications['on-change-track-mute-state-request']): boolean =>
  (filter.type === undefined || filter.type === track.kind) &&
  (filter.source === undefined || filter.source === track.source);

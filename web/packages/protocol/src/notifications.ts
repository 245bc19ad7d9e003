import { anything, finite, flag, type Infer, list, mapOf, object, oneOf, text } from './check.js';
import { hlsVariant, iceCandidate, layer, peer, policy, roomState, trackMap } from './objects.js';
import { pollInfo, pollTally } from './polls.js';

const peerRef = object({ peer_id: text });
const tracksOfPeer = object({ tracks: trackMap, peer: peerRef });
const sender = object({ peer_id: text }, { role: text, info: object({}, { name: text, user_id: text }) });
const serverError = object({}, { code: finite, message: text });
const outputState = { state: text };
const outputDetail = { started_at: finite, initialised_at: finite, error: serverError };

/** What the server says unasked, by method: the check of its `params`. */
export const notifications = {
  'on-policy-change': policy,
  'room-info': object(
    { room_id: text, name: text },
    { description: text, max_size: finite, large_room_optimization: flag },
  ),
  'session-info': object({ session_id: text, peer_count: finite }, { room_id: text, track_count: finite }),
  'room-state': object({ peer_count: finite, room: roomState }, { peers: anything }),
  'peer-list': object({ peers: mapOf(peer), room: roomState }),
  'node-info': object({ sfu_node_id: text }),
  'on-error': object({ code: finite }, { message: text }),
  'on-warning': anything,
  offer: object({ type: oneOf('offer'), sdp: text }, { sfu_node_id: text }),
  /** Target 0 is the publish connection, 1 the subscribe connection. */
  trickle: object({ target: oneOf(0, 1), candidate: iceCandidate }),
  'on-peer-join': peer,
  'on-peer-update': peer,
  'on-peer-leave': peerRef,
  'on-track-add': tracksOfPeer,
  'on-track-update': tracksOfPeer,
  'on-track-remove': object({ tracks: mapOf(anything), peer: peerRef }),
  'on-role-change-request': object({ role: text, token: text }, { requested_by: text }),
  'on-track-update-request': object({ track_id: text, mute: flag }, { stream_id: text, requested_by: text }),
  'on-change-track-mute-state-request': object(
    { value: flag },
    { type: text, source: text, roles: list(text), requested_by: text },
  ),
  'on-peer-leave-request': object({}, { requested_by: text, reason: text, room_end: flag }),
  'active-speakers': object({
    'speaker-list': list(object({ peer_id: text, track_id: text, level: finite })),
  }),
  'on-connection-quality-update': object({
    peers: list(object({ peer_id: text, downlink_score: finite })),
  }),
  'on-track-layer-update': object({
    tracks: mapOf(
      object(
        { track_id: text, current_layer: layer },
        { expected_layer: layer, subscriber_degraded: flag, publisher_degraded: flag },
      ),
    ),
  }),
  'on-broadcast': object(
    { message_id: text, timestamp: finite, info: object({ message: anything, type: text }) },
    { private: flag, roles: list(text), peer: sender },
  ),
  'on-hls-update': object(
    { enabled: flag, variants: list(hlsVariant) },
    { error: serverError, hls_recording: anything },
  ),
  'on-record-update': object({ type: text, ...outputState }, outputDetail),
  'on-rtmp-update': object(outputState, outputDetail),
  'on-transcription-update': object({ mode: text, ...outputState }, outputDetail),
  'on-metadata-change': object({
    values: list(object({ key: text, data: anything }, { updated_at: finite, change_version: finite })),
  }),
  'on-poll-start': object({ polls: list(pollInfo) }),
  'on-poll-stats': object({ polls: list(pollTally) }),
  'on-poll-stop': object({ polls: list(pollInfo) }),
  'on-whiteboard-update': object({ id: text, state: text }, { title: text, owner: text }),
};

export type Notifications = { [M in keyof typeof notifications]: Infer<(typeof notifications)[M]> };
export type NotificationMethod = keyof Notifications;
/** One checked notification; `method` tells the type of `params`. */
export type Notification = {
  [M in NotificationMethod]: { readonly method: M; readonly params: Notifications[M] };
}[NotificationMethod];

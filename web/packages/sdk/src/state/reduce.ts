import type { Notification, Notifications } from '@stoa/protocol';
import type { Event } from './events.js';
import { readBroadcast, withMessage } from './messages.js';
import { peersFromList, withoutPeer, withPeer, withPeerUpdate, withQuality } from './peers.js';
import { readPoll, readTally, withPoll, withQuestions, withTally } from './polls.js';
import { withHls, withOutput, withPolicy, withRoom, withRoomState } from './room.js';
import {
  type Connection,
  initialState,
  type Speaker,
  type StoaState,
  type Trouble,
  type Whiteboard,
} from './state.js';
import { tracksFromList, withLayers, withLive, withoutTracks, withTracks } from './tracks.js';

/** The next state. Pure: the same state and event always give the same result. */
export function reduce(state: StoaState, event: Event): StoaState {
  switch (event.type) {
    case 'seat-taken':
      return takeSeat(state, event);
    case 'flags':
      return { ...state, flags: event.flags };
    case 'connection':
      return { ...state, connection: event.connection };
    case 'trouble':
      return { ...state, connection: withTrouble(state.connection, event.what, event.on) };
    case 'left':
      return { ...clean(state), connection: { status: 'left', reason: event.reason } };
    case 'unseated':
      return clean(state);
    case 'notification':
      return reduceNotification(state, event.notification);
    case 'local-peer':
      return withLocalPeer(state, event);
    case 'local-source':
      return {
        ...state,
        local: { ...state.local, [event.name]: { ...state.local[event.name], ...event.patch } },
      };
    case 'local-track':
      return { ...state, tracks: { ...state.tracks, [event.track.id]: event.track } };
    case 'track-removed':
      return withoutTracks(state, [event.trackId]);
    case 'track-live':
      return withLive(state, event.trackId, event.live);
    case 'message':
      return withMessage(state, event.message);
    case 'poll':
      return withPoll(state, event.poll);
    case 'poll-questions':
      return withQuestions(state, event.id, event.questions);
    case 'poll-tally':
      return withTally(state, event.tally);
    case 'devices':
      return { ...state, devices: event.devices };
    case 'speaker-chosen':
      return { ...state, local: { ...state.local, speakerId: event.speakerId } };
    case 'audio-blocked':
      return state.audioBlocked === event.blocked ? state : { ...state, audioBlocked: event.blocked };
    case 'role-request-done':
      return { ...state, roleRequest: undefined };
  }
}

/** An empty room; devices and the choices made among them stay. */
function clean(state: StoaState): StoaState {
  const { microphone, camera, screen, speakerId } = state.local;
  return {
    ...initialState,
    devices: state.devices,
    local: {
      peerId: undefined,
      microphone: { ...initialState.local.microphone, deviceId: microphone.deviceId },
      camera: { ...initialState.local.camera, deviceId: camera.deviceId },
      screen: { ...initialState.local.screen, deviceId: screen.deviceId },
      speakerId,
    },
  };
}

const readWhiteboard = ({ id, title, owner, state }: Notifications['on-whiteboard-update']): Whiteboard => ({
  id,
  title: title ?? '',
  owner: owner ?? '',
  open: state === 'open',
});

function takeSeat(state: StoaState, seat: Extract<Event, { type: 'seat-taken' }>): StoaState {
  const fresh = clean(state);
  return {
    ...fresh,
    connection: { status: 'connecting' },
    room: { ...fresh.room, id: seat.roomId },
    local: { ...fresh.local, peerId: seat.peerId },
    peers: {
      [seat.peerId]: {
        id: seat.peerId,
        name: '',
        metadata: '',
        userId: seat.userId,
        role: '',
        groups: [],
        isLocal: true,
        joinedAt: undefined,
        quality: -1,
      },
    },
  };
}

function withTrouble(connection: Connection, what: Trouble, on: boolean): Connection {
  const active = connection.status === 'reconnecting' ? connection.troubles : [];
  if (connection.status !== 'connected' && connection.status !== 'reconnecting') return connection;
  const others = active.filter((trouble) => trouble !== what);
  const troubles = on ? [...others, what] : others;
  return troubles.length === 0 ? { status: 'connected' } : { status: 'reconnecting', troubles };
}

function withLocalPeer(state: StoaState, change: Extract<Event, { type: 'local-peer' }>): StoaState {
  const self = state.local.peerId === undefined ? undefined : state.peers[state.local.peerId];
  if (self === undefined) return state;
  const { name = self.name, metadata = self.metadata } = change;
  return { ...state, peers: { ...state.peers, [self.id]: { ...self, name, metadata } } };
}

function withSpeakers(state: StoaState, list: Notifications['active-speakers']['speaker-list']): StoaState {
  if (list.length === 0 && state.speakers.length === 0) return state;
  const speakers = list
    .filter((speaker) => state.peers[speaker.peer_id] !== undefined)
    .map(({ peer_id, track_id, level }): Speaker => ({ peerId: peer_id, trackId: track_id, level }));
  return { ...state, speakers };
}

function reduceNotification(state: StoaState, { method, params }: Notification): StoaState {
  switch (method) {
    case 'on-policy-change':
      return withPolicy(state, params);
    case 'room-info':
      return withRoom(state, {
        id: params.room_id,
        name: params.name,
        description: params.description ?? '',
      });
    case 'session-info':
      return withRoom(state, { sessionId: params.session_id, peerCount: params.peer_count });
    case 'room-state':
      return withRoom(withRoomState(state, params.room), { peerCount: params.peer_count });
    case 'peer-list':
      return withRoomState(
        {
          ...withRoom(state, { peerCount: undefined }),
          peers: peersFromList(state, params.peers),
          tracks: tracksFromList(state, params.peers),
        },
        params.room,
      );
    case 'on-peer-join':
      return withTracks(withPeer(state, params), params.peer_id, params.tracks);
    case 'on-peer-update':
      return withPeerUpdate(state, params);
    case 'on-peer-leave':
      return withoutPeer(state, params.peer_id);
    case 'on-track-add':
    case 'on-track-update':
      return withTracks(state, params.peer.peer_id, params.tracks);
    case 'on-track-remove':
      return withoutTracks(state, Object.keys(params.tracks));
    case 'on-track-layer-update':
      return withLayers(state, params.tracks);
    case 'active-speakers':
      return withSpeakers(state, params['speaker-list']);
    case 'on-connection-quality-update':
      return withQuality(state, params.peers);
    case 'on-broadcast': {
      const { type, message } = readBroadcast(params, state.local.peerId ?? '');
      return type === 'chat' ? withMessage(state, message) : state;
    }
    case 'on-role-change-request':
      return {
        ...state,
        roleRequest: { by: params.requested_by, role: params.role, token: params.token },
      };
    case 'on-poll-start':
    case 'on-poll-stop':
      return params.polls.map(readPoll).reduce(withPoll, state);
    case 'on-poll-stats':
      return params.polls.map(readTally).reduce(withTally, state);
    case 'on-record-update':
      return withOutput(state, params.type, params.state);
    case 'on-rtmp-update':
      return withOutput(state, 'rtmp', params.state);
    case 'on-hls-update':
      return withHls(state, params);
    case 'node-info':
    case 'on-error':
    case 'on-warning':
    case 'offer':
    case 'trickle':
    case 'on-track-update-request':
    case 'on-change-track-mute-state-request':
    case 'on-peer-leave-request':
    case 'on-transcription-update':
    case 'on-metadata-change':
      return state;
    case 'on-whiteboard-update':
      return { ...state, whiteboard: readWhiteboard(params) };
  }
}

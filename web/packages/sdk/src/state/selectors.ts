import type { WireRole } from '@stoa/protocol';
import type { Peer, StoaState, Track } from './state.js';

/** The group that means "hand raised". */
export const HAND_RAISE = '_handraise';

export const selectConnection = (state: StoaState) => state.connection;
export const selectRoom = (state: StoaState) => state.room;
export const selectMessages = (state: StoaState) => state.messages;
export const selectDevices = (state: StoaState) => state.devices;

export const selectLocalPeer = (state: StoaState): Peer | undefined =>
  state.local.peerId === undefined ? undefined : state.peers[state.local.peerId];

/** The local role with its rights; undefined until the server sent the roles. */
export const selectLocalRole = (state: StoaState): WireRole | undefined => {
  const name = selectLocalPeer(state)?.role;
  return name === undefined ? undefined : state.roles[name];
};

/** Whether the local role has a right, such as `endRoom`, `removeOthers`, `mute` or `changeRole`. */
export const selectCan =
  (right: string) =>
  (state: StoaState): boolean =>
    selectLocalRole(state)?.permissions[right] === true;

/** All peers, the local one first, then by time of joining. New list each time: subscribe with `shallowEqual`. */
export const selectPeers = (state: StoaState): readonly Peer[] =>
  Object.values(state.peers).sort(
    (a, b) =>
      Number(b.isLocal) - Number(a.isLocal) ||
      (a.joinedAt ?? 0) - (b.joinedAt ?? 0) ||
      (a.id < b.id ? -1 : 1),
  );

/** Tracks of one peer. New list each time: subscribe with `shallowEqual`. */
export const selectTracksOf =
  (peerId: string) =>
  (state: StoaState): readonly Track[] =>
    Object.values(state.tracks).filter((track) => track.peerId === peerId);

const mainTrack = (state: StoaState, peerId: string, kind: 'audio' | 'video', source: string) =>
  Object.values(state.tracks).find(
    (track) => track.peerId === peerId && track.kind === kind && track.source === source,
  );

/** Camera of a peer. */
export const selectCameraOf = (peerId: string) => (state: StoaState) =>
  mainTrack(state, peerId, 'video', 'regular');

/** Microphone of a peer. */
export const selectMicrophoneOf = (peerId: string) => (state: StoaState) =>
  mainTrack(state, peerId, 'audio', 'regular');

/** Pictures of all shared screens. New list each time: subscribe with `shallowEqual`. */
export const selectScreens = (state: StoaState): readonly Track[] =>
  Object.values(state.tracks).filter((track) => track.kind === 'video' && track.source === 'screen');

export const selectIsSpeaking =
  (peerId: string) =>
  (state: StoaState): boolean =>
    state.speakers.some((speaker) => speaker.peerId === peerId);

export const selectHandRaised =
  (peerId: string) =>
  (state: StoaState): boolean =>
    state.peers[peerId]?.groups.includes(HAND_RAISE) ?? false;

import { type Peer, type StoaState, selectLocalRole, selectPeers } from '@stoa/sdk';

/** Role of the recording robot, which nobody wants to see. */
const RECORDER = '__internal_recorder';

/** Whether a role may be heard or seen. */
const publishes = (state: StoaState, role: string): boolean => {
  const allowed = state.roles[role]?.publishParams.allowed ?? [];
  return allowed.includes('audio') || allowed.includes('video');
};

/** People whose tiles are drawn: those on stage whose role the own role receives. The own peer comes first. */
export function selectStagePeers(state: StoaState): readonly string[] {
  const received = selectLocalRole(state)?.subscribeParams.subscribeToRoles ?? [];
  const withTracks = new Set(
    Object.values(state.tracks)
      .filter((track) => track.source === 'regular')
      .map((track) => track.peerId),
  );
  const onStage = (peer: Peer) =>
    withTracks.has(peer.id) ||
    (publishes(state, peer.role) && (peer.isLocal || received.includes(peer.role)));
  return selectPeers(state)
    .filter(onStage)
    .map((peer) => peer.id);
}

/** Everybody but robots. */
export const selectPeople = (state: StoaState): readonly Peer[] =>
  selectPeers(state).filter((peer) => peer.role !== RECORDER);

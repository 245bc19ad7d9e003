import type { WirePeer } from '@stoa/protocol';
import type { Peer, StoaState } from './state.js';
import { withoutTracksOf } from './tracks.js';

type Peers = StoaState['peers'];

/** What the wire says about a peer; an empty name keeps the one known. */
function toPeer(wire: WirePeer, known: Peer | undefined, localPeerId: string | undefined): Peer {
  const isLocal = wire.peer_id === localPeerId;
  return {
    id: wire.peer_id,
    name: wire.info.name || (known?.name ?? ''),
    metadata: wire.info.data,
    userId: wire.info.user_id,
    // The own role changes with the policy only, together with its rights.
    role: isLocal && known !== undefined ? known.role : wire.role,
    groups: wire.groups,
    isLocal,
    joinedAt: wire.joined_at ?? known?.joinedAt,
    quality: known?.quality ?? -1,
  };
}

export function withPeer(state: StoaState, wire: WirePeer): StoaState {
  const peer = toPeer(wire, state.peers[wire.peer_id], state.local.peerId);
  return { ...state, peers: { ...state.peers, [peer.id]: peer } };
}

/** `realtime: false` takes a remote peer off the live list (large rooms). */
export function withPeerUpdate(state: StoaState, wire: WirePeer): StoaState {
  const remote = wire.peer_id !== state.local.peerId;
  return remote && wire.realtime === false ? withoutPeer(state, wire.peer_id) : withPeer(state, wire);
}

export function withoutPeer(state: StoaState, peerId: string): StoaState {
  if (state.peers[peerId] === undefined || peerId === state.local.peerId) return state;
  const { [peerId]: _gone, ...peers } = state.peers;
  return {
    ...withoutTracksOf(state, peerId),
    peers,
    speakers: state.speakers.filter((speaker) => speaker.peerId !== peerId),
  };
}

/** The authoritative list: remote peers that are not in it are gone. The receiver itself is never taken from it. */
export function peersFromList(state: StoaState, list: Readonly<Record<string, WirePeer>>): Peers {
  const peers: Record<string, Peer> = {};
  const localId = state.local.peerId;
  const local = localId === undefined ? undefined : state.peers[localId];
  if (local !== undefined) peers[local.id] = local;
  for (const wire of Object.values(list)) {
    if (wire.peer_id === localId || wire.realtime === false) continue;
    peers[wire.peer_id] = toPeer(wire, state.peers[wire.peer_id], localId);
  }
  return peers;
}

export function withQuality(
  state: StoaState,
  scores: readonly { readonly peer_id: string; readonly downlink_score: number }[],
): StoaState {
  const peers: Record<string, Peer> = { ...state.peers };
  for (const { peer_id, downlink_score } of scores) {
    const peer = peers[peer_id];
    if (peer !== undefined) peers[peer_id] = { ...peer, quality: downlink_score };
  }
  return { ...state, peers };
}

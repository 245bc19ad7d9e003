import type { Layer, WirePeer, WireTrack } from '@stoa/protocol';
import type { StoaState, Track } from './state.js';

type Tracks = StoaState['tracks'];
type WireTracks = Readonly<Record<string, WireTrack>>;

const toTrack = (wire: WireTrack, peerId: string, known: Track | undefined): Track => ({
  id: wire.track_id,
  streamId: wire.stream_id,
  peerId,
  kind: wire.type,
  source: wire.source,
  muted: wire.mute,
  live: known?.live ?? false,
  degraded: known?.degraded ?? false,
  layer: known?.layer,
});

/** Announced or changed tracks of a remote peer. An update may come before its announcement. */
export function withTracks(state: StoaState, peerId: string, wire: WireTracks): StoaState {
  if (peerId === state.local.peerId) return state;
  const tracks: Record<string, Track> = { ...state.tracks };
  for (const track of Object.values(wire)) {
    tracks[track.track_id] = liveIn(state, toTrack(track, peerId, tracks[track.track_id]));
  }
  return { ...state, tracks };
}

/** Media may have arrived before the announcement. */
const liveIn = (state: StoaState, track: Track): Track =>
  state.receiving.includes(track.id) && !track.live ? { ...track, live: true } : track;

export function withoutTracks(state: StoaState, trackIds: readonly string[]): StoaState {
  if (!trackIds.some((id) => state.tracks[id] !== undefined)) return state;
  const tracks = Object.fromEntries(Object.entries(state.tracks).filter(([id]) => !trackIds.includes(id)));
  return { ...state, tracks, speakers: state.speakers.filter((s) => !trackIds.includes(s.trackId)) };
}

export const withoutTracksOf = (state: StoaState, peerId: string): StoaState =>
  withoutTracks(
    state,
    Object.values(state.tracks)
      .filter((track) => track.peerId === peerId)
      .map((track) => track.id),
  );

/** The tracks of the authoritative peer list, plus the local ones. */
export function tracksFromList(state: StoaState, list: Readonly<Record<string, WirePeer>>): Tracks {
  const tracks: Record<string, Track> = {};
  for (const track of Object.values(state.tracks)) {
    if (track.peerId === state.local.peerId) tracks[track.id] = track;
  }
  for (const peer of Object.values(list)) {
    if (peer.peer_id === state.local.peerId) continue;
    for (const wire of Object.values(peer.tracks)) {
      tracks[wire.track_id] = liveIn(state, toTrack(wire, peer.peer_id, state.tracks[wire.track_id]));
    }
  }
  return tracks;
}

/** Media of a track came or went; remembered also for tracks that are not announced yet. */
export function withLive(state: StoaState, trackId: string, live: boolean): StoaState {
  const others = state.receiving.filter((id) => id !== trackId);
  const track = state.tracks[trackId];
  return {
    ...state,
    receiving: live ? [...others, trackId] : others,
    tracks: track === undefined ? state.tracks : { ...state.tracks, [trackId]: { ...track, live } },
  };
}

interface LayerChange {
  readonly track_id: string;
  readonly current_layer: Layer;
  readonly subscriber_degraded?: boolean;
  readonly publisher_degraded?: boolean;
}

/** The server changed layers by itself: `none` because of bandwidth means degraded, all else restored. */
export function withLayers(state: StoaState, changes: Readonly<Record<string, LayerChange>>): StoaState {
  const tracks: Record<string, Track> = { ...state.tracks };
  for (const change of Object.values(changes)) {
    const track = tracks[change.track_id];
    if (track === undefined) continue;
    const blamed = change.subscriber_degraded === true || change.publisher_degraded === true;
    tracks[track.id] = {
      ...track,
      layer: change.current_layer,
      degraded: change.current_layer === 'none' && blamed,
    };
  }
  return { ...state, tracks };
}

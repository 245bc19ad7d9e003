import type { Notifications, Policy, WireRoomState } from '@stoa/protocol';
import type { LocalSource, Peer, Room, StoaState } from './state.js';

const RUNNING = ['initialised', 'started', 'resumed'];
const runs = (state: string | undefined) => state !== undefined && RUNNING.includes(state);

export const withRoom = (state: StoaState, patch: Partial<Room>): StoaState => ({
  ...state,
  room: { ...state.room, ...patch },
});

/** The room as `peer-list` and `room-state` tell it. */
export function withRoomState(state: StoaState, wire: WireRoomState): StoaState {
  const { recording, streaming } = wire;
  return withRoom(state, {
    name: wire.name,
    sessionId: wire.session_id,
    startedAt: wire.started_at,
    outputs: {
      sfu: runs(recording?.sfu?.state),
      Browser: runs(recording?.browser?.state),
      HLS: runs(recording?.hls?.state),
      rtmp: runs(streaming?.rtmp?.state),
      hls: streaming?.hls?.enabled === true,
    },
  });
}

export const withOutput = (state: StoaState, name: string, outputState: string | undefined): StoaState =>
  withRoom(state, { outputs: { ...state.room.outputs, [name]: runs(outputState) } });

export function withHls(state: StoaState, update: Notifications['on-hls-update']): StoaState {
  const running = update.variants.some((variant) => runs(variant.state));
  return withRoom(state, { outputs: { ...state.room.outputs, hls: running } });
}

const permit = (source: LocalSource, allowed: boolean): LocalSource =>
  source.allowed === allowed ? source : { ...source, allowed };

/** Roles, and the own role with what it may publish. */
export function withPolicy(state: StoaState, policy: Policy): StoaState {
  const { local } = state;
  const allowed = policy.known_roles[policy.name]?.publishParams.allowed ?? [];
  const self = local.peerId === undefined ? undefined : state.peers[local.peerId];
  const peers: StoaState['peers'] =
    self === undefined || self.role === policy.name
      ? state.peers
      : { ...state.peers, [self.id]: { ...self, role: policy.name } satisfies Peer };
  return {
    ...state,
    peers,
    roles: policy.known_roles,
    local: {
      ...local,
      microphone: permit(local.microphone, allowed.includes('audio')),
      camera: permit(local.camera, allowed.includes('video')),
      screen: permit(local.screen, allowed.includes('screen')),
    },
  };
}

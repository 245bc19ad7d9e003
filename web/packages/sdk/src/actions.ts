import type { RequestMethod, Requests, Results } from '@stoa/protocol';
import type { MuteFilter, SendOptions, Stoa } from './api.js';
import { failed, ok, type RequestFailure, type Result, requestFailure } from './failures.js';
import type { Session } from './session/session.js';
import { LOST } from './signal/outcome.js';
import type { Event } from './state/events.js';
import { HAND_RAISE, selectLocalPeer } from './state/selectors.js';
import type { Audience, Message } from './state/state.js';
import type { WritableStore } from './state/store.js';

type Actions = Pick<
  Stoa,
  | 'sendMessage'
  | 'sendEvent'
  | 'changeName'
  | 'changeMetadata'
  | 'raiseHand'
  | 'lowerHandOf'
  | 'changeRole'
  | 'changeRoleOfRoles'
  | 'acceptRoleRequest'
  | 'declineRoleRequest'
  | 'removePeer'
  | 'requestMute'
  | 'requestMuteOfAll'
>;

type Done = Promise<Result<void, RequestFailure>>;

const audienceOf = ({ roles, peerId }: SendOptions): Audience => {
  if (peerId !== undefined) return { kind: 'peer', peerId };
  return roles === undefined ? { kind: 'everyone' } : { kind: 'roles', roles };
};

/** One request of a joined peer. */
export async function request<M extends RequestMethod>(
  session: Session | undefined,
  method: M,
  params: Requests[M],
): Promise<Result<Results[M], RequestFailure>> {
  if (session?.joined !== true) return failed(requestFailure(LOST, 'not in a room'));
  const outcome = await session.request(method, params);
  return outcome.ok ? ok(outcome.value) : failed(requestFailure(outcome.code, outcome.message));
}

/** What a peer can do to itself and to others, besides media. The server checks the rights. */
export function createActions(store: WritableStore<Event>, session: () => Session | undefined): Actions {
  const ask = <M extends RequestMethod>(method: M, params: Requests[M]) => request(session(), method, params);
  const tell = async <M extends RequestMethod>(method: M, params: Requests[M]): Done => {
    const result = await ask(method, params);
    return result.ok ? ok(undefined) : result;
  };

  const broadcast = (type: string, text: string, { roles, peerId }: SendOptions) =>
    ask('broadcast', {
      info: { message: text, type },
      ...(roles === undefined ? {} : { roles }),
      ...(peerId === undefined ? {} : { peer_id: peerId }),
    });

  const change = async (what: { name?: string; metadata?: string }): Done => {
    const { name, metadata } = what;
    const result = await tell('peer-update', {
      ...(name === undefined ? {} : { name }),
      ...(metadata === undefined ? {} : { data: metadata }),
    });
    if (result.ok) store.dispatch({ type: 'local-peer', ...what });
    return result;
  };

  return {
    async sendMessage(text, options = {}) {
      const self = store.select(selectLocalPeer);
      const result = await broadcast('chat', text, options);
      if (!result.ok) return result;
      const message: Message = {
        id: result.value.message_id,
        time: result.value.timestamp,
        text,
        senderId: self?.id,
        senderName: self?.name ?? '',
        isLocal: true,
        audience: audienceOf(options),
      };
      store.dispatch({ type: 'message', message });
      return ok(message);
    },
    async sendEvent(name, data, options = {}) {
      const result = await broadcast(name, data, options);
      return result.ok ? ok(undefined) : result;
    },
    changeName: (name) => change({ name }),
    changeMetadata: (metadata) => change({ metadata }),
    raiseHand: (up) => tell(up ? 'group-join' : 'group-leave', { name: HAND_RAISE }),
    lowerHandOf: (peerId) => tell('group-remove', { name: HAND_RAISE, peer_id: peerId }),
    changeRole: (peerId, role, force) => tell('role-change-request', { requested_for: peerId, role, force }),
    changeRoleOfRoles: (roles, role) => tell('role-change-request', { roles, role, force: true }),
    async acceptRoleRequest() {
      const { roleRequest, peers } = store.get();
      if (roleRequest === undefined) return failed({ code: 'not-found', message: 'no role was offered' });
      const { by, role, token } = roleRequest;
      const there = by !== undefined && peers[by] !== undefined;
      const result = await tell('role-change', { role, token, ...(there ? { requested_by: by } : {}) });
      store.dispatch({ type: 'role-request-done' });
      return result;
    },
    declineRoleRequest() {
      const by = store.get().roleRequest?.by;
      store.dispatch({ type: 'role-request-done' });
      // There is no message of its own for this; the requester is told by an event of the application.
      if (by !== undefined) void broadcast('role_change_declined', '{}', { peerId: by });
    },
    removePeer: (peerId, reason = '') => tell('peer-leave-request', { requested_for: peerId, reason }),
    async requestMute(trackId, muted) {
      const track = store.get().tracks[trackId];
      if (track === undefined) return failed({ code: 'not-found', message: 'no such track' });
      return tell('track-update-request', {
        requested_for: track.peerId,
        track_id: trackId,
        stream_id: track.streamId,
        mute: muted,
      });
    },
    requestMuteOfAll: (muted, { kind, source, roles }: MuteFilter = {}) =>
      tell('change-track-mute-state-request', {
        value: muted,
        ...(kind === undefined ? {} : { type: kind }),
        ...(source === undefined ? {} : { source }),
        ...(roles === undefined ? {} : { roles }),
      }),
  };
}

import type { Notification, WirePeer, WireTrack } from '@stoa/protocol';
import { describe, expect, it } from 'vitest';
import type { Event } from '../src/state/events.js';
import { MESSAGE_LIMIT } from '../src/state/messages.js';
import { reduce } from '../src/state/reduce.js';
import {
  selectCameraOf,
  selectCan,
  selectHandRaised,
  selectIsSpeaking,
  selectLocalRole,
  selectPeers,
  selectScreens,
} from '../src/state/selectors.js';
import { initialState, type Message, type StoaState } from '../src/state/state.js';
import { POLICY, ROLE, ROOM } from './fakes/world.js';

const track = (id: string, more: Partial<WireTrack> = {}): WireTrack => ({
  track_id: id,
  stream_id: `s-${id}`,
  type: 'video',
  source: 'regular',
  mute: false,
  ...more,
});

const peer = (id: string, more: Partial<WirePeer> = {}): WirePeer => ({
  peer_id: id,
  role: 'guest',
  groups: [],
  realtime: true,
  joined_at: 5,
  info: { name: `name of ${id}`, data: '', user_id: `u-${id}`, type: 'regular' },
  tracks: {},
  ...more,
});

const told = (method: Notification['method'], params: unknown): Event => ({
  type: 'notification',
  notification: { method, params } as Notification,
});

const run = (...events: Event[]): StoaState => events.reduce(reduce, initialState);
const seat: Event = { type: 'seat-taken', peerId: 'me', userId: 'u-me', roomId: 'room-1' };
const connected: Event = { type: 'connection', connection: { status: 'connected' } };
const policy = told('on-policy-change', POLICY);
const list = (...peers: WirePeer[]) =>
  told('peer-list', { room: ROOM, peers: Object.fromEntries(peers.map((p) => [p.peer_id, p])) });

describe('peers', () => {
  it('come with the list, leave with a list they are not in (signal.md 3.4.4)', () => {
    const both = run(seat, policy, list(peer('a'), peer('b')));
    expect(Object.keys(both.peers)).toEqual(['me', 'a', 'b']);
    expect(both.room).toMatchObject({ name: 'standup', sessionId: 's-1' });
    expect(Object.keys(reduce(both, list(peer('b'))).peers)).toEqual(['me', 'b']);
  });

  it('never lose the local one or its tracks to a list that names it without them', () => {
    const state = run(seat, policy, {
      type: 'local-track',
      track: {
        id: 'mine',
        streamId: 's',
        peerId: 'me',
        kind: 'video',
        source: 'regular',
        muted: false,
        live: true,
        degraded: false,
        layer: undefined,
      },
    });
    const after = reduce(state, list(peer('me'), peer('a')));
    expect(after.tracks.mine).toBe(state.tracks.mine);
    expect(after.peers.me?.isLocal).toBe(true);
  });

  it('are dropped with realtime false, but not the local one', () => {
    const state = run(seat, policy, list(peer('a')));
    expect(reduce(state, told('on-peer-update', peer('a', { realtime: false }))).peers.a).toBeUndefined();
    expect(reduce(state, told('on-peer-update', peer('me', { realtime: false }))).peers.me).toBeDefined();
  });

  it('take their tracks and their voice with them', () => {
    const state = run(
      seat,
      list(peer('a', { tracks: { t: track('t') } })),
      told('active-speakers', { 'speaker-list': [{ peer_id: 'a', track_id: 't', level: 9 }] }),
    );
    expect(selectIsSpeaking('a')(state)).toBe(true);
    const after = reduce(state, told('on-peer-leave', { peer_id: 'a' }));
    expect(after.tracks).toEqual({});
    expect(after.speakers).toEqual([]);
  });

  it('raise their hand by group, the local one too', () => {
    const state = run(seat, policy, told('on-peer-update', peer('me', { groups: ['_handraise'] })));
    expect(selectHandRaised('me')(state)).toBe(true);
  });

  it('keep their name when an update has an empty one', () => {
    const nameless = peer('a', { info: { name: '', data: 'x', user_id: '' } });
    const state = run(seat, list(peer('a')), told('on-peer-update', nameless));
    expect(state.peers.a).toMatchObject({ name: 'name of a', metadata: 'x' });
  });

  it('are listed with the local one first, then by time of joining', () => {
    const state = run(seat, list(peer('late', { joined_at: 9 }), peer('early', { joined_at: 1 })));
    expect(selectPeers(state).map((p) => p.id)).toEqual(['me', 'early', 'late']);
  });
});

describe('tracks', () => {
  it('may be announced before their peer and updated before they are announced (3.5.7)', () => {
    const state = run(
      seat,
      told('on-track-update', { tracks: { t: track('t', { mute: true }) }, peer: { peer_id: 'a' } }),
    );
    expect(state.tracks.t).toMatchObject({ peerId: 'a', muted: true });
    const joined = reduce(state, told('on-peer-join', peer('a')));
    expect(selectCameraOf('a')(joined)?.id).toBe('t');
  });

  it('are live whether media or announcement comes first', () => {
    const live: Event = { type: 'track-live', trackId: 't', live: true };
    const announced = told('on-track-add', { tracks: { t: track('t') }, peer: { peer_id: 'a' } });
    expect(run(seat, live, announced).tracks.t?.live).toBe(true);
    expect(run(seat, announced, live).tracks.t?.live).toBe(true);
    const gone: Event = { type: 'track-live', trackId: 't', live: false };
    expect(run(seat, live, announced, gone).tracks.t?.live).toBe(false);
  });

  it('of the local peer are not touched by what the server says of them', () => {
    const state = run(seat);
    expect(reduce(state, told('on-track-add', { tracks: { t: track('t') }, peer: { peer_id: 'me' } }))).toBe(
      state,
    );
  });

  it('that are missing in a list after a reconnect are gone, the others keep what is known', () => {
    const both = run(
      seat,
      list(peer('a', { tracks: { t: track('t'), gone: track('gone', { source: 'screen' }) } })),
      { type: 'track-live', trackId: 't', live: true },
    );
    expect(selectScreens(both).map((t) => t.id)).toEqual(['gone']);
    const after = reduce(both, list(peer('a', { tracks: { t: track('t', { mute: true }) } })));
    expect(Object.values(after.tracks)).toEqual([
      expect.objectContaining({ id: 't', muted: true, live: true }),
    ]);
  });

  it('are degraded when the server stops them for bandwidth, and restored by anything else (3.5.8)', () => {
    const layers = (current_layer: string, subscriber_degraded: boolean) =>
      told('on-track-layer-update', {
        tracks: { t: { track_id: 't', current_layer, subscriber_degraded, publisher_degraded: false } },
      });
    const state = run(seat, list(peer('a', { tracks: { t: track('t') } })), layers('none', true));
    expect(state.tracks.t).toMatchObject({ degraded: true, layer: 'none' });
    expect(reduce(state, layers('low', true)).tracks.t).toMatchObject({ degraded: false, layer: 'low' });
  });
});

describe('roles', () => {
  it('decide what may be published', () => {
    const state = run(seat, policy);
    expect(state.local.camera.allowed).toBe(true);
    expect(selectLocalRole(state)?.name).toBe('guest');
    const listener = { ...ROLE, name: 'listener', publishParams: { allowed: [] } };
    const demoted = reduce(
      state,
      told('on-policy-change', { name: 'listener', known_roles: { guest: ROLE, listener } }),
    );
    expect(demoted.local.camera.allowed).toBe(false);
    expect(demoted.peers.me?.role).toBe('listener');
  });

  it('of the local peer follow the policy, not the peer update that may overtake it (pitfall 5)', () => {
    const state = run(seat, policy, told('on-peer-update', peer('me', { role: 'host' })));
    expect(state.peers.me?.role).toBe('guest');
  });

  it('give rights only by a plain true', () => {
    const host = { ...ROLE, name: 'host', permissions: { endRoom: true, mute: 'yes' } };
    const state = run(seat, told('on-policy-change', { name: 'host', known_roles: { host } }));
    expect(selectCan('endRoom')(state)).toBe(true);
    expect(selectCan('mute')(state)).toBe(false);
    expect(selectCan('changeRole')(state)).toBe(false);
  });
});

describe('messages', () => {
  const chat = (id: string, more: object = {}) =>
    told('on-broadcast', {
      message_id: id,
      timestamp: 7,
      private: false,
      info: { message: `text ${id}`, type: 'chat' },
      peer: { peer_id: 'a', role: 'guest', info: { name: 'Asha' } },
      ...more,
    });

  it('keep their order, their sender and their audience', () => {
    const { messages } = run(seat, chat('1'), chat('2', { private: true }), chat('3', { roles: ['guest'] }));
    expect(messages.map((m) => [m.text, m.senderName, m.audience.kind])).toEqual([
      ['text 1', 'Asha', 'everyone'],
      ['text 2', 'Asha', 'peer'],
      ['text 3', 'Asha', 'roles'],
    ]);
  });

  it('appear once, even when the sender had to send twice', () => {
    expect(run(seat, chat('1'), chat('1')).messages).toHaveLength(1);
  });

  it('of other types are not chat', () => {
    expect(run(seat, chat('1', { info: { message: 'x', type: 'EMOJI_REACTION' } })).messages).toEqual([]);
  });

  it('may come from the server itself', () => {
    expect(run(seat, chat('1', { peer: undefined })).messages[0]?.senderId).toBeUndefined();
  });

  it('are forgotten beyond the limit, oldest first', () => {
    const message = (n: number): Message => ({
      id: `m${n}`,
      time: n,
      text: '',
      senderId: undefined,
      senderName: '',
      isLocal: true,
      audience: { kind: 'everyone' },
    });
    let state = initialState;
    for (let n = 0; n <= MESSAGE_LIMIT; n++) state = reduce(state, { type: 'message', message: message(n) });
    expect(state.messages).toHaveLength(MESSAGE_LIMIT);
    expect(state.messages[0]?.id).toBe('m1');
  });
});

describe('connection', () => {
  const trouble = (what: 'signal' | 'publish' | 'subscribe', on: boolean): Event => ({
    type: 'trouble',
    what,
    on,
  });

  it('is reconnecting until the last trouble is over', () => {
    const state = run(seat, connected, trouble('signal', true), trouble('publish', true));
    expect(state.connection).toEqual({ status: 'reconnecting', troubles: ['signal', 'publish'] });
    const half = reduce(state, trouble('signal', false));
    expect(half.connection).toEqual({ status: 'reconnecting', troubles: ['publish'] });
    expect(reduce(half, trouble('publish', false)).connection).toEqual({ status: 'connected' });
  });

  it('has no troubles outside the room', () => {
    expect(run(seat, trouble('signal', true)).connection.status).toBe('connecting');
  });

  it('left forgets the room, keeps the devices', () => {
    const device = { id: 'd', label: 'Desk' };
    const state = run(
      seat,
      policy,
      list(peer('a')),
      { type: 'devices', devices: { microphones: [device], cameras: [], speakers: [] } },
      { type: 'local-source', name: 'microphone', patch: { deviceId: 'd', on: true } },
      { type: 'left', reason: { kind: 'user' } },
    );
    expect(state.connection).toEqual({ status: 'left', reason: { kind: 'user' } });
    expect(state.peers).toEqual({});
    expect(state.devices.microphones).toEqual([device]);
    expect(state.local.microphone).toMatchObject({ deviceId: 'd', on: false, allowed: false });
  });
});

describe('speakers', () => {
  const speaking = (...ids: string[]) =>
    told('active-speakers', {
      'speaker-list': ids.map((id) => ({ peer_id: id, track_id: `t-${id}`, level: 50 })),
    });

  it('skip those unknown, keep the order, end with an empty list', () => {
    const state = run(seat, list(peer('a')), speaking('ghost', 'a', 'me'));
    expect(state.speakers.map((speaker) => speaker.peerId)).toEqual(['a', 'me']);
    expect(reduce(state, speaking()).speakers).toEqual([]);
  });

  it('of silence change nothing', () => {
    const state = run(seat);
    expect(reduce(state, speaking())).toBe(state);
  });
});

describe('outputs', () => {
  it('run from their start to their end', () => {
    const started = run(seat, told('on-record-update', { type: 'Browser', state: 'initialised' }));
    expect(started.room.outputs.Browser).toBe(true);
    const failed = reduce(started, told('on-record-update', { type: 'Browser', state: 'failed' }));
    expect(failed.room.outputs.Browser).toBe(false);
  });
});

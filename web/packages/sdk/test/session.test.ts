import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stoa, StoaEvent } from '../src/api.js';
import { readSections } from '../src/media/sdp.js';
import { assemble } from '../src/stoa.js';
import { settle } from './fakes/clock.js';
import { FakeMediaStream } from './fakes/media.js';
import { admit, friendly, POLICY, ROLE, ROOM, TOKEN, World } from './fakes/world.js';

let world: World;
let stoa: Stoa;
let events: StoaEvent[];

const status = () => stoa.store.get().connection.status;
const methods = () => world.socket.sent.map((message) => message.method).filter((m) => m !== 'ping');
const tracksOf = (offer: { params: Record<string, unknown> } | undefined) =>
  Object.values((offer?.params.tracks ?? {}) as Record<string, { type: string; source: string }>);

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeMediaStream);
  world = new World();
  stoa = assemble(world, { endpoint: 'https://meet.test/ignored' });
  events = [];
  stoa.on((event) => events.push(event));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Joins without devices, at a friendly server. */
async function join(devices = false): Promise<void> {
  const joined = stoa.join({ token: TOKEN, name: 'Asha', microphone: devices, camera: devices });
  await admit(world);
  expect(await joined).toEqual({ ok: true, value: undefined });
  await settle();
}

describe('joining (signal.md 1.1)', () => {
  it('says nothing but pings before the roles have arrived', async () => {
    const joined = stoa.join({ token: TOKEN, name: 'Asha', microphone: false, camera: false });
    await settle();
    world.socket.open();
    await settle();
    expect(methods()).toEqual([]);
    expect(status()).toBe('connecting');
    world.socket.tell('on-policy-change', POLICY);
    await settle();
    expect(methods()).toEqual(['join']);
    expect(status()).toBe('joining');
    world.socket.answer(world.socket.last('join'), { type: 'answer', sdp: 'v=0', sfu_node_id: 'n-1' });
    expect((await joined).ok).toBe(true);
    expect(status()).toBe('connected');
  });

  it('sends the flags of init and an offer of the data channel alone', async () => {
    await join();
    const params = world.socket.last('join')?.params as { offer: { sdp: string } };
    expect(params).toMatchObject({
      name: 'Asha',
      data: '',
      disableVidAutoSub: true,
      server_sub_degrade: true,
      simulcast: true,
      onDemandTracks: false,
    });
    expect(readSections(params.offer.sdp).map((section) => section.kind)).toEqual(['application']);
    expect(world.publishPc.config).toEqual({ iceServers: [{ urls: ['stun:meet.test'] }] });
  });

  it('holds its candidates back until the answer, for both connections', async () => {
    const joined = stoa.join({ token: TOKEN, name: 'Asha', microphone: false, camera: false });
    await settle();
    world.socket.open();
    world.socket.tell('on-policy-change', POLICY);
    await settle();
    world.publishPc.find('early-0');
    world.subscribePc.find('early-1');
    expect(world.socket.requests('trickle')).toEqual([]);
    world.socket.answer(world.socket.last('join'), { type: 'answer', sdp: 'v=0', sfu_node_id: 'n-1' });
    await joined;
    world.publishPc.find('late-0');
    expect(world.socket.requests('trickle').map((t) => [t.params.target, t.params.sfu_node_id])).toEqual([
      [0, 'n-1'],
      [1, 'n-1'],
      [0, 'n-1'],
    ]);
  });

  it('goes on from the preview with its socket and peer id', async () => {
    const preview = stoa.preview({ token: TOKEN, microphone: false, camera: false });
    await admit(world);
    expect((await preview).ok).toBe(true);
    expect(status()).toBe('preview');
    const { peerId } = stoa.store.get().local;
    expect((await stoa.join({ name: 'Asha' })).ok).toBe(true);
    expect(world.sockets.all).toHaveLength(1);
    expect(stoa.store.get().local.peerId).toBe(peerId);
    expect(stoa.store.get().peers[peerId ?? '']?.name).toBe('Asha');
  });

  it('is refused a second time', async () => {
    await join();
    expect(await stoa.join({ token: TOKEN, name: 'x' })).toMatchObject({
      failure: { code: 'already-joined' },
    });
    expect(status()).toBe('connected');
  });

  it.each([
    [403, 'refused'],
    [410, 'room-inactive'],
    [401, 'token-invalid'],
  ])('fails for good on error %i', async (code, failure) => {
    const joined = stoa.join({ token: TOKEN, name: 'Asha', microphone: false, camera: false });
    await settle();
    world.socket.reply = () => ({ error: { code, message: 'no' } });
    world.socket.open();
    world.socket.tell('on-policy-change', POLICY);
    expect(await joined).toMatchObject({ ok: false, failure: { code: failure } });
    expect(world.socket.last('leave')?.params).toEqual({ client_reason: 'sdk request' });
    expect(status()).toBe('idle');
  });

  it('is tried again after a temporary error', async () => {
    const joined = stoa.join({ token: TOKEN, name: 'Asha', microphone: false, camera: false });
    await settle();
    world.socket.reply = () => ({ error: { code: 503, message: 'busy' } });
    world.socket.open();
    world.socket.tell('on-policy-change', POLICY);
    await settle();
    expect(world.socket.requests('join')).toHaveLength(1);
    world.socket.reply = friendly;
    await world.clock.advance(4_000);
    expect(world.socket.requests('join')).toHaveLength(2);
    expect((await joined).ok).toBe(true);
  });

  it('goes through a socket lost during the join', async () => {
    const joined = stoa.join({ token: TOKEN, name: 'Asha', microphone: false, camera: false });
    await settle();
    world.socket.open();
    world.socket.tell('on-policy-change', POLICY);
    await settle();
    world.socket.drop();
    await world.clock.advance(1_000);
    await admit(world);
    expect((await joined).ok).toBe(true);
    expect(world.sockets.all).toHaveLength(2);
  });

  it('gives up an unreachable server after 15 s', async () => {
    world.http = () => undefined;
    const joined = stoa.join({ token: TOKEN, name: 'Asha' });
    await world.clock.advance(17_000);
    expect(await joined).toMatchObject({ ok: false, failure: { code: 'unreachable' } });
    expect(status()).toBe('idle');
    expect(world.clock.pending).toBe(0);
  });

  it('fails when the browser cannot use the server’s configuration', async () => {
    world.createPeerConnection = () => {
      throw new TypeError('bad ice server');
    };
    const joined = stoa.join({ token: TOKEN, name: 'Asha', microphone: false, camera: false });
    await admit(world);
    expect(await joined).toMatchObject({ ok: false, failure: { code: 'negotiation-failed' } });
    expect(status()).toBe('idle');
  });

  it('is cancelled by leave', async () => {
    const joined = stoa.join({ token: TOKEN, name: 'Asha' });
    await settle();
    await stoa.leave();
    expect(await joined).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(status()).toBe('left');
  });

  it('needs something that looks like a token', async () => {
    expect(await stoa.join({ token: 'nonsense', name: 'Asha' })).toMatchObject({
      failure: { code: 'token-invalid' },
    });
    expect(await stoa.join({ name: 'Asha' })).toMatchObject({ failure: { code: 'token-invalid' } });
    expect(world.calls).toEqual([]);
  });
});

describe('subscribing', () => {
  const video = {
    type: 'offer',
    sdp: 'v=0\r\nm=video 9 X 96\r\na=mid:1\r\na=sendonly\r\na=msid:s-b t-v\r\n',
  };

  it('answers the server’s offer and shows its media as live', async () => {
    await join();
    world.socket.tell('peer-list', { peers: {}, room: ROOM });
    world.socket.tell('on-track-add', {
      peer: { peer_id: 'p-2' },
      tracks: {
        't-v': { track_id: 't-v', stream_id: 's-b', type: 'video', source: 'regular', mute: false },
      },
    });
    world.socket.tell('offer', video);
    await settle();
    expect(world.socket.last('answer')?.params).toEqual({
      desc: { type: 'answer', sdp: 'v=0\r\nanswer' },
      sfu_node_id: 'n-1',
    });
    expect(stoa.store.get().tracks['t-v']?.live).toBe(true);
  });

  it('ignores an offer of another node (signal.md 4.5)', async () => {
    await join();
    world.socket.tell('offer', { ...video, sfu_node_id: 'n-0' });
    await settle();
    expect(world.socket.requests('answer')).toEqual([]);
  });

  it('leaves when an offer cannot be applied', async () => {
    await join();
    world.socket.tell('offer', { type: 'offer', sdp: 'broken' });
    await settle();
    expect(stoa.store.get().connection).toMatchObject({
      status: 'left',
      reason: { kind: 'failed', failure: { code: 'negotiation-failed' } },
    });
    expect(world.socket.last('leave')?.params).toEqual({ client_reason: 'sdk request' });
  });

  it('takes offers from the socket only', async () => {
    await join();
    const channel = { label: 'ion-sfu', readyState: 'open', send: () => {} } as Record<string, unknown>;
    world.subscribePc.ondatachannel?.({ channel });
    const onmessage = channel.onmessage as (event: { data: string }) => void;
    onmessage({ data: JSON.stringify({ method: 'offer', params: video }) });
    onmessage({
      data: JSON.stringify({ method: 'session-info', params: { session_id: 's', peer_count: 9 } }),
    });
    await settle();
    expect(world.socket.requests('answer')).toEqual([]);
    expect(stoa.store.get().room.peerCount).toBe(9);
    expect(stoa.counters().droppedMessages).toBe(1);
  });
});

describe('reconnecting (signal.md 4.12)', () => {
  it('comes back as the same peer, without a second join, with offer and track-update', async () => {
    await join(true);
    const first = world.socket;
    const peer = new URL(first.url).searchParams.get('peer');
    world.publishPc.become('connected');
    first.drop();
    expect(stoa.store.get().connection).toEqual({ status: 'reconnecting', troubles: ['signal'] });
    await world.clock.advance(1_000);
    await admit(world);
    expect(world.socket).not.toBe(first);
    expect(new URL(world.socket.url).searchParams.get('peer')).toBe(peer);
    expect(new URL(world.socket.url).searchParams.get('token')).toBe(TOKEN);
    expect(methods()).toEqual(['offer', 'track-update']);
    expect(tracksOf(world.socket.last('track-update'))).toHaveLength(2);
    expect(world.publishPc.offers.at(-1)?.iceRestart).toBe(false);
    expect(status()).toBe('connected');
    expect(stoa.counters().reconnects).toBe(1);
  });

  it('goes on trying while the server is away', async () => {
    await join();
    world.socket.drop();
    world.http = () => undefined;
    await world.clock.advance(30_000);
    expect(status()).toBe('reconnecting');
    await world.clock.advance(31_000);
    expect(stoa.store.get().connection).toMatchObject({
      status: 'left',
      reason: { kind: 'failed', failure: { code: 'signal-lost' } },
    });
    expect(world.clock.pending).toBe(0);
  });

  it('leaves at once when init refuses', async () => {
    await join();
    world.socket.drop();
    world.http = () => ({ status: 403, body: { code: 403, message: 'room is disabled' } });
    await world.clock.advance(1_000);
    expect(stoa.store.get().connection).toMatchObject({
      reason: { failure: { code: 'ended-by-server', status: 403 } },
    });
  });

  it('goes through a socket that is lost again while the offer is under way', async () => {
    await join(true);
    world.socket.drop();
    await world.clock.advance(1_000);
    world.socket.open();
    await settle();
    expect(methods()).toEqual(['offer']);
    world.socket.drop();
    await world.clock.advance(1_000);
    await admit(world);
    await world.clock.advance(10);
    expect(status()).toBe('connected');
  });

  it('restarts ICE of a failed publish connection', async () => {
    await join();
    world.publishPc.become('connected');
    world.publishPc.become('failed');
    await world.clock.advance(10);
    expect(world.publishPc.offers.at(-1)?.iceRestart).toBe(true);
    expect(stoa.store.get().connection).toEqual({ status: 'reconnecting', troubles: ['publish'] });
    world.publishPc.become('connected');
    expect(status()).toBe('connected');
  });

  it('waits for the server to repair the subscribe connection, 60 s at most', async () => {
    await join();
    world.subscribePc.become('failed');
    for (let second = 0; second < 61 && status() === 'reconnecting'; second++) {
      world.socket.tell('node-info', { sfu_node_id: 'n-1' });
      await world.clock.advance(1_000);
    }
    expect(stoa.store.get().connection).toMatchObject({ reason: { failure: { code: 'media-lost' } } });
  });
});

describe('migration (signal.md 4.11)', () => {
  it('makes new connections and publishes everything again under new ids', async () => {
    await join(true);
    const before = tracksOf(world.socket.last('offer')) as unknown as { track_id: string }[];
    const old = [world.publishPc, world.subscribePc];
    world.socket.tell('node-info', { sfu_node_id: 'n-2' });
    await settle();
    await settle();
    expect(old.every((pc) => pc.closed)).toBe(true);
    const offers = world.socket.requests('offer').filter((offer) => offer.params.sfu_node_id === 'n-2');
    expect(offers.map((offer) => tracksOf(offer).length)).toEqual([0, 1, 2]);
    const ids = Object.keys(offers[2]?.params.tracks as object);
    expect(ids.filter((id) => before.some((track) => track.track_id === id))).toEqual([]);
    expect(Object.keys(stoa.store.get().tracks).sort()).toEqual(ids.sort());
    expect(status()).toBe('connected');
  });

  it('takes the first id only as the present one', async () => {
    await join();
    world.socket.tell('node-info', { sfu_node_id: 'n-1' });
    await settle();
    expect(world.connections).toHaveLength(2);
  });
});

describe('the end', () => {
  it('by leave is told to the server', async () => {
    await join(true);
    await stoa.leave();
    expect(world.socket.last('leave')?.params).toEqual({ client_reason: 'user request' });
    expect(world.socket.closedWith).toEqual([1000, 'Normal Close']);
    expect(world.connections.every((pc) => pc.closed)).toBe(true);
    expect(world.devices.live).toEqual([]);
    expect(stoa.store.get().connection).toEqual({ status: 'left', reason: { kind: 'user' } });
    expect(world.clock.pending).toBe(0);
  });

  it('by leave from the preview is only the close (signal.md 1.7)', async () => {
    const preview = stoa.preview({ token: TOKEN });
    await admit(world);
    await preview;
    await stoa.leave();
    expect(methods()).toEqual([]);
    expect(world.socket.closedWith?.[0]).toBe(1000);
    expect(world.devices.live).toEqual([]);
  });

  it.each([
    [{ requested_by: 'p-2', reason: 'bye', room_end: false }, 'removed'],
    [{ requested_by: 'p-2', reason: 'over', room_end: true }, 'room-ended'],
    [{ reason: 'over', room_end: false }, 'room-ended'],
  ])('by a moderator %j needs no leave: %s (3.5.6)', async (request, kind) => {
    await join();
    world.socket.tell('on-peer-leave-request', request);
    expect(stoa.store.get().connection).toMatchObject({ status: 'left', reason: { kind } });
    expect(world.socket.requests('leave')).toEqual([]);
    expect(world.socket.closedWith?.[0]).toBe(1000);
  });

  it('by the server’s error is terminal (3.4.6)', async () => {
    await join();
    world.socket.tell('on-error', { code: 410, message: 'session ended' });
    expect(stoa.store.get().connection).toEqual({
      status: 'left',
      reason: {
        kind: 'failed',
        failure: { code: 'ended-by-server', status: 410, message: 'session ended' },
      },
    });
    expect(world.socket.last('leave')?.params).toEqual({ client_reason: 'sdk request' });
  });

  it('lets the next join start afresh', async () => {
    await join();
    await stoa.leave();
    await join();
    expect(status()).toBe('connected');
    expect(Object.keys(stoa.store.get().peers)).toHaveLength(1);
  });

  it('of the room for everybody ends this peer too', async () => {
    await join();
    expect((await stoa.endRoom({ lock: true, reason: 'over' })).ok).toBe(true);
    expect(world.socket.last('end-room')?.params).toEqual({ lock: true, reason: 'over' });
    expect(methods().at(-1)).toBe('leave');
  });
});

describe('people', () => {
  it('get a message, and the sender sees it once under the server’s id and time', async () => {
    await join();
    expect(await stoa.sendMessage('hello', { roles: ['guest'] })).toMatchObject({ ok: true });
    expect(world.socket.last('broadcast')?.params).toEqual({
      info: { message: 'hello', type: 'chat' },
      roles: ['guest'],
    });
    expect(stoa.store.get().messages).toEqual([
      expect.objectContaining({ id: 'm-1', time: 42, text: 'hello', isLocal: true, senderName: 'Asha' }),
    ]);
  });

  it('cannot be reached outside a room', async () => {
    expect(await stoa.sendMessage('hello')).toMatchObject({ failure: { code: 'not-connected' } });
  });

  it('get the failure of what they may not do', async () => {
    await join();
    world.socket.reply = () => ({ error: { code: 403, message: 'not you' } });
    expect(await stoa.removePeer('p-2')).toMatchObject({
      failure: { code: 'forbidden', message: 'not you' },
    });
  });

  it('that come, go and say things of their own are events', async () => {
    await join();
    const ravi = {
      peer_id: 'p-2',
      role: 'guest',
      groups: [],
      info: { name: 'Ravi', data: '', user_id: '' },
      tracks: {},
    };
    world.socket.tell('on-peer-join', ravi);
    world.socket.tell('on-broadcast', {
      message_id: 'm',
      timestamp: 1,
      info: { message: '+1', type: 'EMOJI_REACTION' },
      peer: { peer_id: 'p-2' },
    });
    world.socket.tell('on-peer-leave', { peer_id: 'p-2' });
    expect(events).toEqual([
      { type: 'peer-joined', peerId: 'p-2', name: 'Ravi' },
      { type: 'custom', name: 'EMOJI_REACTION', data: '+1', senderId: 'p-2' },
      { type: 'peer-left', peerId: 'p-2', name: 'Ravi' },
    ]);
  });

  it('accept the role they were offered', async () => {
    await join();
    world.socket.tell('on-role-change-request', { requested_by: 'gone', role: 'host', token: 'rc-1' });
    expect(stoa.store.get().roleRequest?.role).toBe('host');
    await stoa.acceptRoleRequest();
    expect(world.socket.last('role-change')?.params).toEqual({ role: 'host', token: 'rc-1' });
    expect(stoa.store.get().roleRequest).toBeUndefined();
  });

  it('that send malformed messages are counted and do no harm', async () => {
    await join();
    world.socket.tell('on-peer-join', { peer_id: 7 });
    world.socket.push('nonsense');
    world.socket.tell('on-future', {});
    expect(stoa.counters()).toMatchObject({ droppedMessages: 2, unknownMessages: 1 });
    expect(status()).toBe('connected');
  });
});

describe('role changes (signal.md 3.4.1)', () => {
  const listener = { ...ROLE, name: 'listener', publishParams: { allowed: [] } };
  const roles = { guest: ROLE, listener };

  it('withdraw what is forbidden now and leave off what is allowed again', async () => {
    await join(true);
    expect(tracksOf(world.socket.last('offer'))).toHaveLength(2);
    world.socket.tell('on-policy-change', { name: 'listener', known_roles: roles });
    await settle();
    await settle();
    expect(tracksOf(world.socket.last('offer'))).toEqual([]);
    expect(world.devices.live).toEqual([]);
    expect(events).toContainEqual({ type: 'role-changed', role: 'listener' });
    world.socket.tell('on-policy-change', { name: 'guest', known_roles: roles });
    await settle();
    await settle();
    expect(tracksOf(world.socket.last('offer'))).toEqual([]);
    expect(world.devices.live).toEqual([]);
    expect(stoa.store.get().local.camera).toMatchObject({ on: false, allowed: true });
    await stoa.local.setCamera(true);
    expect(tracksOf(world.socket.last('offer'))).toHaveLength(1);
  });

  it('do nothing when the same policy is sent again', async () => {
    await join(true);
    const offers = world.socket.requests('offer').length;
    world.socket.tell('on-policy-change', POLICY);
    await settle();
    expect(world.socket.requests('offer')).toHaveLength(offers);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Stoa, StoaEvent } from '../src/api.js';
import { assemble } from '../src/stoa.js';
import { settle } from './fakes/clock.js';
import { FakeMediaStream } from './fakes/media.js';
import { admit, ROLE, TOKEN, World } from './fakes/world.js';

let world: World;
let stoa: Stoa;

const local = () => stoa.store.get().local;
const lastTracks = () =>
  Object.values((world.socket.last('offer')?.params.tracks ?? {}) as Record<string, { source: string }>);

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeMediaStream);
  world = new World();
  stoa = assemble(world, { endpoint: 'https://meet.test' });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function preview(choice: { microphone?: boolean; camera?: boolean } = {}, policy?: object) {
  const done = stoa.preview({ token: TOKEN, ...choice });
  await admit(world, policy);
  expect((await done).ok).toBe(true);
  await settle();
}

async function join(choice?: { microphone?: boolean; camera?: boolean }) {
  await preview(choice);
  expect((await stoa.join({ name: 'Asha' })).ok).toBe(true);
  await settle();
}

describe('preview', () => {
  it('asks for both devices with one question and the role’s size', async () => {
    await preview();
    expect(world.devices.asked).toHaveLength(1);
    expect(world.devices.asked[0]?.video).toMatchObject({
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 25 },
    });
    expect(local().camera).toMatchObject({ on: true, busy: false });
    expect(local().microphone).toMatchObject({ on: true, busy: false });
    expect(world.socket.requests('offer')).toEqual([]);
  });

  it('lists the devices once permission is there', async () => {
    await preview();
    expect(stoa.store.get().devices).toEqual({
      microphones: [{ id: 'mic-1', label: 'Desk' }],
      cameras: [{ id: 'cam-1', label: 'Front' }],
      speakers: [{ id: 'out-1', label: 'Speaker' }],
    });
  });

  it('still has the microphone when the camera fails', async () => {
    world.devices.failing = { video: 'NotFoundError' };
    await preview();
    expect(local().microphone.on).toBe(true);
    expect(local().camera).toMatchObject({ on: false, failure: { code: 'device-missing' } });
  });

  it.each([
    ['NotAllowedError', 'permission-denied'],
    ['NotReadableError', 'device-busy'],
    ['OverconstrainedError', 'device-missing'],
    ['Strange', 'capture-failed'],
  ])('%s is %s', async (name, code) => {
    world.devices.failing = { audio: name };
    await preview({ camera: false });
    expect(local().microphone.failure?.code).toBe(code);
  });

  it('does not touch devices the role may not use', async () => {
    const listener = { ...ROLE, name: 'listener', publishParams: { allowed: [] } };
    await preview({}, { name: 'listener', known_roles: { listener } });
    expect(world.devices.asked).toEqual([]);
    expect(local().microphone.failure?.code).toBe('not-allowed-by-role');
  });

  it('releases devices that were granted after the user had left', async () => {
    let grant = () => {};
    world.devices.gate = new Promise((resolve) => {
      grant = resolve;
    });
    await preview();
    await stoa.leave();
    grant();
    await settle();
    expect(world.devices.tracks).not.toEqual([]);
    expect(world.devices.live).toEqual([]);
    expect(local().camera.on).toBe(false);
  });
});

describe('publishing', () => {
  it('takes what is on from the preview into the room', async () => {
    await join({ camera: false });
    expect(world.socket.requests('offer')).toHaveLength(1);
    expect(lastTracks()).toEqual([
      {
        track_id: local().microphone.trackId,
        stream_id: expect.stringMatching(/^stream-/),
        type: 'audio',
        source: 'regular',
        mute: false,
        description: '',
      },
    ]);
  });

  it('gives camera and microphone the same stream id', async () => {
    await join();
    const streams = new Set(
      lastTracks().map((track) => (track as unknown as { stream_id: string }).stream_id),
    );
    expect(lastTracks()).toHaveLength(2);
    expect(streams.size).toBe(1);
  });

  it('mutes by track-update, without an offer, and keeps the id', async () => {
    await join();
    const offers = world.socket.requests('offer').length;
    const { trackId = '' } = local().microphone;
    await stoa.local.setMicrophone(false);
    expect(world.socket.last('track-update')?.params).toEqual({
      tracks: { [trackId]: expect.objectContaining({ mute: true }) },
    });
    expect(stoa.store.get().tracks[trackId]?.muted).toBe(true);
    await stoa.local.setMicrophone(true);
    expect(local().microphone).toMatchObject({ on: true, trackId });
    expect(world.socket.requests('offer')).toHaveLength(offers);
  });

  it('turns the camera’s light off while muted and feeds the same track from the device later', async () => {
    await join({ microphone: false });
    const { trackId = '' } = local().camera;
    const [sender] = world.publishPc.transceivers.map((t) => t.sender);
    await stoa.local.setCamera(false);
    expect(world.devices.live).toEqual([]);
    expect(sender?.track).toBeNull();
    expect(stoa.store.get().tracks[trackId]).toMatchObject({ muted: true, live: false });
    await stoa.local.setCamera(true);
    expect(local().camera.trackId).toBe(trackId);
    expect(sender?.track).toBe(world.devices.live[0]);
    expect(world.socket.requests('offer')).toHaveLength(1);
  });

  it('switches the device without an offer', async () => {
    await join({ microphone: false });
    await stoa.local.selectDevice('camera', 'cam-2');
    expect(world.devices.live.map((track) => track.device)).toEqual(['cam-2']);
    expect(world.publishPc.transceivers[0]?.sender.track).toBe(world.devices.live[0]);
    expect(world.socket.requests('offer')).toHaveLength(1);
    expect(local().camera.deviceId).toBe('cam-2');
  });

  it('takes another device when one is unplugged, and says so when there is none', async () => {
    await join({ camera: false });
    world.devices.live[0]?.end();
    await settle();
    expect(local().microphone.on).toBe(true);
    expect(world.devices.live).toHaveLength(1);
    world.devices.failing = { audio: 'NotFoundError' };
    world.devices.live[0]?.end();
    await settle();
    expect(local().microphone).toMatchObject({ on: false, failure: { code: 'device-lost' } });
  });

  it('survives a server that refuses the track', async () => {
    await join({ microphone: false, camera: false });
    world.socket.reply = () => ({ error: { code: 403, message: 'no' } });
    expect(await stoa.local.setMicrophone(true)).toMatchObject({ failure: { code: 'publish-failed' } });
    expect(local().microphone.failure?.code).toBe('publish-failed');
  });
});

describe('screen share', () => {
  it('publishes picture and sound under a stream of their own, one offer each', async () => {
    await join();
    const before = world.socket.requests('offer').length;
    expect((await stoa.local.setScreenShare(true)).ok).toBe(true);
    expect(world.socket.requests('offer')).toHaveLength(before + 2);
    expect(lastTracks().filter((track) => track.source === 'screen')).toHaveLength(2);
    expect(local().screen).toMatchObject({ on: true, busy: false });
  });

  it('ends by the browser’s own button', async () => {
    await join({ microphone: false, camera: false });
    await stoa.local.setScreenShare(true, { audio: false });
    world.devices.live[0]?.end();
    await settle();
    expect(local().screen).toMatchObject({ on: false, trackId: undefined });
    expect(lastTracks()).toEqual([]);
    expect(stoa.store.get().tracks).toEqual({});
  });

  it('tells a closed picker from a failure', async () => {
    await join({ microphone: false, camera: false });
    world.devices.failing = { screen: 'NotAllowedError' };
    expect(await stoa.local.setScreenShare(true)).toMatchObject({ failure: { code: 'permission-denied' } });
    expect(local().screen).toMatchObject({ on: false, busy: false });
  });
});

describe('moderation (signal.md 3.5.5)', () => {
  const events: StoaEvent[] = [];

  it('mutes at once and only asks to unmute', async () => {
    await join();
    stoa.on((event) => events.push(event));
    const { trackId = '' } = local().microphone;
    world.socket.tell('on-track-update-request', { requested_by: 'p-2', track_id: trackId, mute: true });
    await settle();
    expect(local().microphone.on).toBe(false);
    world.socket.tell('on-change-track-mute-state-request', { type: 'audio', value: false });
    await settle();
    expect(local().microphone.on).toBe(false);
    expect(events).toEqual([
      { type: 'muted-by', by: 'p-2', trackId },
      { type: 'unmute-requested', trackId },
    ]);
  });

  it('of everybody’s video leaves the sound alone', async () => {
    await join();
    world.socket.tell('on-change-track-mute-state-request', {
      type: 'video',
      source: 'regular',
      value: true,
    });
    await settle();
    expect(local().camera.on).toBe(false);
    expect(local().microphone.on).toBe(true);
  });
});

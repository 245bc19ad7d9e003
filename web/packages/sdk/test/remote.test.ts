// @vitest-environment jsdom
import type { Layer, Notification } from '@stoa/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MediaTable } from '../src/media/media-table.js';
import { AudioOut } from '../src/remote/audio-out.js';
import { SETTLE_MS } from '../src/remote/layer-requests.js';
import { VideoViews } from '../src/remote/video-views.js';
import type { Event } from '../src/state/events.js';
import { reduce } from '../src/state/reduce.js';
import { initialState } from '../src/state/state.js';
import { createStore, type WritableStore } from '../src/state/store.js';
import { FakeClock, settle } from './fakes/clock.js';
import { FakeMediaStream, FakeTrack } from './fakes/media.js';
import { POLICY } from './fakes/world.js';

let store: WritableStore<Event>;
let media: MediaTable;
let clock: FakeClock;
let log: string[];
/** What `play()` does. */
let play: () => Promise<void>;

const tell = (method: Notification['method'], params: unknown) =>
  store.dispatch({ type: 'notification', notification: { method, params } as Notification });

const announce = (id: string, type: 'audio' | 'video', mute = false) =>
  tell('on-track-add', {
    peer: { peer_id: 'a' },
    tracks: { [id]: { track_id: id, stream_id: 's', type, source: 'regular', mute } },
  });

const receive = (id: string, kind: 'audio' | 'video') => {
  const track = new FakeTrack(kind);
  media.set(id, track as unknown as MediaStreamTrack);
  return track;
};

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeMediaStream);
  play = () => Promise.resolve();
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(() => play());
  // jsdom elements take no stream.
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    configurable: true,
    writable: true,
    value: null,
  });
  store = createStore<Event>(initialState, reduce);
  media = new MediaTable();
  clock = new FakeClock();
  log = [];
  store.dispatch({ type: 'seat-taken', peerId: 'me', userId: '', roomId: '' });
  tell('on-policy-change', POLICY);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

describe('video elements', () => {
  let views: VideoViews;

  const element = () => document.createElement('video');
  const shown = (video: HTMLVideoElement) =>
    (video.srcObject as unknown as FakeMediaStream | null)?.getTracks()[0];

  beforeEach(() => {
    views = new VideoViews({
      clock,
      store,
      media,
      prefer: (trackId: string, layer: Layer) => log.push(`${trackId} ${layer}`),
    });
  });

  it('show the media as soon as it comes, and what takes its place', () => {
    const video = element();
    announce('v', 'video');
    views.attach('v', video);
    expect(shown(video)).toBeUndefined();
    const first = receive('v', 'video');
    expect(shown(video)).toBe(first);
    const second = receive('v', 'video');
    expect(shown(video)).toBe(second);
    media.set('v', undefined);
    expect(video.srcObject).toBeNull();
  });

  it('are muted and inline, so that they may play by themselves', () => {
    const video = element();
    views.attach('v', video);
    expect([video.muted, video.playsInline, video.autoplay]).toEqual([true, true, true]);
  });

  it('ask for a layer when attached and for none when detached', async () => {
    announce('v', 'video');
    const detach = views.attach('v', element());
    expect(log).toEqual(['v high']);
    detach();
    await clock.advance(SETTLE_MS);
    expect(log).toEqual(['v high', 'v none']);
  });

  it('ask when the track is announced after they were attached', () => {
    views.attach('v', element());
    expect(log).toEqual([]);
    announce('v', 'video');
    expect(log).toEqual(['v high']);
  });

  it('ask for none while the track is muted', async () => {
    announce('v', 'video');
    views.attach('v', element());
    announce('v', 'video', true);
    await clock.advance(SETTLE_MS);
    announce('v', 'video', false);
    expect(log).toEqual(['v high', 'v none', 'v high']);
  });

  it('never ask for a local track', () => {
    store.dispatch({
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
    views.attach('mine', element());
    expect(log).toEqual([]);
  });

  it('shared by another track keep its picture when the first is detached', () => {
    const video = element();
    const detach = views.attach('old', video);
    views.attach('new', video);
    const track = receive('new', 'video');
    detach();
    expect(shown(video)).toBe(track);
  });

  it('out of sight need nothing', async () => {
    let see: (entries: { isIntersecting: boolean }[]) => void = () => {};
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(callback: typeof see) {
          see = callback;
        }
        observe() {}
        disconnect() {}
      },
    );
    announce('v', 'video');
    views.attach('v', element());
    see([{ isIntersecting: false }]);
    await clock.advance(SETTLE_MS);
    see([{ isIntersecting: true }]);
    expect(log).toEqual(['v high', 'v none', 'v high']);
  });
});

describe('sound', () => {
  let audio: AudioOut;
  const elements = () => [...document.querySelectorAll('audio')];

  beforeEach(() => {
    audio = new AudioOut({
      store,
      media,
      prefer: (trackId, subscribed) => log.push(`${trackId} ${subscribed}`),
      blocked: (blocked) => store.dispatch({ type: 'audio-blocked', blocked }),
    });
  });

  it('plays by itself, whichever of media and announcement comes first', () => {
    announce('a1', 'audio');
    receive('a1', 'audio');
    receive('a2', 'audio');
    announce('a2', 'audio');
    expect(elements().map((e) => e.dataset.stoaTrack)).toEqual(['a1', 'a2']);
    expect(log).toEqual([]);
  });

  it('of the local microphone is never played', () => {
    store.dispatch({
      type: 'local-track',
      track: {
        id: 'mine',
        streamId: 's',
        peerId: 'me',
        kind: 'audio',
        source: 'regular',
        muted: false,
        live: true,
        degraded: false,
        layer: undefined,
      },
    });
    receive('mine', 'audio');
    expect(elements()).toEqual([]);
  });

  it('goes with its track', () => {
    announce('a1', 'audio');
    receive('a1', 'audio');
    tell('on-track-remove', { tracks: { a1: {} }, peer: { peer_id: 'a' } });
    expect(elements()).toEqual([]);
  });

  it('blocked by the browser is told, and resumed from a gesture', async () => {
    play = () => Promise.reject(Object.assign(new Error('gesture'), { name: 'NotAllowedError' }));
    announce('a1', 'audio');
    receive('a1', 'audio');
    await settle();
    expect(store.get().audioBlocked).toBe(true);
    expect(await audio.resume()).toBe(false);
    expect(store.get().audioBlocked).toBe(true);
    play = () => Promise.resolve();
    expect(await audio.resume()).toBe(true);
    expect(store.get().audioBlocked).toBe(false);
  });

  it('interrupted for another reason is not "blocked"', async () => {
    play = () => Promise.reject(Object.assign(new Error('new load'), { name: 'AbortError' }));
    announce('a1', 'audio');
    receive('a1', 'audio');
    await settle();
    expect(store.get().audioBlocked).toBe(false);
  });

  it('that nobody hears is not asked for (signal.md 4.8)', () => {
    announce('a1', 'audio', true);
    announce('a1', 'audio', false);
    audio.setVolume('a1', 0);
    audio.setVolume('a1', 0.5);
    expect(log).toEqual(['a1 false', 'a1 true', 'a1 false', 'a1 true']);
  });

  it('keeps its volume within 0 and 1', () => {
    announce('a1', 'audio');
    receive('a1', 'audio');
    audio.setVolume('a1', 7);
    expect(elements()[0]?.volume).toBe(1);
    audio.setVolume('a1', -1);
    expect(elements()[0]?.volume).toBe(0);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { encodingsFor } from '../src/media/encodings.js';
import { chooseLayer, layerSizes } from '../src/media/layers.js';
import { LayerRequests, neededLayer, SETTLE_MS, type View } from '../src/remote/layer-requests.js';
import { initialState, type StoaState } from '../src/state/state.js';
import { FakeClock } from './fakes/clock.js';
import { ROLE } from './fakes/world.js';

const layers = [
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 700, maxFramerate: 25 },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 300, maxFramerate: 25 },
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 100 },
];
const simulcastRole = {
  ...ROLE,
  publishParams: { ...ROLE.publishParams, simulcast: { video: { layers } } },
};

describe('layer by element size (signal.md 4.7), camera 1280x720', () => {
  const sizes = layerSizes(simulcastRole);

  it.each([
    [1920, 1080, 'high'],
    [1280, 720, 'high'],
    [961, 540, 'high'],
    [960, 540, 'high'],
    [959, 539, 'medium'],
    [640, 360, 'medium'],
    [481, 270, 'medium'],
    [479, 269, 'low'],
    [320, 180, 'low'],
    [0, 0, 'low'],
  ])('%i x %i -> %s', (width, height, layer) => {
    expect(chooseLayer(sizes, width, height)).toBe(layer);
  });

  it('counts the tighter side: a tall narrow tile shows a large picture', () => {
    expect(chooseLayer(sizes, 200, 720)).toBe('high');
  });

  it('asks for the best where there is nothing to choose', () => {
    expect(chooseLayer(layerSizes(ROLE), 10, 10)).toBe('high');
    expect(chooseLayer(layerSizes(undefined), 10, 10)).toBe('high');
  });

  it('skips layers with a name it does not know', () => {
    const odd = {
      ...simulcastRole,
      publishParams: { ...ROLE.publishParams, simulcast: { video: { layers: [{ rid: 'x' }] } } },
    };
    expect(layerSizes(odd)).toEqual([]);
  });
});

describe('encodings', () => {
  const camera = { kind: 'video', source: 'regular' } as const;
  const screen = { kind: 'video', source: 'screen' } as const;

  it('are the layers of the role in its order, in bit/s (signal.md 4.7)', () => {
    expect(encodingsFor(camera, simulcastRole, true)).toEqual([
      { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 700_000, maxFramerate: 25 },
      { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 300_000, maxFramerate: 25 },
      { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 100_000 },
    ]);
  });

  it('are a single one without the flag, without layers, and for a screen', () => {
    const single = [{ maxBitrate: 700_000, maxFramerate: 25 }];
    expect(encodingsFor(camera, simulcastRole, false)).toEqual(single);
    expect(encodingsFor(camera, ROLE, true)).toEqual(single);
    expect(encodingsFor(screen, simulcastRole, true)).toEqual([{ maxBitrate: 1_200_000, maxFramerate: 10 }]);
  });

  it.each([
    ['vp9', 3, 'L3T3_KEY'],
    ['av1', 2, 'L2T3_KEY'],
    ['VP9', 0, 'L1T3'],
  ])('of a %s camera of %i layers are one stream of %s', (codec, count, scalabilityMode) => {
    const { video, simulcast } = simulcastRole.publishParams;
    const layers = simulcast.video.layers.slice(0, count);
    const scalable = {
      ...simulcastRole,
      publishParams: {
        ...simulcastRole.publishParams,
        video: { ...video, codec },
        simulcast: { video: { layers } },
      },
    };
    expect(encodingsFor(camera, scalable, true)).toEqual([
      { maxBitrate: 700_000, maxFramerate: 25, scalabilityMode },
    ]);
    expect(encodingsFor(camera, scalable, false)).toEqual([{ maxBitrate: 700_000, maxFramerate: 25 }]);
  });

  it('of voice follow the role, 32 kbit/s when it says nothing', () => {
    expect(encodingsFor({ kind: 'audio', source: 'regular' }, undefined, true)).toEqual([
      { maxBitrate: 32_000 },
    ]);
  });
});

describe('needed layer', () => {
  const state = (muted: boolean, source = 'regular'): StoaState => ({
    ...initialState,
    flags: ['simulcast'],
    roles: { guest: simulcastRole },
    peers: {
      a: {
        id: 'a',
        name: '',
        metadata: '',
        userId: '',
        role: 'guest',
        groups: [],
        isLocal: false,
        joinedAt: 1,
        quality: -1,
      },
    },
    tracks: {
      t: {
        id: 't',
        streamId: 's',
        peerId: 'a',
        kind: 'video',
        source,
        muted,
        live: true,
        degraded: false,
        layer: undefined,
      },
    },
  });
  const view = (width: number, visible = true): View => ({
    trackId: 't',
    width,
    height: (width * 9) / 16,
    visible,
  });

  it('is the best of all visible elements', () => {
    expect(neededLayer(state(false), 't', [view(300), view(640), view(1280, false)])).toBe('medium');
  });

  it('is none when muted, out of sight, detached or unknown', () => {
    expect(neededLayer(state(true), 't', [view(640)])).toBe('none');
    expect(neededLayer(state(false), 't', [view(640, false)])).toBe('none');
    expect(neededLayer(state(false), 't', [])).toBe('none');
    expect(neededLayer(initialState, 't', [view(640)])).toBe('none');
  });

  it('is high for a screen of any size: it has one encoding', () => {
    expect(neededLayer(state(false, 'screen'), 't', [view(100)])).toBe('high');
  });
});

describe('layer requests', () => {
  let clock: FakeClock;
  let asked: string[];
  let requests: LayerRequests;

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    requests = new LayerRequests(clock, (trackId, layer) => asked.push(`${trackId} ${layer}`));
  });

  it('start at once, since the server sends nothing until asked', () => {
    requests.update('t', () => 'low');
    expect(asked).toEqual(['t low']);
  });

  it('say nothing for a track that is not shown', () => {
    requests.update('t', () => 'none');
    expect(asked).toEqual([]);
  });

  it('wait until the size has settled and then ask once, for the last', async () => {
    requests.update('t', () => 'low');
    requests.update('t', () => 'medium');
    await clock.advance(SETTLE_MS - 1);
    requests.update('t', () => 'high');
    await clock.advance(SETTLE_MS - 1);
    expect(asked).toEqual(['t low']);
    await clock.advance(1);
    expect(asked).toEqual(['t low', 't high']);
  });

  it('spare the server an element that is detached and attached again', async () => {
    requests.update('t', () => 'high');
    requests.update('t', () => 'none');
    requests.update('t', () => 'high');
    await clock.advance(SETTLE_MS * 2);
    expect(asked).toEqual(['t high']);
  });

  it('start anew for a track that comes back', () => {
    requests.update('t', () => 'high');
    requests.forget('t');
    requests.update('t', () => 'high');
    expect(asked).toEqual(['t high', 't high']);
  });
});

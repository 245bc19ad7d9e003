import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { makeRoomOf, stage, type TestRoom } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import { StoaServer } from '../harness/server.js';
import { UdpRelay } from '../harness/udp-relay.js';
import { until } from '../harness/until.js';

/** A camera of three layers: each watcher gets the one its picture is shown in (protocol section 4.7). */
const HIGH = { width: 1280, height: 720 };
const MEDIUM = { width: 640, height: 360 };
const LOW = { width: 320, height: 180 };
const CAMERA = { ...HIGH, bitRate: 700, frameRate: 15 };
const LAYERS = {
  video: {
    layers: [
      { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 700, maxFramerate: 15 },
      { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 250, maxFramerate: 15 },
      { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 100, maxFramerate: 15 },
    ],
  },
};
const SDKS = ['stoa', 'official'] as const;
type Sdk = (typeof SDKS)[number];

// A camera of three layers is the heaviest thing browsers do here.
vi.setConfig({ testTimeout: 120_000 });

// A server of its own that follows wishes only: browsers on a busy machine look like narrow links.
let server: StoaServer;
let browser: TestBrowser;
let room: TestRoom;

beforeAll(async () => {
  server = await StoaServer.start(['127.0.0.1'], ['--bandwidth-estimation', 'off']);
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  expect(server.complaints()).toEqual([]);
});
beforeEach(async () => {
  browser = await TestBrowser.launch();
  room = await makeRoomOf(server.info, stage('vp8', CAMERA, LAYERS));
});
afterEach(async () => {
  await browser.close();
  expect(browser.errors()).toEqual([]);
});

async function person(name: string, sdk: Sdk, page: Page): Promise<SdkPerson> {
  return SdkPerson.open(name, page, `${inject('pages')}/${sdk}`, server.info.url);
}

/** Room for the largest picture. */
const wide = (name: string) => browser.page(name, { width: 1400, height: 800 });

/** Shows all pictures in this size, in CSS pixels. */
async function resize(watcher: SdkPerson, { width, height }: typeof HIGH): Promise<void> {
  await until(() => watcher.page.evaluate(() => document.querySelector('video') !== null), {
    what: `${watcher.name} has a picture`,
  });
  await watcher.page.evaluate(
    ([w, h]) => {
      for (const video of document.querySelectorAll('video')) {
        Object.assign(video.style, { width: `${w}px`, height: `${h}px` });
      }
    },
    [width, height] as const,
  );
}

test.each(SDKS.flatMap((publisher) => SDKS.map((watcher) => [publisher, watcher] as const)))(
  'a camera of the %s SDK reaches the %s SDK in the layer of its size',
  async (publisher, watcher) => {
    const asha = await person('Asha', publisher, await browser.page('Asha'));
    const ben = await person('Ben', watcher, await wide('Ben'));
    await asha.join(room.codes.host);
    await ben.join(room.codes.guest);

    const took: number[] = [];
    for (const size of [LOW, HIGH, MEDIUM, HIGH, LOW]) {
      const asked = performance.now();
      await resize(ben, size);
      await ben.sees(1, size);
      took.push(Math.round(performance.now() - asked));
    }
    console.info(`${publisher} to ${watcher}: five frames of the new size after ${took.join(', ')} ms`);
    const sent = (await asha.streams()).filter(
      ({ direction, kind }) => direction === 'out' && kind === 'video',
    );
    expect(sent).toHaveLength(3);
    expect(
      (await ben.streams()).filter(({ direction, kind }) => direction === 'in' && kind === 'video'),
    ).toHaveLength(1);
  },
);

test('layers of an H264 camera are changed as well', async () => {
  room = await makeRoomOf(server.info, stage('h264', CAMERA, LAYERS));
  const asha = await person('Asha', 'stoa', await browser.page('Asha'));
  const ben = await person('Ben', 'stoa', await wide('Ben'));
  await asha.join(room.codes.host);
  await ben.join(room.codes.guest);
  for (const size of [MEDIUM, HIGH, LOW]) {
    await resize(ben, size);
    const [picture] = await ben.sees(1, size);
    expect(picture).toMatchObject({ codec: 'video/H264' });
  }
});

test('a layer the publisher switches off is replaced by the next, and the watcher is told', async () => {
  const stage = await browser.page('Asha');
  await stage.addInitScript(keepConnections);
  const asha = await person('Asha', 'stoa', stage);
  const page = await wide('Ben');
  const updates = layerUpdates(page);
  const ben = await person('Ben', 'stoa', page);
  await asha.join(room.codes.host);
  await ben.join(room.codes.guest);
  await resize(ben, HIGH);
  await ben.sees(1, HIGH);
  const before = updates.length;

  await sendHigh(stage, false);
  await ben.sees(1, MEDIUM);
  await sendHigh(stage, true);
  await ben.sees(1, HIGH);

  await until(() => updates.length >= before + 2, { what: 'two changes of the layer were told' });
  expect(updates.slice(before, before + 2)).toEqual([
    expect.objectContaining({ current_layer: 'medium', expected_layer: 'high', publisher_degraded: true }),
    expect.objectContaining({ current_layer: 'high', expected_layer: 'high', publisher_degraded: false }),
  ]);
});

test('what a watcher asked for outlasts new offers, a muted camera and a path that is gone for a while', async () => {
  const relay = await UdpRelay.start(server.info.mediaPort);
  try {
    const asha = await person('Asha', 'stoa', await browser.page('Asha'));
    const page = await browser.page('Ben', { width: 1400, height: 800, relayPort: relay.port });
    const ben = await person('Ben', 'stoa', page);
    await asha.join(room.codes.host);
    await ben.join(room.codes.guest);
    await resize(ben, MEDIUM);
    await ben.sees(1, MEDIUM);

    await asha.setScreen(true);
    await ben.sees(2);
    await ben.sees(1, MEDIUM);
    await asha.setScreen(false);
    await ben.shows('Asha', { screen: false });
    await ben.sees(1, MEDIUM);

    await asha.setCamera(false);
    await ben.shows('Asha', { camera: false });
    await asha.setCamera(true);
    await ben.shows('Asha', { camera: true });
    await ben.sees(1, MEDIUM);

    relay.black();
    await ben.seesNothingNew();
    relay.light();
    await ben.sees(1, MEDIUM);
  } finally {
    relay.close();
  }
});

declare global {
  interface Window {
    connections: RTCPeerConnection[];
  }
}

/** Runs in the page: keeps its connections at hand. */
function keepConnections(): void {
  window.connections = [];
  const Base = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Base {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.connections.push(this);
    }
  };
}

async function sendHigh(page: Page, active: boolean): Promise<void> {
  await page.evaluate(async (on) => {
    for (const connection of window.connections) {
      for (const sender of connection.getSenders()) {
        const parameters = sender.getParameters();
        const high = parameters.encodings.find(({ rid }) => rid === 'f');
        if (high === undefined) continue;
        high.active = on;
        await sender.setParameters(parameters);
      }
    }
  }, active);
}

/** What the server tells a page of changed layers, as it comes. */
function layerUpdates(page: Page): unknown[] {
  const updates: unknown[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const message = JSON.parse(String(payload));
      if (message.method === 'on-track-layer-update') updates.push(...Object.values(message.params.tracks));
    }),
  );
  return updates;
}

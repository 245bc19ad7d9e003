import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { BLACKOUT_MS, healsBlackout, healsCutSocket, OUTAGE_MS } from '../harness/healing.js';
import { PrebuiltPerson } from '../harness/prebuilt-person.js';
import { makeRoom, PICTURE } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { UdpRelay } from '../harness/udp-relay.js';

/** The prebuilt page and the unmodified official SDK in one room. */
const server = inject('server');
let browser: TestBrowser;
let proxy: TcpProxy;
let relay: UdpRelay;
let asha: PrebuiltPerson;
let ravi: SdkPerson;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  proxy = await TcpProxy.start(server.port);
  relay = await UdpRelay.start(server.mediaPort);
  const room = await makeRoom(server);
  asha = new PrebuiltPerson('Asha', await browser.page('Asha'), server.url);
  const page = await browser.page('Ravi', { relayPort: relay.port });
  ravi = await SdkPerson.open('Ravi', page, `${inject('pages')}/official`, proxy.url);
  await asha.join(room.codes.host);
  await ravi.join(room.codes.guest);
});

afterAll(async () => {
  await browser.close();
  proxy.close();
  relay.close();
  expect(browser.errors()).toEqual([]);
});

test('both see and hear each other', async () => {
  await asha.meets('Ravi');
  await ravi.meets('Asha');
  for (const someone of [asha, ravi]) {
    await someone.sees(1, PICTURE);
    await someone.hears(1);
  }
});

test('muting shows in both directions', async () => {
  for (const [one, other] of [
    [asha, ravi],
    [ravi, asha],
  ] as const) {
    await one.setMicrophone(false);
    await one.setCamera(false);
    await other.shows(one.name, { microphone: false, camera: false });
    await one.setMicrophone(true);
    await one.setCamera(true);
    await other.shows(one.name, { microphone: true, camera: true });
    await other.sees(1);
    await other.hears(1);
  }
});

test('chat arrives in both directions', async () => {
  await asha.say('Namaste');
  await ravi.reads('Namaste', 'Asha');
  await ravi.say('Hello from the other SDK');
  await asha.reads('Hello from the other SDK', 'Ravi');
});

test('a shared screen appears and goes in both directions', async () => {
  for (const [one, other] of [
    [asha, ravi],
    [ravi, asha],
  ] as const) {
    await one.setScreen(true);
    await other.shows(one.name, { screen: true });
    await other.sees(2);
    await one.setScreen(false);
    await other.shows(one.name, { screen: false });
  }
});

test('a cut WebSocket heals without a reload', () => healsCutSocket(ravi, asha, proxy));

test('a UDP blackout of 8 s heals without a reload', () => healsBlackout(ravi, asha, relay, BLACKOUT_MS));

test('a UDP outage of 28 s, longer than ICE waits, heals too', () =>
  healsBlackout(ravi, asha, relay, OUTAGE_MS));

test('who leaves is gone at once', async () => {
  await ravi.leave();
  await asha.misses('Ravi', 2_000);
});

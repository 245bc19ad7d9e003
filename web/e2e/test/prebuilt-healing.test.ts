import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { BLACKOUT_MS, healsBlackout, healsCutSocket, OUTAGE_MS } from '../harness/healing.js';
import { PrebuiltPerson } from '../harness/prebuilt-person.js';
import { makeRoom } from '../harness/rest.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { UdpRelay } from '../harness/udp-relay.js';

const server = inject('server');
let browser: TestBrowser;
let proxy: TcpProxy;
let relay: UdpRelay;
let asha: PrebuiltPerson;
let ben: PrebuiltPerson;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  proxy = await TcpProxy.start(server.port);
  relay = await UdpRelay.start(server.mediaPort);
  const room = await makeRoom(server);
  asha = new PrebuiltPerson('Asha', await browser.page('Asha'), server.url);
  ben = new PrebuiltPerson('Ben', await browser.page('Ben', { relayPort: relay.port }), proxy.url);
  await asha.join(room.codes.host);
  await ben.join(room.codes.guest);
  await asha.sees(1);
  await ben.sees(1);
});

afterAll(async () => {
  await browser.close();
  proxy.close();
  relay.close();
  expect(browser.errors()).toEqual([]);
});

test('a cut WebSocket heals without a reload', () => healsCutSocket(ben, asha, proxy));

test('a UDP blackout of 8 s heals without a reload', () => healsBlackout(ben, asha, relay, BLACKOUT_MS));

test('a UDP outage of 28 s, longer than ICE waits, heals too', () =>
  healsBlackout(ben, asha, relay, OUTAGE_MS));

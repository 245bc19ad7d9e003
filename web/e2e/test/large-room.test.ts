import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { makeRoomOf, stage, type TestRoom } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { until } from '../harness/until.js';

/** An audience with the official SDK: hosts are on stage, guests only watch and are in nobody's list. */
const server = inject('server');
let browser: TestBrowser;
let proxy: TcpProxy;
let room: TestRoom;
let hana: SdkPerson;
let gita: SdkPerson;
let gopal: SdkPerson;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  proxy = await TcpProxy.start(server.port);
  room = await makeRoomOf(server, stage('vp8', {}, {}), { large_room: true });
  const open = async (name: string, address: string) =>
    SdkPerson.open(name, await browser.page(name), `${inject('pages')}/official`, address);
  hana = await open('Hana', server.url);
  gita = await open('Gita', proxy.url);
  gopal = await open('Gopal', server.url);
  await hana.join(room.codes.host);
  await gita.join(room.codes.guest);
  await gopal.join(room.codes.guest);
  await gita.meets('Hana');
  await gopal.meets('Hana');
});

afterAll(async () => {
  await browser.close();
  proxy.close();
  expect(browser.errors()).toEqual([]);
});

const listed = async (person: SdkPerson) =>
  (await person.view()).peers
    .filter((peer) => !peer.isLocal)
    .map((peer) => peer.name)
    .sort();

async function lists(person: SdkPerson, names: string[]): Promise<void> {
  await until(async () => JSON.stringify(await listed(person)) === JSON.stringify(names), {
    what: `the list of ${person.name} is ${names.join(', ')}`,
    otherwise: () => listed(person),
  });
}

test('the audience is counted, not listed', async () => {
  await until(async () => (await hana.page.evaluate(() => window.official.peerCount())) === 3, {
    what: 'three are counted',
    otherwise: () => hana.page.evaluate(() => window.official.peerCount()),
  });
  expect(await hana.page.evaluate(() => window.official.isLarge())).toBe(true);
  await lists(hana, []);
  await lists(gita, ['Hana']);
});

test('the audience is read page by page, and found by name', async () => {
  expect(await hana.page.evaluate(() => window.official.pagesOf('guest', 1))).toEqual([['Gita'], ['Gopal']]);
  expect(await hana.page.evaluate(() => window.official.pagesOf('guest', 10))).toEqual([['Gita', 'Gopal']]);
  expect(await gopal.page.evaluate(() => window.official.search('git'))).toEqual(['Gita']);
});

test('the audience sees the stage', async () => {
  await gita.sees(1);
  await gopal.sees(1);
});

test('a message reaches somebody who is not listed', async () => {
  await hana.page.evaluate(() => window.official.whisper('Gita', 'psst'));
  await until(async () => (await gita.view()).messages.some((message) => message.text === 'psst'), {
    what: 'Gita got the message',
  });
  expect((await gopal.view()).messages).toEqual([]);
});

test('who raises a hand is seen until it is lowered', async () => {
  await gita.page.evaluate(() => window.official.raiseHand(true));
  await lists(hana, ['Gita']);
  await lists(gopal, ['Gita', 'Hana']);
  expect(await hana.page.evaluate(() => window.official.handOf('Gita'))).toBe(true);

  await gita.page.evaluate(() => window.official.raiseHand(false));
  await lists(hana, []);
  await lists(gopal, ['Hana']);
});

test('what somebody is, has stored and watches outlives a lost connection', async () => {
  await gita.page.evaluate(() => window.official.describe({ seat: 7 }));
  await gita.page.evaluate(() => window.official.raiseHand(true));
  await gita.page.evaluate(() => window.official.observe('spotlight'));
  await hana.page.evaluate(() => window.official.setValue('spotlight', 1));
  await lists(hana, ['Gita']);

  proxy.cut();
  await gita.isConnected('repairing', 15_000);
  await hana.page.evaluate(() => window.official.setValue('spotlight', 2));
  proxy.mend();
  await gita.isConnected('in');

  await until(async () => (await gita.page.evaluate(() => window.official.value('spotlight'))) === 2, {
    what: 'Gita knows the new value',
    otherwise: () => gita.page.evaluate(() => window.official.value('spotlight')),
  });
  await lists(hana, ['Gita']);
  expect(await hana.page.evaluate(() => window.official.metadataOf('Gita'))).toBe('{"seat":7}');
  expect(await gita.page.evaluate(() => window.official.ownHand())).toBe(true);
  await lists(gita, ['Hana']);
});

import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { PrebuiltPerson } from '../harness/prebuilt-person.js';
import { makeRoomOf, stage, type TestRoom } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { until } from '../harness/until.js';

/** What a person in the prebuilt page and one with the official SDK do with each other. Guests only watch. */
const server = inject('server');
let browser: TestBrowser;
let proxy: TcpProxy;
let room: TestRoom;
let asha: PrebuiltPerson;
let ravi: SdkPerson;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  proxy = await TcpProxy.start(server.port);
  room = await makeRoomOf(server, stage('vp8', {}, {}));
  asha = new PrebuiltPerson('Asha', await browser.page('Asha'), server.url);
  ravi = await SdkPerson.open('Ravi', await browser.page('Ravi'), `${inject('pages')}/official`, proxy.url);
  await asha.join(room.codes.host);
  await ravi.join(room.codes.host);
  await asha.meets('Ravi');
  await ravi.meets('Asha');
});

afterAll(async () => {
  await browser.close();
  proxy.close();
  expect(browser.errors()).toEqual([]);
});

async function menuOf(name: string, item: string): Promise<void> {
  // Somebody with a raised hand is listed twice.
  const button = asha.page.getByRole('button', { name: `Actions for ${name}` }).first();
  if (!(await button.isVisible())) await asha.page.getByRole('button', { name: /^Participants/ }).click();
  await button.click();
  await asha.page
    .getByRole(item === 'host' || item === 'guest' ? 'menuitemradio' : 'menuitem', { name: item })
    .click();
}

const tile = (name: string, mark: string) =>
  asha.page.locator(`li.stoa-tile[aria-label*="${name}"][aria-label*="${mark}"]`);

test('a raised hand shows at everybody, and a moderator lowers it', async () => {
  await ravi.page.evaluate(() => window.official.raiseHand(true));
  await tile('Ravi', 'hand raised').waitFor();
  await until(() => ravi.page.evaluate(() => window.official.ownHand()), { what: 'Ravi sees the own hand' });

  await menuOf('Ravi', 'Lower hand');
  await until(async () => !(await ravi.page.evaluate(() => window.official.ownHand())), {
    what: 'the hand of Ravi is down',
  });

  await asha.page.getByRole('button', { name: 'Raise hand', exact: true }).click();
  await until(() => ravi.page.evaluate(() => window.official.handOf('Asha')), {
    what: 'the hand of Asha is up',
  });
  await ravi.page.evaluate(() => window.official.lowerHandOf('Asha'));
  await tile('Asha', 'hand raised').waitFor({ state: 'detached' });
});

test('a new name shows', async () => {
  await ravi.page.evaluate(() => window.official.rename('Ravi K'));
  await asha.meets('Ravi K');
  await ravi.page.evaluate(() => window.official.rename('Ravi'));
  await asha.meets('Ravi');
});

test('one mutes the other, in both directions', async () => {
  await menuOf('Ravi', 'Mute microphone');
  await asha.shows('Ravi', { microphone: false });
  await ravi.setMicrophone(true);
  await asha.shows('Ravi', { microphone: true });

  await ravi.page.evaluate(() => window.official.mute('Asha'));
  await ravi.shows('Asha', { microphone: false });
  await ravi.page.evaluate(() => window.official.askToUnmute('Asha'));
  await asha.page.getByRole('button', { name: 'Accept' }).click();
  await ravi.shows('Asha', { microphone: true });
});

test('peers are looked up', async () => {
  expect(await ravi.page.evaluate(() => window.official.find('host'))).toEqual(
    expect.arrayContaining(['Asha', 'Ravi']),
  );
  expect(await ravi.page.evaluate(() => window.official.search('ASH'))).toEqual(['Asha']);
});

test('a late observer of the session store gets the value, and its changes', async () => {
  await ravi.page.evaluate(() => window.official.setValue('spotlight', { peer: 'x' }));
  await ravi.page.evaluate(() => window.official.observe('spotlight'));
  await until(() => ravi.page.evaluate(() => window.official.value('spotlight')), {
    what: 'the value is there',
  });
  expect(await ravi.page.evaluate(() => window.official.value('spotlight'))).toEqual({ peer: 'x' });
});

test('what others did while one was away is known on return', async () => {
  await ravi.page.evaluate(() => window.official.raiseHand(true));
  await tile('Ravi', 'hand raised').waitFor();
  proxy.cut();
  await ravi.isConnected('repairing', 15_000);
  await menuOf('Ravi', 'Lower hand');
  await tile('Ravi', 'hand raised').waitFor({ state: 'detached' });
  await menuOf('Ravi', 'guest');
  proxy.mend();
  await ravi.isConnected('in');
  await until(async () => !(await ravi.page.evaluate(() => window.official.ownHand())), {
    what: 'the hand of Ravi is down',
  });
  await until(() => ravi.page.evaluate(() => window.official.offeredRole()), {
    what: 'Ravi is offered a role',
  });
});

test('a role is offered, taken, and takes the picture along', async () => {
  await asha.sees(1);
  await menuOf('Ravi', 'guest');
  await until(() => ravi.page.evaluate(() => window.official.offeredRole()), {
    what: 'Ravi is offered a role',
  });
  expect(await ravi.page.evaluate(() => window.official.ownRole())).toBe('host');
  await ravi.page.evaluate(() => window.official.acceptRole());
  await until(async () => (await ravi.page.evaluate(() => window.official.ownRole())) === 'guest', {
    what: 'Ravi is a guest',
  });
  await asha.misses('Ravi', 5_000);
  await asha.seesNothingNew();
  await ravi.sees(1);
});

test('a role that may publish brings the picture back', async () => {
  await menuOf('Ravi', 'host');
  await until(() => ravi.page.evaluate(() => window.official.offeredRole()), {
    what: 'Ravi is offered a role',
  });
  await ravi.page.evaluate(() => window.official.acceptRole());
  await until(async () => (await ravi.page.evaluate(() => window.official.ownRole())) === 'host', {
    what: 'Ravi is a host',
  });
  // The SDK knows its role before it has published; what it may newly show starts muted.
  await until(() => ravi.page.evaluate(() => window.official.hasCamera()), { what: 'Ravi has a camera' });
  await ravi.setCamera(true);
  await asha.sees(1);
  await asha.shows('Ravi', { camera: true });
});

test('a role is changed without asking', async () => {
  await ravi.page.evaluate(() => window.official.changeRole('Asha', 'guest', true));
  await until(async () => (await ravi.page.evaluate(() => window.official.roleOf('Asha'))) === 'guest', {
    what: 'Asha is a guest',
    otherwise: () => ravi.page.evaluate(() => window.official.roleOf('Asha')),
  });
  await ravi.seesNothingNew();
  await ravi.page.evaluate(() => window.official.changeRole('Asha', 'host', true));
  await until(async () => (await ravi.page.evaluate(() => window.official.roleOf('Asha'))) === 'host', {
    what: 'Asha is a host',
  });
  // Her camera was on, but shows nothing until she turns it on herself.
  await ravi.shows('Asha', { camera: false });
  await asha.setCamera(true);
  await ravi.sees(1);
});

test('who is removed is told and gone', async () => {
  await menuOf('Ravi', 'Remove Participant');
  await asha.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await asha.misses('Ravi', 2_000);
  await ravi.isConnected('out', 5_000);
  const notices = () => ravi.page.evaluate(() => window.official.notices());
  await until(async () => (await notices()).length === 1, { what: 'Ravi knows why', otherwise: notices });
  expect((await notices())[0]).toMatch(/^REMOVED_FROM_ROOM/);
});

test('a room that was ended and locked is over for everybody', async () => {
  await ravi.join(room.codes.host);
  await ravi.meets('Asha');
  await ravi.page.evaluate(() => window.official.end(true, 'class is over'));
  await asha.page.getByText('The session has ended').waitFor();
  await asha.page.getByText('class is over').waitFor();
  await ravi.isConnected('out', 5_000);
  await expect(ravi.join(room.codes.host)).rejects.toThrow(/disabled/);
});

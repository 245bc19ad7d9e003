import { randomUUID } from 'node:crypto';
import * as HMS from '@100mslive/server-sdk';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { makeRoomOf, stage, type TestRoom } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { until } from '../harness/until.js';

/** The unmodified official SDK for backends, and one of the official web SDK's people for it to deal with. */
const server = inject('server');
let hms: HMS.SDK;
let room: TestRoom;
let browser: TestBrowser;
let proxy: TcpProxy;
let ravi: SdkPerson;

/** The SDK has no setting for its address; the one thing the test changes. */
function redirected(): HMS.SDK {
  const sdk = new HMS.SDK(server.accessKey, server.appSecret);
  const { api } = sdk as unknown as { api: { axios: { defaults: { baseURL: string } } } };
  api.axios.defaults.baseURL = `${server.url}/v2`;
  return sdk;
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const element of list) found.push(element);
  return found;
}

beforeAll(async () => {
  hms = redirected();
  hms.setLogLevel('silent');
  room = await makeRoomOf(server, stage('vp8', {}, {}));
  browser = await TestBrowser.launch();
  proxy = await TcpProxy.start(server.port);
  ravi = await SdkPerson.open('Ravi', await browser.page('Ravi'), `${inject('pages')}/official`, proxy.url);
});

afterAll(async () => {
  await browser.close();
  proxy.close();
  expect(browser.errors()).toEqual([]);
});

test('rooms are made, found, changed and listed', async () => {
  const name = `sdk-${randomUUID().slice(0, 8)}`;
  const made = await hms.rooms.create({ name, description: 'by the SDK', region: 'eu' });
  expect(made).toMatchObject({ name, description: 'by the SDK', enabled: true, region: 'eu' });
  expect(made.created_at).toBeInstanceOf(Date);
  expect((await hms.rooms.create({ name: name.toUpperCase() })).id).toBe(made.id);
  expect((await hms.rooms.retrieveById(made.id)).id).toBe(made.id);
  expect((await hms.rooms.retrieveByName(name.toUpperCase())).id).toBe(made.id);

  expect((await hms.rooms.update(made.id, { description: 'changed' })).description).toBe('changed');
  expect((await hms.rooms.enableOrDisable(made.id, false)).enabled).toBe(false);
  expect(await all(hms.rooms.list({ enabled: false }))).toContainEqual(
    expect.objectContaining({ id: made.id }),
  );
  expect((await hms.rooms.enableOrDisable(made.id, true)).enabled).toBe(true);
});

test('lists go on over pages', async () => {
  const template = (await hms.rooms.retrieveById(room.id)).template_id;
  const made = new Set<string>();
  for (let i = 0; i < 11; i++) made.add((await hms.rooms.create({ template_id: template })).id);
  const listed = (await all(hms.rooms.list({ template_id: template } as HMS.Room.FilterParams))).map(
    ({ id }) => id,
  );
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining([...made]));
});

test('errors have the status and the message of the server', async () => {
  await expect(hms.rooms.retrieveById('6601f0a1c2d3e4f5a6b7c8ff')).rejects.toMatchObject({
    code: 404,
    name: 'Not Found',
    message: 'room not found',
  });
  await expect(hms.activeRooms.retrieve(room.id)).rejects.toMatchObject({
    code: 404,
    message: 'active session not found',
  });
});

test('room codes are made, listed and disabled', async () => {
  const codes = await hms.roomCodes.create(room.id);
  expect(new Set(codes.map(({ role }) => role))).toEqual(new Set(['host', 'guest']));
  const listed = (await all(hms.roomCodes.list(room.id))).map(({ code }) => code);
  expect(listed).toEqual(expect.arrayContaining(codes.map(({ code }) => code)));

  const extra = await hms.roomCodes.createForRole(room.id, 'guest');
  expect((await hms.roomCodes.enableOrDisable(extra.code, false)).enabled).toBe(false);
  const exchange = async () =>
    (await fetch(`${server.url}/v2/token`, { method: 'POST', body: JSON.stringify({ code: extra.code }) }))
      .status;
  expect(await exchange()).toBe(403);
  await hms.roomCodes.enableOrDisable(extra.code, true);
  expect(await exchange()).toBe(200);
});

test('its tokens open rooms', async () => {
  const { token } = await hms.auth.getAuthToken({ roomId: room.id, role: 'host', userId: 'backend' });
  const init = await fetch(`${server.url}/init?peer_id=${randomUUID()}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(init.status).toBe(200);
  const management = await hms.auth.getManagementToken();
  const refused = await fetch(`${server.url}/init?peer_id=${randomUUID()}`, {
    headers: { authorization: `Bearer ${management.token}` },
  });
  expect(refused.status).toBe(401);
});

test('people inside are seen, changed, written to and removed', async () => {
  await ravi.join(room.codes.host);
  await until(async () => (await ravi.view()).connection === 'in', { what: 'Ravi is inside' });

  const active = await hms.activeRooms.retrieve(room.id);
  const [peerId] = active.session.peers;
  if (peerId === undefined) throw new Error('nobody is inside');
  expect(await hms.activeRooms.retrieveActivePeers(room.id)).toMatchObject({
    [peerId]: { name: 'Ravi', role: 'host' },
  });
  await until(
    async () => Object.keys((await hms.activeRooms.retrievePeerDetails(room.id, peerId)).tracks).length === 2,
    {
      what: 'both tracks of Ravi are listed',
    },
  );

  await hms.activeRooms.sendMessage(room.id, {
    message: 'welcome',
    peerId,
  } as HMS.ActiveRoom.RoomMessageParams);
  await until(async () => (await ravi.view()).messages.some(({ text }) => text === 'welcome'), {
    what: 'Ravi reads the message',
  });

  const changed = await hms.activeRooms.updatePeer(room.id, peerId, { role: 'guest', name: 'Renamed' });
  expect(changed).toMatchObject({ role: 'guest', name: 'Renamed', tracks: {} });
  await until(async () => (await ravi.page.evaluate(() => window.official.ownRole())) === 'guest', {
    what: 'Ravi has the other role',
  });

  const running = await hms.sessions.retrieveActiveByRoom(room.id);
  expect(running.id).toBe(active.session.id);
  await hms.activeRooms.removePeer(room.id, { peer_id: peerId, reason: 'enough' });
  await until(async () => (await ravi.view()).connection === 'out', { what: 'Ravi is outside' });

  await until(async () => !(await hms.sessions.retrieveById(running.id)).active, {
    what: 'the session is over',
  });
  const [session] = await all(hms.sessions.list({ room_id: room.id }));
  expect(session?.peers[peerId]).toMatchObject({ name: 'Renamed', role: 'guest' });
});

test('a room is ended and locked', async () => {
  const locked = await makeRoomOf(server, stage('vp8', {}, {}));
  await ravi.join(locked.codes.host);
  await until(async () => (await ravi.view()).connection === 'in', { what: 'Ravi is inside' });

  await hms.activeRooms.end(locked.id, { reason: 'over', lock: true });

  await until(async () => (await ravi.view()).connection === 'out', { what: 'Ravi is outside' });
  await until(async () => !(await hms.rooms.retrieveById(locked.id)).enabled, { what: 'the room is locked' });
  await expect(hms.activeRooms.retrieve(locked.id)).rejects.toMatchObject({ code: 404 });
});

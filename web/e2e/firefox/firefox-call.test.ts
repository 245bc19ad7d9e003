import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { PrebuiltPerson } from '../harness/prebuilt-person.js';
import { makeRoom } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import { FirefoxPerson, launchFirefox } from './firefox.js';

/** Firefox joins a call of the prebuilt page and the official SDK, both in Chromium. */
const server = inject('server');
let chromium: TestBrowser;
let firefox: Browser;
let asha: PrebuiltPerson;
let ravi: SdkPerson;
let fiona: FirefoxPerson;

beforeAll(async () => {
  chromium = await TestBrowser.launch();
  firefox = await launchFirefox();
  const room = await makeRoom(server);
  asha = new PrebuiltPerson('Asha', await chromium.page('Asha'), server.url);
  ravi = await SdkPerson.open('Ravi', await chromium.page('Ravi'), `${inject('pages')}/official`, server.url);
  fiona = await FirefoxPerson.open('Fiona', firefox, server.url);
  await asha.join(room.codes.host);
  await ravi.join(room.codes.guest);
  await fiona.join(room.codes.guest);
});

afterAll(async () => {
  await firefox?.close();
  await chromium.close();
  expect(chromium.errors()).toEqual([]);
});

test('everybody sees and hears the two others', async () => {
  for (const someone of [fiona, asha, ravi]) {
    await someone.sees(2);
    await someone.hears(2);
  }
});

test('muting shows in both directions', async () => {
  await fiona.setMicrophone(false);
  await fiona.setCamera(false);
  for (const other of [asha, ravi]) await other.shows('Fiona', { microphone: false, camera: false });
  await fiona.setMicrophone(true);
  await fiona.setCamera(true);
  for (const other of [asha, ravi]) await other.shows('Fiona', { microphone: true, camera: true });
  await asha.sees(2);

  await asha.setMicrophone(false);
  await fiona.shows('Asha', { microphone: false });
  await asha.setMicrophone(true);
  await fiona.shows('Asha', { microphone: true });
  await fiona.hears(2);
});

test('chat arrives in both directions', async () => {
  await fiona.say('Bonjour');
  for (const other of [asha, ravi]) await other.reads('Bonjour', 'Fiona');
  await asha.say('Hello Fiona');
  await fiona.reads('Hello Fiona', 'Asha');
});

test('who leaves is gone at once', async () => {
  await fiona.leave();
  for (const other of [asha, ravi]) await other.misses('Fiona', 2_000);
});

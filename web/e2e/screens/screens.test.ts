import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, inject, test } from 'vitest';
import { type PageOptions, TestBrowser } from '../harness/chromium.js';
import { PrebuiltPerson } from '../harness/prebuilt-person.js';
import { makeRoom, type TestRoom } from '../harness/rest.js';

/** Pictures of all screens of the prebuilt app, for people to look at; nothing is compared. */
const server = inject('server');
const folder = mkdtempSync(join(tmpdir(), 'stoa-screens-'));
const PHONE = { width: 360, height: 640 };

let browser: TestBrowser;
let room: TestRoom;
let asha: PrebuiltPerson;
let ben: PrebuiltPerson;

const person = async (name: string, options: PageOptions = {}) =>
  new PrebuiltPerson(name, await browser.page(name, { width: 1280, height: 800, ...options }), server.url);

const shoot = (page: Page, name: string) => page.screenshot({ path: join(folder, `${name}.png`) });

beforeAll(async () => {
  browser = await TestBrowser.launch();
  room = await makeRoom(server);
  asha = await person('Asha');
  ben = await person('Ben', { dark: true });
});

afterAll(async () => {
  await browser.close();
  console.info(`pictures are in ${folder}`);
});

test('landing and unknown room', async () => {
  await asha.page.goto(server.url);
  await asha.page.getByRole('textbox').first().waitFor();
  await shoot(asha.page, '01-landing');
  await asha.page.goto(`${server.url}/preview/abc-defg-hij`);
  await asha.page.getByText('Room not found').waitFor();
  await shoot(asha.page, '02-unknown-room');
});

test('preview, alone, two and three people', async () => {
  await asha.preview(room.codes.host);
  await shoot(asha.page, '03-preview');
  await asha.enter();
  await shoot(asha.page, '04-alone');
  await ben.preview(room.codes.guest);
  await shoot(ben.page, '05-preview-dark');
  await ben.enter();
  await asha.sees(1);
  await ben.sees(1);
  await asha.say('Welcome! The agenda is at https://example.org/agenda');
  await ben.say('Thank you, I can see it.');
  await asha.reads('Thank you, I can see it.', 'Ben');
  await shoot(asha.page, '06-two-people-chat');
  await shoot(ben.page, '07-two-people-chat-dark');
});

test('participants, settings, muted, shared screen', async () => {
  await ben.setMicrophone(false);
  await ben.setCamera(false);
  await asha.shows('Ben', { microphone: false, camera: false });
  await asha.page.getByRole('button', { name: /^Participants/ }).click();
  await shoot(asha.page, '08-participants-muted');
  await asha.page.getByRole('button', { name: 'More', exact: true }).click();
  await asha.page.getByRole('menuitem', { name: 'Settings' }).click();
  await asha.page.getByRole('dialog').waitFor();
  await shoot(asha.page, '09-settings');
  await asha.page.keyboard.press('Escape');
  await ben.setCamera(true);
  await ben.setScreen(true);
  await asha.shows('Ben', { screen: true });
  await asha.sees(2);
  await shoot(asha.page, '10-shared-screen');
  await shoot(ben.page, '11-sharing-dark');
  await ben.setScreen(false);
});

test('phone', async () => {
  const cara = await person('Cara', PHONE);
  await cara.preview(room.codes.guest);
  await shoot(cara.page, '12-phone-preview');
  await cara.enter();
  await shoot(cara.page, '13-phone-chat');
  await cara.page.getByRole('button', { name: 'Close' }).click();
  await cara.sees(2);
  await shoot(cara.page, '14-phone-three-people');
  await cara.leave();
  await shoot(cara.page, '15-phone-left');
});

test('leaving', async () => {
  await ben.page.getByRole('button', { name: 'Leave', exact: true }).click();
  await ben.page.getByRole('button', { name: 'Leave Session' }).waitFor();
  await shoot(ben.page, '16-leave-question-dark');
  await ben.page.getByRole('button', { name: 'Leave Session' }).click();
  await ben.page.getByText('You left the room').waitFor();
  await shoot(ben.page, '17-left-dark');
});

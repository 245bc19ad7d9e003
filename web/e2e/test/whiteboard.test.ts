import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { makeRoomOf, stage, type TestRoom } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import { until } from '../harness/until.js';

/** The official whiteboard component of two people with the official SDK; hosts draw, guests look on. */
const server = inject('server');
const assets = dirname(createRequire(import.meta.url).resolve('@tldraw/assets/package.json'));
let browser: TestBrowser;
let room: TestRoom;
let asha: SdkPerson;
let ravi: SdkPerson;

/** The component takes its fonts and icons from a public server; here they come from the package. */
async function withoutInternet(page: Page): Promise<Page> {
  await page.route(/^https:/, async (route) => {
    const file = /@tldraw\/assets@[^/]+\/([^?]+)/.exec(route.request().url())?.[1];
    if (file === undefined) await route.abort();
    else {
      const headers = { 'access-control-allow-origin': '*' };
      const contentType = file.endsWith('.svg') ? 'image/svg+xml' : 'application/octet-stream';
      await route.fulfill({ body: await readFile(join(assets, file)), headers, contentType });
    }
  });
  return page;
}

beforeAll(async () => {
  browser = await TestBrowser.launch();
  const permissions = { admin: ['host'], writer: ['host'], reader: ['guest'] };
  room = await makeRoomOf(server, stage('vp8', {}, {}), {}, { whiteboard: { permissions } });
  const page = `${inject('pages')}/board`;
  const person = async (name: string) =>
    SdkPerson.open(name, await withoutInternet(await browser.page(name)), page, server.url);
  asha = await person('Asha');
  ravi = await person('Ravi');
  await asha.join(room.codes.host);
  await ravi.join(room.codes.guest);
  await asha.meets('Ravi');
});

afterAll(async () => {
  await browser.close();
  expect(browser.errors()).toEqual([]);
});

const shapes = ({ page }: SdkPerson) => page.evaluate(() => window.board.shapes());
const isOpen = ({ page }: SdkPerson) => page.evaluate(() => window.board.isOpen());

async function look(person: SdkPerson): Promise<void> {
  await person.page.evaluate(() => window.board.show());
  await until(() => person.page.evaluate(() => window.board.isShown()), {
    what: `${person.name} sees the board`,
    withinMs: 40_000,
    otherwise: () => person.page.evaluate(() => document.body.textContent),
  });
}

async function stroke({ page }: SdkPerson): Promise<void> {
  await page.evaluate(() => window.board.takePen());
  await page.mouse.move(300, 200);
  await page.mouse.down();
  for (let x = 300; x <= 500; x += 20) await page.mouse.move(x, 200 + (x % 40));
  await page.mouse.up();
}

test('a stroke of the owner appears at who looks on', async () => {
  await asha.page.evaluate(() => window.board.open());
  expect(await isOpen(ravi)).toBe(false);
  await look(asha);
  await until(() => isOpen(ravi), { what: 'Ravi hears of the board' });
  expect(await ravi.page.evaluate(() => window.board.permissions())).toEqual(['read']);
  await look(ravi);

  await stroke(asha);

  await until(async () => (await shapes(ravi)).includes('draw'), {
    what: 'Ravi sees the stroke',
    withinMs: 30_000,
    otherwise: async () => [await shapes(asha), await shapes(ravi)],
  });
});

test('who only looks on cannot draw', async () => {
  expect(await ravi.page.evaluate(() => window.board.isReadonly())).toBe(true);
  expect(await asha.page.evaluate(() => window.board.isReadonly())).toBe(false);
  await stroke(ravi);
  expect(await ravi.page.evaluate(() => window.board.force())).toBe(
    'PERMISSION_DENIED: the role may not draw on the whiteboard',
  );
  expect(await shapes(ravi)).toEqual(['draw']);
  expect(await shapes(asha)).toEqual(['draw']);
});

test('closing it closes it for everybody, and what is on it stays for the next time', async () => {
  await asha.page.evaluate(async () => {
    window.board.hide();
    await window.board.close();
  });
  await until(async () => !(await isOpen(ravi)), { what: 'Ravi hears of the end', withinMs: 40_000 });
  await ravi.page.evaluate(() => window.board.hide());

  await asha.page.evaluate(() => window.board.open());
  await look(asha);
  await until(() => isOpen(ravi), { what: 'Ravi hears of the board again', withinMs: 30_000 });
  await look(ravi);
  await until(async () => (await shapes(ravi)).includes('draw'), {
    what: 'the stroke is still there',
    withinMs: 30_000,
    otherwise: () => shapes(ravi),
  });
});

import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { makeRoom, PICTURE } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';

const server = inject('server');
let browser: TestBrowser;

beforeEach(async () => {
  browser = await TestBrowser.launch();
});
afterEach(async () => {
  await browser.close();
  expect(browser.errors()).toEqual([]);
});

const person = async (name: string) =>
  SdkPerson.open(name, await browser.page(name), `${inject('pages')}/stoa`, server.url);

test.each([
  ['vp8', 'video/VP8'],
  ['h264', 'video/H264'],
] as const)('a template that asks for %s is obeyed by publisher and subscriber', async (codec, mime) => {
  const { codes } = await makeRoom(server, codec);
  const asha = await person('Asha');
  const ben = await person('Ben');
  await asha.join(codes.host);
  await ben.join(codes.guest);

  for (const watcher of [asha, ben]) {
    const [picture] = await watcher.sees(1, PICTURE);
    expect(picture).toMatchObject({ codec: mime });
    const sent = (await watcher.streams()).filter(
      ({ direction, kind }) => direction === 'out' && kind === 'video',
    );
    expect(sent.map((stream) => stream.codec)).toEqual([mime]);
  }
});

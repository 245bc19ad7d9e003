import type { Page } from 'playwright-core';
import type { TestBrowser } from '../harness/chromium.js';
import { makeRoomOf, stage } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import type { ServerInfo } from '../harness/server.js';
import { until } from '../harness/until.js';
import { Link, type LinkReport } from './link.js';
import { type DoneStep, valueAt } from './measure.js';
import { installSampler, type Sample } from './sampler.js';
import { GOOD, type Scenario, type Step } from './scenarios.js';

const SAMPLE_EVERY_MS = 200;
const JOIN_MS = 40_000;
/** For the publisher's estimate to grow; a busy machine may never send the full size. */
const SETTLE_MS = 10_000;
/** The camera's layers, in kbit/s; the smallest has to fit beside the voice into the staircase's lowest step. */
const LAYERS_KBPS = { f: 1_200, h: 400, q: 100 };

export interface Surroundings {
  readonly server: ServerInfo;
  /** Base address of the SDK's test pages. */
  readonly pages: string;
  readonly browser: TestBrowser;
  readonly height: number;
  readonly seed: number;
}

/** What one scenario's call left behind. */
export interface Recording {
  readonly viewer: readonly Sample[];
  readonly publisher: readonly Sample[];
  readonly steps: readonly DoneStep[];
  /** Frames per second that the viewer had before anything happened. */
  readonly pace: number;
  /** From the viewer's join message to his first decoded frame. */
  readonly firstFrameSeconds: number;
  readonly link: { readonly up: LinkReport; readonly down: LinkReport };
}

/** Makes a call of two in a room of its own, and does to the link what the scenario says. */
export async function record(scenario: Scenario, around: Surroundings): Promise<Recording> {
  const link = await Link.start(around.server.mediaPort, around.seed);
  const open: Page[] = [];
  try {
    await link.say(scenario.udpBlocked === true ? 'both loss=100%' : GOOD);
    const publisherPage = await page(around, 'publisher', scenario.hurts === 'publisher' ? link : undefined);
    open.push(publisherPage);
    const viewerPage = await page(
      around,
      'viewer',
      scenario.hurts === 'viewer' ? link : undefined,
      scenario.udpBlocked === true,
    );
    open.push(viewerPage);
    await meet(around, publisherPage, viewerPage);
    const pace = scenario.udpBlocked === true ? 0 : await settle(viewerPage, around.height);
    const steps = await walk(scenario.steps, link);
    const moments = await viewerPage.evaluate(() => window.stoaProbe.moments());
    return {
      viewer: await viewerPage.evaluate(() => window.stoaSamples),
      publisher: await publisherPage.evaluate(() => window.stoaSamples),
      steps,
      pace,
      firstFrameSeconds: ((moments.firstFrames[0] ?? Number.POSITIVE_INFINITY) - moments.joinSent) / 1_000,
      link: await link.stop(),
    };
  } finally {
    link.kill();
    await Promise.all(open.map((each) => each.context().close()));
  }
}

/** A page of one's own; with a link, its UDP goes there, and nothing else is open unless TCP shall be. */
async function page(around: Surroundings, name: string, link?: Link, tcpStays = false): Promise<Page> {
  const made = await around.browser.page(name, {
    width: (around.height * 16) / 9 + 40,
    height: around.height + 40,
    ...(link !== undefined && !tcpStays ? { relayPort: link.port } : {}),
  });
  await made.addInitScript(installSampler, {
    udpPort: link !== undefined && tcpStays ? link.port : null,
    everyMs: SAMPLE_EVERY_MS,
  });
  return made;
}

async function meet({ server, pages, height }: Surroundings, publisherPage: Page, viewerPage: Page) {
  const room = await makeRoomOf(server, stage('vp8', camera(height), layers()));
  const publisher = await SdkPerson.open('Publisher', publisherPage, `${pages}/stoa`, server.url);
  const viewer = await SdkPerson.open('Viewer', viewerPage, `${pages}/stoa`, server.url);
  // As large as the camera's picture: the viewer wants the highest layer, the link decides what he gets.
  const size = `width: ${(height * 16) / 9}px !important; height: ${height}px !important`;
  await viewerPage.addStyleTag({ content: `body { margin: 0 } video { ${size} }` });
  await publisher.join(room.codes.host);
  await until(async () => (await publisher.streams()).some(({ frames }) => frames > 0), {
    what: 'the publisher sends a picture',
    withinMs: JOIN_MS,
  });
  await viewer.join(room.codes.guest);
  await viewer.sees(1, undefined, JOIN_MS);
}

function camera(height: number) {
  return { width: (height * 16) / 9, height, bitRate: LAYERS_KBPS.f, frameRate: 30 };
}

function layers() {
  const layer = (rid: keyof typeof LAYERS_KBPS, scaleResolutionDownBy: number) => ({
    rid,
    scaleResolutionDownBy,
    maxBitrate: LAYERS_KBPS[rid],
    maxFramerate: 30,
  });
  return { video: { layers: [layer('f', 1), layer('h', 2), layer('q', 4)] } };
}

/** Waits a while for the largest picture, then counts the viewer's frames for two seconds; gives them per second. */
async function settle(viewer: Page, height: number): Promise<number> {
  const deadline = Date.now() + SETTLE_MS;
  while (Date.now() < deadline) {
    const last = await viewer.evaluate(() => window.stoaSamples.at(-1));
    if (last?.height === height) break;
    await passes(0.2);
  }
  const from = Date.now();
  await passes(2);
  const samples = await viewer.evaluate(() => window.stoaSamples);
  const to = Math.min(Date.now(), samples.at(-1)?.at ?? 0);
  return ((valueAt(samples, 'frames', to) - valueAt(samples, 'frames', from)) / (to - from)) * 1_000;
}

async function walk(steps: readonly Step[], link: Link): Promise<DoneStep[]> {
  const done: DoneStep[] = [];
  for (const step of steps) {
    for (const line of step.say) await link.say(line);
    const from = Date.now();
    await passes(step.seconds);
    done.push({ step, from, to: Date.now() });
  }
  // The last step's end lies between two samples.
  await passes(0.5);
  return done;
}

const passes = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1_000));

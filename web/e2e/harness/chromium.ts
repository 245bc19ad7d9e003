import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { installProbe } from './probe.js';
import { makeTone } from './tone.js';

const EXECUTABLE = process.env.STOA_CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-fake-device-for-media-stream=fps=30',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--allow-loopback-in-peer-connection',
  // A page in the background would be slowed down, and only one can be in front.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export interface PageOptions {
  /** UDP relay between this page and the server. */
  readonly relayPort?: number;
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

/** Headless Chromium with a fake camera and a fake microphone that hears a tone. */
export class TestBrowser {
  readonly #browser: Browser;
  readonly #tone: string;
  readonly #errors: string[] = [];

  private constructor(browser: Browser, tone: string) {
    this.#browser = browser;
    this.#tone = tone;
  }

  /** @param more flags of Chromium, for example another fake camera */
  static async launch(more: readonly string[] = []): Promise<TestBrowser> {
    const tone = makeTone();
    const args = [...FLAGS, `--use-file-for-fake-audio-capture=${tone}`, ...more];
    return new TestBrowser(await chromium.launch({ executablePath: EXECUTABLE, headless: true, args }), tone);
  }

  /** A page in a context of its own: another person's browser, with a process of its own. */
  async page(name: string, options: PageOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      permissions: ['camera', 'microphone'],
      viewport: { width: options.width ?? 1000, height: options.height ?? 700 },
      colorScheme: options.dark === true ? 'dark' : 'light',
    });
    const page = await context.newPage();
    await page.addInitScript(installProbe, options.relayPort ?? null);
    page.on('pageerror', (error) => this.#errors.push(`${name}: ${error.stack ?? error.message}`));
    return page;
  }

  /** Exceptions nobody caught, of all pages. */
  errors(): readonly string[] {
    return this.#errors;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(dirname(this.#tone), { recursive: true, force: true });
  }
}

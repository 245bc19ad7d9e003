import { type Browser, launch, type Page } from 'puppeteer-core';
import { Person } from '../harness/person.js';
import { readPrebuilt } from '../harness/prebuilt-view.js';
import { installProbe } from '../harness/probe.js';
import type { SeatView } from '../pages/seat.js';

const EXECUTABLE = process.env.STOA_FIREFOX ?? '/usr/bin/firefox-esr';
const PREFERENCES = {
  'media.navigator.permission.disabled': true,
  'media.navigator.streams.fake': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // Nothing is fetched while tests run.
  'media.gmp-manager.url': 'data:,',
  'app.update.disabledForTesting': true,
};

/** Stock Firefox by WebDriver BiDi; Playwright drives only its own build. */
export function launchFirefox(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: EXECUTABLE,
    headless: true,
    extraPrefsFirefox: PREFERENCES,
  });
}

/** A person in the prebuilt page in Firefox. */
export class FirefoxPerson extends Person {
  readonly #page: Page;
  readonly #server: string;

  private constructor(name: string, page: Page, server: string) {
    super(name, page);
    this.#page = page;
    this.#server = server;
  }

  static async open(name: string, browser: Browser, server: string): Promise<FirefoxPerson> {
    const page = await browser.newPage();
    await page.setViewport({ width: 1000, height: 700 });
    await page.evaluateOnNewDocument(installProbe, null);
    return new FirefoxPerson(name, page, server);
  }

  async join(roomCode: string): Promise<void> {
    await this.#page.goto(`${this.#server}/preview/${roomCode}`);
    await this.#page.locator('::-p-aria([name="Your name"][role="textbox"])').fill(this.name);
    await this.#click('Join Now');
    await this.#page.waitForSelector('[role=toolbar]');
    await this.#click('Chat');
  }

  async leave(): Promise<void> {
    await this.#click('Leave');
    await this.#click('Leave Session');
    await this.#page.locator('::-p-text(You left the room)').wait();
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.#press('Microphone', on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.#press('Camera', on);
  }

  setScreen(on: boolean): Promise<void> {
    return this.#press('Share screen', on);
  }

  async say(text: string): Promise<void> {
    await this.#page.locator('::-p-aria([name="Message"][role="textbox"])').fill(text);
    await this.#click('Send');
  }

  view(): Promise<SeatView> {
    return this.#page.evaluate(readPrebuilt, this.name);
  }

  #click(name: string): Promise<void> {
    return this.#page.locator(`button::-p-aria(${name})`).click();
  }

  async #press(name: string, on: boolean): Promise<void> {
    const wanted = `button[aria-label="${name}"][aria-pressed="${on}"]`;
    if ((await this.#page.$(wanted)) === null)
      await this.#page.locator(`button[aria-label="${name}"]`).click();
    await this.#page.waitForSelector(wanted);
  }
}

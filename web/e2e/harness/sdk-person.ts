import type { Page } from 'playwright-core';
import type { SeatView } from '../pages/seat.js';
import { Person } from './person.js';

/** A person in one of the SDKs' test pages. */
export class SdkPerson extends Person {
  readonly page: Page;
  readonly #server: string;

  private constructor(name: string, page: Page, server: string) {
    super(name, page);
    this.page = page;
    this.#server = server;
  }

  /** @param address the test page; @param server base address, or that of a proxy before it */
  static async open(name: string, page: Page, address: string, server: string): Promise<SdkPerson> {
    await page.goto(address);
    await page.waitForFunction(() => window.seat !== undefined);
    return new SdkPerson(name, page, server);
  }

  async join(roomCode: string): Promise<void> {
    await this.page.evaluate(([server, code, name]) => window.seat.join(server, code, name), [
      this.#server,
      roomCode,
      this.name,
    ] as const);
  }

  async leave(): Promise<void> {
    await this.page.evaluate(() => window.seat.leave());
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.page.evaluate((value) => window.seat.setMicrophone(value), on);
  }

  async setCamera(on: boolean): Promise<void> {
    await this.page.evaluate((value) => window.seat.setCamera(value), on);
  }

  async setScreen(on: boolean): Promise<void> {
    await this.page.evaluate((value) => window.seat.setScreen(value), on);
  }

  async say(text: string): Promise<void> {
    await this.page.evaluate((value) => window.seat.say(value), text);
  }

  view(): Promise<SeatView> {
    return this.page.evaluate(() => window.seat.view());
  }
}

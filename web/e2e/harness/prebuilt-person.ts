import type { Page } from 'playwright-core';
import type { SeatView } from '../pages/seat.js';
import { Person } from './person.js';
import { readPrebuilt } from './prebuilt-view.js';
import { until } from './until.js';

const JOIN_MS = 20_000;

/** A person in the prebuilt page, who clicks and reads as people do. */
export class PrebuiltPerson extends Person {
  readonly page: Page;
  readonly #server: string;

  /** @param server base address, or that of a proxy before it */
  constructor(name: string, page: Page, server: string) {
    super(name, page);
    this.page = page;
    this.#server = server;
  }

  /** Opens the page before the room and waits until it could be entered. */
  async preview(roomCode: string): Promise<void> {
    await this.page.goto(`${this.#server}/preview/${roomCode}`);
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(this.name);
    await until(() => this.page.getByRole('button', { name: 'Join Now' }).isEnabled(), {
      what: `${this.name} can join`,
      withinMs: JOIN_MS,
    });
  }

  async enter(): Promise<void> {
    await this.page.getByRole('button', { name: 'Join Now' }).click();
    await this.page.getByRole('toolbar', { name: 'Call controls' }).waitFor({ timeout: JOIN_MS });
    await this.page.getByRole('button', { name: /^Chat/ }).click();
  }

  async join(roomCode: string): Promise<void> {
    await this.preview(roomCode);
    await this.enter();
  }

  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: 'Leave', exact: true }).click();
    await this.page.getByRole('button', { name: 'Leave Session' }).click();
    await this.page.getByText('You left the room').waitFor();
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
    await this.page.getByRole('textbox', { name: 'Message' }).fill(text);
    await this.page.getByRole('button', { name: 'Send' }).click();
  }

  view(): Promise<SeatView> {
    return this.page.evaluate(readPrebuilt, this.name);
  }

  /** Toggles tell their state by `aria-pressed`. */
  async #press(label: string, on: boolean): Promise<void> {
    const button = this.page.getByRole('button', { name: label, exact: true });
    if ((await button.getAttribute('aria-pressed')) !== String(on)) await button.click();
    await until(async () => (await button.getAttribute('aria-pressed')) === String(on), {
      what: `${label} of ${this.name} is ${on ? 'on' : 'off'}`,
    });
  }
}

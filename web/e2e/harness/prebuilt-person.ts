import type { Page } from 'playwright-core';
import type { SeatView } from '../pages/seat.js';
import { Person } from './person.js';
import { until } from './until.js';

const JOIN_MS = 20_000;

/** A person in the prebuilt page, who clicks and reads as people do. */
export class PrebuiltPerson extends Person {
  readonly #server: string;

  /** @param server base address, or that of a proxy before it */
  constructor(name: string, page: Page, server: string) {
    super(name, page);
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
    return this.page.evaluate((ownName) => {
      const all = (selector: string, inside: ParentNode = document) => [...inside.querySelectorAll(selector)];
      const shares = (name: string, isLocal: boolean) =>
        isLocal
          ? document.body.textContent.includes('You are sharing your screen')
          : all('figure[data-track-id]').some(
              (screen) => screen.getAttribute('aria-label') === `Screen of ${name}`,
            );
      const inside = all('[role=toolbar]').length > 0;
      const repairing = document.body.textContent.includes('Reconnecting');
      return {
        connection: !inside ? 'out' : repairing ? 'repairing' : 'in',
        peers: all('li[data-peer-id].stoa-tile').map((tile) => {
          const [title = '', ...marks] = (tile.getAttribute('aria-label') ?? '').split(', ');
          const name = title.replace(/ \(You\)$/, '');
          const isLocal = name !== title;
          return {
            name,
            isLocal,
            microphone: !marks.includes('microphone off'),
            camera: all('video', tile).length > 0,
            screen: shares(name, isLocal),
          };
        }),
        messages: all('[role=log] li').map((message) => {
          const from = message.querySelector('b')?.textContent ?? '';
          return {
            from: from === 'You' ? ownName : from,
            text: message.querySelector('p:last-of-type')?.textContent ?? '',
          };
        }),
      };
    }, this.name);
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

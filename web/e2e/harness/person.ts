import type { SeatPeer, SeatView } from '../pages/seat.js';
import type { Moments, StreamStats } from './probe.js';
import { until } from './until.js';

/** Chromium starts small while the machine is busy, and grows in steps of several seconds. */
const FULL_SIZE_MS = 45_000;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The page of any driver. */
export interface Evaluates {
  evaluate<R>(work: () => R | Promise<R>): Promise<R>;
}

/** A person in a room, whichever page is used: what the tests do and see. */
export abstract class Person {
  readonly name: string;
  readonly #page: Evaluates;

  protected constructor(name: string, page: Evaluates) {
    this.name = name;
    this.#page = page;
  }

  abstract join(roomCode: string): Promise<void>;
  abstract leave(): Promise<void>;
  abstract setMicrophone(on: boolean): Promise<void>;
  abstract setCamera(on: boolean): Promise<void>;
  abstract setScreen(on: boolean): Promise<void>;
  abstract say(text: string): Promise<void>;
  abstract view(): Promise<SeatView>;

  streams(): Promise<StreamStats[]> {
    return this.#page.evaluate(() => window.stoaProbe.streams());
  }

  moments(): Promise<Moments> {
    return this.#page.evaluate(() => window.stoaProbe.moments());
  }

  /** Changes with every load of the page. */
  loadedAt(): Promise<number> {
    return this.#page.evaluate(() => performance.timeOrigin);
  }

  #media(): Promise<unknown> {
    return this.#page.evaluate(async () => [window.stoaProbe.states(), await window.stoaProbe.streams()]);
  }

  async peer(name: string): Promise<SeatPeer | undefined> {
    return (await this.view()).peers.find((peer) => peer.name === name);
  }

  /**
   * Received videos whose decoded frames are growing now, at least so many of them; of that size when one is given.
   */
  async sees(
    count: number,
    size?: Size,
    withinMs = size === undefined ? 20_000 : FULL_SIZE_MS,
  ): Promise<StreamStats[]> {
    const before = new Map((await this.streams()).map((stream) => [stream.id, stream.frames]));
    return until(
      async () => {
        const moving = (await this.streams()).filter(
          (stream) =>
            stream.direction === 'in' &&
            stream.kind === 'video' &&
            (size === undefined || (stream.width === size.width && stream.height === size.height)) &&
            stream.frames >= (before.get(stream.id) ?? 0) + 5,
        );
        return moving.length >= count ? moving : undefined;
      },
      {
        what: `${this.name} sees ${count} moving pictures${size ? ` of ${size.width} x ${size.height}` : ''}`,
        withinMs,
        otherwise: () => this.#media(),
      },
    );
  }

  /** Received voices whose energy is growing now, at least so many. */
  async hears(count: number, withinMs = 20_000): Promise<StreamStats[]> {
    const before = new Map((await this.streams()).map((stream) => [stream.id, stream.energy]));
    return until(
      async () => {
        const sounding = (await this.streams()).filter(
          (stream) =>
            stream.direction === 'in' &&
            stream.kind === 'audio' &&
            stream.energy > (before.get(stream.id) ?? 0) + 1e-3,
        );
        return sounding.length >= count ? sounding : undefined;
      },
      { what: `${this.name} hears ${count} voices`, withinMs, otherwise: () => this.#media() },
    );
  }

  /** No received picture of those has a new frame for a second. */
  async seesNothingNew(withinMs = 10_000): Promise<void> {
    let frames = -1;
    let since = performance.now();
    await until(
      async () => {
        const now = (await this.streams())
          .filter((stream) => stream.direction === 'in' && stream.kind === 'video')
          .reduce((sum, stream) => sum + stream.frames, 0);
        if (now !== frames) {
          frames = now;
          since = performance.now();
        }
        return performance.now() - since > 1_000;
      },
      { what: `the pictures of ${this.name} stand still`, withinMs },
    );
  }

  async shows(
    name: string,
    state: Partial<Pick<SeatPeer, 'microphone' | 'camera' | 'screen'>>,
    withinMs = 5_000,
  ): Promise<void> {
    await until(
      async () => {
        const peer = await this.peer(name);
        return (
          peer !== undefined && Object.entries(state).every(([key, value]) => peer[key as 'camera'] === value)
        );
      },
      { what: `${this.name} shows ${name} with ${JSON.stringify(state)}`, withinMs },
    );
  }

  async meets(name: string, withinMs = 10_000): Promise<void> {
    await until(() => this.peer(name), { what: `${this.name} shows ${name}`, withinMs });
  }

  async misses(name: string, withinMs: number): Promise<void> {
    await until(async () => (await this.peer(name)) === undefined, {
      what: `${this.name} no longer shows ${name}`,
      withinMs,
    });
  }

  async reads(text: string, from: string, withinMs = 5_000): Promise<void> {
    await until(
      async () =>
        (await this.view()).messages.some((message) => message.text === text && message.from === from),
      { what: `${this.name} reads "${text}" of ${from}`, withinMs },
    );
  }

  async isConnected(connection: SeatView['connection'], withinMs = 20_000): Promise<void> {
    await until(async () => (await this.view()).connection === connection, {
      what: `${this.name} is ${connection}`,
      withinMs,
    });
  }
}

import { type Clock, sleep } from '../env.js';

/** A connection that is not connected for so long after any change counts as broken. */
export const TROUBLE_AFTER_MS = 5_000;
/** Time for its repair; then the session is over. */
export const MEDIA_BUDGET_MS = 60_000;

/** Wait before the n-th restart (from 0). */
export const restartDelayMs = (n: number, random: () => number): number =>
  n === 0 ? 0 : Math.min(4_000, 1_000 * 2 ** (n - 1)) + random() * 500;

export interface IceWatchHandlers {
  /** Tries to repair; absent where the server repairs. */
  restart?(): Promise<unknown>;
  trouble(on: boolean): void;
  /** Not repaired in time. */
  dead(): void;
}

/** Watches one peer connection: notices that it broke, has it repaired, gives up after 60 s. */
export class IceWatch {
  readonly #env: { readonly clock: Clock; random(): number };
  readonly #on: IceWatchHandlers;
  #connected = false;
  #inTrouble = false;
  #stopped = false;
  #cancelTimer: (() => void) | undefined;
  #cancelDeadline = () => {};

  constructor(env: { readonly clock: Clock; random(): number }, handlers: IceWatchHandlers) {
    this.#env = env;
    this.#on = handlers;
  }

  /** To be told every change of the connection's state. */
  changed(state: RTCPeerConnectionState): void {
    if (this.#stopped || state === 'new' || state === 'closed') return;
    this.#connected = state === 'connected';
    if (this.#connected) return this.#recovered();
    if (state === 'failed') return this.#broken();
    this.#cancelTimer ??= this.#env.clock.after(TROUBLE_AFTER_MS, () => this.#broken());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelDeadline();
  }

  #recovered(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#cancelDeadline();
    if (!this.#inTrouble) return;
    this.#inTrouble = false;
    this.#on.trouble(false);
  }

  #broken(): void {
    if (this.#inTrouble || this.#stopped) return;
    this.#inTrouble = true;
    this.#on.trouble(true);
    this.#cancelDeadline = this.#env.clock.after(MEDIA_BUDGET_MS, () => {
      this.stop();
      this.#on.dead();
    });
    void this.#repair();
  }

  async #repair(): Promise<void> {
    for (let n = 0; this.#on.restart !== undefined; n++) {
      await sleep(this.#env.clock, restartDelayMs(n, this.#env.random));
      if (this.#stopped || !this.#inTrouble) return;
      await this.#on.restart();
      if (this.#stopped || !this.#inTrouble) return;
    }
  }
}

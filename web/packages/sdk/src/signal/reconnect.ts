import { type Clock, sleep } from '../env.js';
import type { SessionFailure } from '../failures.js';

/** Wait before each attempt. */
export const RETRY_EVERY_MS = 1_000;
/** Time for repairs from the first loss; then the session is over. */
export const BUDGET_MS = 60_000;

export interface ReconnectPort {
  isOpen(): boolean;
  /** Init and a new socket. A failure means that the server does not want this peer any more. */
  open(): Promise<'open' | 'retry' | SessionFailure>;
  /** Brings the server up to date over the open socket; false when that failed or the socket was lost meanwhile. */
  resume(): Promise<boolean>;
  started(): void;
  restored(): void;
  ended(failure: SessionFailure): void;
}

/** Brings the signal back: one attempt a second, 60 s at most, always the same peer. */
export class Reconnect {
  readonly #clock: Clock;
  readonly #port: ReconnectPort;
  #running = false;
  #stopped = false;

  constructor(clock: Clock, port: ReconnectPort) {
    this.#clock = clock;
    this.#port = port;
  }

  /** Tells that the socket was lost. Also fine while repairing: the running attempt sees it by itself. */
  lost(): void {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    this.#port.started();
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    const deadline = this.#clock.now() + BUDGET_MS;
    for (;;) {
      await sleep(this.#clock, RETRY_EVERY_MS);
      if (this.#stopped) return;
      const outcome = await this.#attempt();
      if (this.#stopped) return;
      if (outcome === 'restored') {
        this.#running = false;
        return this.#port.restored();
      }
      if (outcome !== 'retry') return this.#port.ended(outcome);
      if (this.#clock.now() >= deadline) {
        return this.#port.ended({ code: 'signal-lost', message: 'no connection for 60 s' });
      }
    }
  }

  async #attempt(): Promise<'restored' | 'retry' | SessionFailure> {
    if (!this.#port.isOpen()) {
      const opened = await this.#port.open();
      if (opened !== 'open') return opened;
    }
    const resumed = await this.#port.resume();
    return resumed && this.#port.isOpen() ? 'restored' : 'retry';
  }
}

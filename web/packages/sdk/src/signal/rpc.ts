import {
  type ClientNotifications,
  type Notification,
  parseFrame,
  type RequestMethod,
  type Requests,
  type Results,
  results,
} from '@stoa/protocol';
import type { Env, Socket, SocketHandlers } from '../env.js';
import { LOST, type Outcome } from './outcome.js';

/** Time from an answered ping to the next. */
export const PING_EVERY_MS = 3_000;
/** Silence after which the signal counts as lost. Any message ends the silence. */
export const SILENCE_MS = 12_000;

export interface RpcHandlers {
  notification(notification: Notification): void;
  /** The open socket is gone; not called after `close`. */
  lost(): void;
  /** A message broke the protocol and was dropped. */
  dropped(reason: string): void;
  unknown(method: string): void;
}

interface Pending {
  readonly method: RequestMethod;
  resolve(outcome: Outcome<unknown>): void;
}

const lost = { ok: false, code: LOST, message: 'connection lost' } as const;

/** JSON-RPC over one socket at a time. Survives its sockets: `open` may be called again after `lost`. */
export class Rpc {
  readonly #env: Pick<Env, 'clock' | 'newId' | 'openSocket'>;
  readonly #on: RpcHandlers;
  readonly #pending = new Map<string, Pending>();
  #socket: Socket | undefined;
  #open = false;
  /** Tells the outcome of `open` while it is under way. */
  #opening: ((open: boolean) => void) | undefined;
  #shut = false;
  #pingId: string | undefined;
  #cancelPing = () => {};
  #cancelSilence = () => {};
  #waiters: ((open: boolean) => void)[] = [];

  constructor(env: Pick<Env, 'clock' | 'newId' | 'openSocket'>, handlers: RpcHandlers) {
    this.#env = env;
    this.#on = handlers;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Opens a socket in place of the former one; false when it could not be opened. */
  open(url: string): Promise<boolean> {
    this.#drop();
    if (this.#shut) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#opening = resolve;
      const mine = () => this.#socket === socket;
      const socket = this.#connect(url, {
        opened: () => {
          if (!mine()) return;
          this.#opening = undefined;
          this.#opened();
          resolve(true);
        },
        message: (data) => {
          if (mine()) this.#message(data);
        },
        closed: () => {
          if (mine()) this.#lose();
        },
      });
      if (socket === undefined) return this.#drop();
      this.#socket = socket;
      // A handshake that nobody answers must not hold up the retries.
      this.#cancelSilence = this.#env.clock.after(SILENCE_MS, () => {
        if (mine()) this.#lose();
      });
    });
  }

  /** The browser refuses addresses it does not like, such as an insecure one on a secure page. */
  #connect(url: string, handlers: SocketHandlers): Socket | undefined {
    try {
      return this.#env.openSocket(url, handlers);
    } catch {
      this.#on.dropped('the browser refused the socket address');
      return undefined;
    }
  }

  /** Waits for the next open socket; false once shut for good. */
  whenOpen(): Promise<boolean> {
    if (this.#open || this.#shut) return Promise.resolve(this.#open);
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  request<M extends RequestMethod>(method: M, params: Requests[M]): Promise<Outcome<Results[M]>> {
    if (!this.#open) return Promise.resolve(lost);
    return this.#send(this.#env.newId(), method, params) as Promise<Outcome<Results[M]>>;
  }

  /** Says something without an answer; lost when the socket is. */
  notify<M extends keyof ClientNotifications>(method: M, params: ClientNotifications[M]): void {
    if (this.#open) this.#socket?.send(JSON.stringify({ method, params }));
  }

  /** Treats the socket as lost without waiting for silence, for example when the browser went offline. */
  giveUpSocket(): void {
    if (this.#open) this.#lose();
  }

  /** Closes for good. */
  close(code: number, reason: string): void {
    this.#shut = true;
    const socket = this.#socket;
    this.#drop();
    socket?.close(code, reason);
    this.#wake(false);
  }

  #send(id: string, method: RequestMethod, params: unknown): Promise<Outcome<unknown>> {
    return new Promise((resolve) => {
      this.#pending.set(id, { method, resolve });
      this.#socket?.send(JSON.stringify({ method, params, id, jsonrpc: '2.0' }));
    });
  }

  #opened(): void {
    this.#open = true;
    this.#heard();
    this.#ping();
    this.#wake(true);
  }

  #wake(open: boolean): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake(open);
  }

  #heard(): void {
    this.#cancelSilence();
    this.#cancelSilence = this.#env.clock.after(SILENCE_MS, () => this.#lose());
  }

  #ping(): void {
    this.#pingId = this.#env.newId();
    void this.#send(this.#pingId, 'ping', { timestamp: Date.now() });
  }

  #message(data: unknown): void {
    if (!this.#open) return;
    this.#heard();
    const frame = parseFrame(data);
    switch (frame.kind) {
      case 'result':
        return this.#settle(frame.id, { ok: true, value: frame.result });
      case 'error':
        return this.#settle(frame.id, { ok: false, code: frame.code, message: frame.message });
      case 'notification':
        return this.#on.notification(frame.notification);
      case 'unknown-method':
        return this.#on.unknown(frame.method);
      case 'bad':
        return this.#on.dropped(frame.reason);
    }
  }

  #settle(id: string, outcome: Outcome<unknown>): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return this.#on.dropped('answer to nothing');
    this.#pending.delete(id);
    if (id === this.#pingId) {
      this.#cancelPing = this.#env.clock.after(PING_EVERY_MS, () => this.#ping());
      return;
    }
    pending.resolve(this.#checked(pending.method, outcome));
  }

  #checked(method: RequestMethod, outcome: Outcome<unknown>): Outcome<unknown> {
    if (!outcome.ok) return outcome;
    const reason = results[method](outcome.value, 'result');
    if (reason === undefined) return outcome;
    this.#on.dropped(`${method}: ${reason}`);
    return { ok: false, code: 0, message: reason };
  }

  /** Forgets the socket; what waits for an answer is told that it will not come. */
  #drop(): void {
    this.#open = false;
    this.#socket = undefined;
    this.#cancelPing();
    this.#cancelSilence();
    this.#opening?.(false);
    this.#opening = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { resolve } of pending) resolve(lost);
  }

  #lose(): void {
    const socket = this.#socket;
    const wasOpen = this.#open;
    this.#drop();
    socket?.close(1000, 'Lost');
    if (wasOpen && !this.#shut) this.#on.lost();
  }
}

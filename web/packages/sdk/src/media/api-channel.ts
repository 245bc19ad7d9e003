import {
  type ChannelMethod,
  type ChannelRequests,
  type Layer,
  type Notification,
  parseFrame,
} from '@stoa/protocol';
import type { Clock } from '../env.js';
import { ATTEMPTS, isTemporary, retryDelayMs } from '../signal/outcome.js';

/** First repeat on a channel that has not answered yet: its first message may get lost in the set-up. */
export const FRESH_REPEAT_MS = 500;
/** Repeat of an unanswered request. */
export const REPEAT_MS = 10_000;

type Env = { readonly clock: Clock; random(): number; newId(): string };
type Port = Pick<RTCDataChannel, 'readyState' | 'send'>;

interface Request {
  readonly id: string;
  /** The same bytes are sent each time. */
  readonly text: string;
  sent: number;
  cancel: () => void;
}

export interface ChannelHandlers {
  notification(notification: Notification): void;
  dropped(reason: string): void;
  unknown(method: string): void;
}

/**
 * Preferences of this subscriber, told over the data channel `ion-sfu`. Only the newest preference per track
 * counts; all of them are told again when a new channel opens.
 */
export class ApiChannel {
  readonly #env: Env;
  readonly #on: ChannelHandlers;
  #port: Port | undefined;
  #answered = false;
  readonly #wanted = new Map<string, { method: ChannelMethod; params: ChannelRequests[ChannelMethod] }>();
  readonly #running = new Map<string, Request>();

  constructor(env: Env, handlers: ChannelHandlers) {
    this.#env = env;
    this.#on = handlers;
  }

  /** A channel opened. */
  attach(port: Port): void {
    this.detach();
    this.#port = port;
    this.#answered = false;
    for (const key of this.#wanted.keys()) this.#start(key);
  }

  /** The channel is gone; what was wanted is kept for the next one. */
  detach(): void {
    this.#port = undefined;
    for (const key of [...this.#running.keys()]) this.#stop(key);
  }

  preferLayer(trackId: string, layer: Layer): void {
    this.#want('prefer-video-track-state', { track_id: trackId, max_spatial_layer: layer });
  }

  preferAudio(trackId: string, subscribed: boolean): void {
    this.#want('prefer-audio-track-state', { track_id: trackId, subscribed });
  }

  /** The track is gone for good. */
  forget(trackId: string): void {
    for (const method of ['prefer-video-track-state', 'prefer-audio-track-state'] as const) {
      this.#stop(`${method} ${trackId}`);
      this.#wanted.delete(`${method} ${trackId}`);
    }
  }

  message(data: unknown): void {
    const frame = parseFrame(data);
    switch (frame.kind) {
      case 'result':
        return this.#settle(frame.id, undefined);
      case 'error':
        return this.#settle(frame.id, frame.code);
      case 'notification':
        return this.#on.notification(frame.notification);
      case 'unknown-method':
        return this.#on.unknown(frame.method);
      case 'bad':
        return this.#on.dropped(frame.reason);
    }
  }

  #want<M extends ChannelMethod>(method: M, params: ChannelRequests[M]): void {
    const key = `${method} ${params.track_id}`;
    this.#wanted.set(key, { method, params });
    this.#stop(key);
    this.#start(key);
  }

  #start(key: string): void {
    const wanted = this.#wanted.get(key);
    if (wanted === undefined || this.#port?.readyState !== 'open') return;
    const id = this.#env.newId();
    const text = JSON.stringify({ id, jsonrpc: '2.0', method: wanted.method, params: wanted.params });
    const request: Request = { id, text, sent: 0, cancel: () => {} };
    this.#running.set(key, request);
    this.#send(key, request);
  }

  #send(key: string, request: Request): void {
    if (this.#port?.readyState !== 'open' || request.sent >= ATTEMPTS) return this.#stop(key);
    this.#port.send(request.text);
    request.sent++;
    const wait = this.#answered || request.sent > 1 ? REPEAT_MS : FRESH_REPEAT_MS;
    request.cancel = this.#env.clock.after(wait, () => this.#send(key, request));
  }

  #settle(id: string, error: number | undefined): void {
    this.#answered = true;
    const found = [...this.#running].find(([, request]) => request.id === id);
    if (found === undefined) return;
    const [key, request] = found;
    if (error === undefined || !isTemporary(error)) return this.#stop(key);
    request.cancel();
    request.cancel = this.#env.clock.after(retryDelayMs(this.#env.random), () => this.#send(key, request));
  }

  #stop(key: string): void {
    this.#running.get(key)?.cancel();
    this.#running.delete(key);
  }
}

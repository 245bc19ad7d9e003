import type { Notification } from '@stoa/protocol';
import { request } from './actions.js';
import type { Credentials, JoinOptions, PreviewOptions, StoaEvent } from './api.js';
import { exchangeRoomCode, readToken } from './entry/token.js';
import type { Env } from './env.js';
import { failed, type JoinFailure, ok, type RequestFailure, type Result } from './failures.js';
import type { LocalSources } from './local/local-media.js';
import type { MediaTable } from './media/media-table.js';
import { momentsOf, muteOrders } from './moments.js';
import { watchPage } from './page.js';
import { Session } from './session/session.js';
import type { Event } from './state/events.js';
import { selectLocalPeer } from './state/selectors.js';
import type { LeaveReason } from './state/state.js';
import type { WritableStore } from './state/store.js';

type Joined = Result<void, JoinFailure>;

const cancelled = failed<JoinFailure>({ code: 'cancelled', message: 'left before it was complete' });
const already = failed<JoinFailure>({ code: 'already-joined', message: 'leave the present room first' });

export interface LifeOptions {
  readonly env: Env;
  /** Origin of the server. */
  endpoint(): string;
  readonly store: WritableStore<Event>;
  readonly media: MediaTable;
  emit(event: StoaEvent): void;
  /** The seat is empty: whatever belonged to it has to be forgotten. */
  emptied(): void;
}

/** Getting in, being in, getting out: one session at a time. */
export class Life {
  readonly counters = { droppedMessages: 0, unknownMessages: 0, lastDrop: '', reconnects: 0 };
  readonly #options: LifeOptions;
  readonly #store: WritableStore<Event>;
  #local: LocalSources | undefined;
  #session: Session | undefined;
  /** Grows with every attempt to get in or out, so that one that was overtaken notices. */
  #turn = 0;
  #unwatchPage = () => {};

  constructor(options: LifeOptions) {
    this.#options = options;
    this.#store = options.store;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** The local sources need the session of this life, and the life needs them. */
  use(local: LocalSources): void {
    this.#local = local;
  }

  async preview(options: PreviewOptions): Promise<Joined> {
    const entered = await this.#enter(options);
    if (!entered.ok) return entered;
    if (options.name !== undefined) this.#store.dispatch({ type: 'local-peer', name: options.name });
    this.#store.dispatch({ type: 'connection', connection: { status: 'preview' } });
    void this.#local?.start(options);
    return ok(undefined);
  }

  async join(options: JoinOptions): Promise<Joined> {
    let session = this.#session;
    if (this.#store.get().connection.status !== 'preview' || session === undefined) {
      const credentials = credentialsOf(options);
      if (credentials === undefined) {
        return failed({ code: 'token-invalid', message: 'neither token nor room code' });
      }
      const entered = await this.#enter(credentials);
      if (!entered.ok) return entered;
      session = entered.value;
      void this.#local?.start(options);
    }
    const { name, metadata = '' } = options;
    this.#store.dispatch({ type: 'local-peer', name, metadata });
    this.#store.dispatch({ type: 'connection', connection: { status: 'joining' } });
    const joined = await session.join({ name, metadata });
    if (session !== this.#session) return cancelled;
    if (!joined.ok) {
      this.#vacate({ type: 'unseated' });
      return joined;
    }
    this.#store.dispatch({ type: 'connection', connection: { status: 'connected' } });
    void this.#local?.publish();
    return joined;
  }

  leave(): void {
    this.#turn++;
    this.#session?.leave();
    const { status } = this.#store.get().connection;
    if (status !== 'idle' && status !== 'left') this.#vacate({ type: 'left', reason: { kind: 'user' } });
  }

  async endRoom(lock: boolean, reason: string): Promise<Result<void, RequestFailure>> {
    const result = await request(this.#session, 'end-room', { lock, reason });
    if (!result.ok) return result;
    this.leave();
    return ok(undefined);
  }

  async #enter(credentials: Credentials): Promise<Result<Session, JoinFailure>> {
    const { status } = this.#store.get().connection;
    if (status !== 'idle' && status !== 'left') return already;
    const turn = ++this.#turn;
    this.#store.dispatch({ type: 'connection', connection: { status: 'connecting' } });
    const seated = await this.#takeSeat(credentials, turn);
    const result = seated.ok ? await seated.value.connect() : seated;
    if (turn !== this.#turn) return cancelled;
    if (seated.ok && result.ok) return seated;
    this.#vacate({ type: 'unseated' });
    return result.ok ? cancelled : result;
  }

  async #takeSeat(credentials: Credentials, turn: number): Promise<Result<Session, JoinFailure>> {
    const { env, endpoint } = this.#options;
    const token = await this.#tokenOf(credentials);
    if (turn !== this.#turn) return cancelled;
    if (!token.ok) return token;
    const claims = readToken(token.value);
    if (claims === undefined) return failed({ code: 'token-invalid', message: 'this is no token' });
    const peerId = env.newId();
    const { userId, roomId } = claims;
    this.#store.dispatch({ type: 'seat-taken', peerId, userId, roomId });
    const session: Session = new Session(
      env,
      { endpoint: endpoint(), token: token.value, peerId },
      this.#handlers(() => session === this.#session),
    );
    this.#session = session;
    this.#unwatchPage = watchPage(env.mediaDevices, {
      hidden: () => this.leave(),
      offline: () => session.offline(),
      devicesChanged: () => void this.#local?.refreshDevices(),
    });
    return ok(session);
  }

  async #tokenOf(credentials: Credentials): Promise<Result<string, JoinFailure>> {
    if ('token' in credentials) return ok(credentials.token);
    const { roomCode, userId } = credentials;
    return exchangeRoomCode(this.#options.env, this.#options.endpoint(), roomCode, userId);
  }

  /** `current` says whether the session still is the one of this life. */
  #handlers(current: () => boolean): ConstructorParameters<typeof Session>[2] {
    return {
      notification: (notification) => {
        if (current()) this.#notified(notification);
      },
      flags: (flags) => this.#store.dispatch({ type: 'flags', flags }),
      media: (trackId, track) => {
        if (!current()) return;
        this.#options.media.set(trackId, track);
        this.#store.dispatch({ type: 'track-live', trackId, live: track !== undefined });
      },
      trouble: (what, on) => {
        if (what === 'signal' && !on) this.counters.reconnects++;
        this.#store.dispatch({ type: 'trouble', what, on });
      },
      migrated: () => void this.#local?.migrated(),
      dropped: (reason) => {
        this.counters.droppedMessages++;
        this.counters.lastDrop = reason;
      },
      unknown: () => {
        this.counters.unknownMessages++;
      },
      ended: (reason: LeaveReason) => {
        if (current()) this.#vacate({ type: 'left', reason });
      },
    };
  }

  #notified(notification: Notification): void {
    const before = this.#store.get();
    this.#store.dispatch({ type: 'notification', notification });
    const moments = momentsOf(notification, before);
    if (moments.some((moment) => moment.type === 'role-changed')) void this.#local?.roleChanged();
    for (const moment of moments) this.#options.emit(moment);
    for (const { track, mute, by } of muteOrders(notification, before)) {
      if (track.muted === mute) continue;
      const whose = by === undefined ? {} : { by };
      if (mute) void this.#local?.mute(track.id);
      const type = mute ? 'muted-by' : 'unmute-requested';
      this.#options.emit({ type, trackId: track.id, ...whose });
    }
  }

  #vacate(event: Extract<Event, { type: 'left' | 'unseated' }>): void {
    const peer = this.#store.select(selectLocalPeer);
    this.#session = undefined;
    this.#unwatchPage();
    this.#local?.release();
    if (peer !== undefined || event.type === 'left') this.#options.emptied();
    this.#store.dispatch(event);
  }
}

function credentialsOf(options: JoinOptions): Credentials | undefined {
  if ('token' in options && options.token !== undefined) return { token: options.token };
  if (!('roomCode' in options) || options.roomCode === undefined) return undefined;
  const { roomCode, userId } = options;
  return { roomCode, ...(userId === undefined ? {} : { userId }) };
}

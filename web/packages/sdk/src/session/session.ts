import type {
  Notification,
  Notifications,
  RequestMethod,
  Requests,
  Results,
  WireTrack,
} from '@stoa/protocol';
import { fetchInit, rtcConfiguration, type Seat, socketUrl } from '../entry/init.js';
import { type Env, sleep } from '../env.js';
import { failed, type JoinFailure, ok, type Result, type SessionFailure } from '../failures.js';
import { ApiChannel } from '../media/api-channel.js';
import type { Publication } from '../media/publisher.js';
import { ATTEMPTS, isTemporary, LOST, type Outcome, retryDelayMs, withRetries } from '../signal/outcome.js';
import { RETRY_EVERY_MS, Reconnect } from '../signal/reconnect.js';
import { Rpc } from '../signal/rpc.js';
import type { LeaveReason, Trouble } from '../state/state.js';
import { joinFailure, leaveReason } from './endings.js';
import { MediaLink } from './media-link.js';

/** Time for the first connection: a user waits before a page that says nothing. */
export const CONNECT_BUDGET_MS = 15_000;
/** Time for the roles to arrive on a new socket. */
export const POLICY_WAIT_MS = 10_000;

export interface SessionHandlers {
  /** From the socket or the data channel, before the session itself acts on it. */
  notification(notification: Notification): void;
  flags(flags: readonly string[]): void;
  media(trackId: string, track: MediaStreamTrack | undefined): void;
  trouble(what: Trouble, on: boolean): void;
  /** The media connections are new: local tracks have to be published again. */
  migrated(): void;
  dropped(reason: string): void;
  unknown(method: string): void;
  /** A session that was in preview or joined is over. Not called for `leave`. */
  ended(reason: LeaveReason): void;
}

export interface Person {
  readonly name: string;
  readonly metadata: string;
}

type Opened = 'open' | 'retry' | JoinFailure;
const cancelled: JoinFailure = { code: 'cancelled', message: 'left before the join was complete' };

/** One seat at the server, from the first `/init` to the leave: the signal, the media link, and their repair. */
export class Session {
  readonly channel: ApiChannel;
  readonly #env: Env;
  readonly #seat: Seat;
  readonly #on: SessionHandlers;
  readonly #rpc: Rpc;
  readonly #reconnect: Reconnect;
  #phase: 'connecting' | 'preview' | 'joining' | 'joined' | 'ended' = 'connecting';
  #refusal: JoinFailure = cancelled;
  #rtc: RTCConfiguration = {};
  #flags: readonly string[] = [];
  #nodeId: string | undefined;
  #link: MediaLink | undefined;
  #awaitingPolicy: (() => void) | undefined;
  /** The roles came over the present socket. */
  #policyCame = false;
  #onLost: (() => void)[] = [];

  constructor(env: Env, seat: Seat, handlers: SessionHandlers) {
    this.#env = env;
    this.#seat = seat;
    this.#on = handlers;
    this.#rpc = new Rpc(env, {
      notification: (notification) => this.#notified(notification),
      lost: () => this.#lost(),
      dropped: (reason) => handlers.dropped(reason),
      unknown: (method) => handlers.unknown(method),
    });
    this.channel = new ApiChannel(env, {
      notification: (notification) => this.#notifiedByMedia(notification),
      dropped: (reason) => handlers.dropped(reason),
      unknown: (method) => handlers.unknown(method),
    });
    this.#reconnect = new Reconnect(env.clock, {
      isOpen: () => this.#rpc.isOpen,
      open: () => this.#reopen(),
      resume: () => this.#resume(),
      started: () => handlers.trouble('signal', true),
      restored: () => handlers.trouble('signal', false),
      ended: (failure) => this.#fail(failure),
    });
  }

  get joined(): boolean {
    return this.#phase === 'joined';
  }

  get simulcast(): boolean {
    return this.#flags.includes('simulcast');
  }

  /** Init, socket, roles. */
  async connect(): Promise<Result<void, JoinFailure>> {
    const deadline = this.#env.clock.now() + CONNECT_BUDGET_MS;
    for (;;) {
      const opened = await this.#open();
      if (this.#over()) return failed(this.#refusal);
      if (opened === 'open' && (await this.#policyArrives())) {
        this.#phase = 'preview';
        return ok(undefined);
      }
      if (this.#over()) return failed(this.#refusal);
      if (typeof opened === 'object') return this.#abandon(opened);
      if (this.#env.clock.now() >= deadline) {
        return this.#abandon({ code: 'unreachable', message: 'the server does not answer' });
      }
      await sleep(this.#env.clock, RETRY_EVERY_MS);
    }
  }

  /** From preview into the room. */
  async join(person: Person): Promise<Result<void, JoinFailure>> {
    if (this.#phase !== 'preview') {
      return failed(this.#over() ? this.#refusal : { code: 'already-joined', message: 'already joined' });
    }
    if (this.#env.createPeerConnection === undefined) {
      return this.#abandon({ code: 'unsupported-browser', message: 'no WebRTC in this browser' });
    }
    this.#phase = 'joining';
    try {
      this.#link = this.#newLink(this.#env.createPeerConnection);
    } catch (error) {
      return this.#abandon({ code: 'negotiation-failed', message: String(error) });
    }
    const outcome = await this.#joinWithRetries(this.#link, person);
    if (this.#over()) return failed(this.#refusal);
    if (!outcome.ok) return this.#abandon(joinFailure(outcome.code, outcome.message));
    this.#phase = 'joined';
    if (!this.#rpc.isOpen) this.#reconnect.lost();
    return ok(undefined);
  }

  request<M extends RequestMethod>(method: M, params: Requests[M]): Promise<Outcome<Results[M]>> {
    return withRetries(this.#env, () => this.#rpc.request(method, params));
  }

  async publish(publication: Publication): Promise<Outcome<void>> {
    return (await this.#link?.publisher.publish(publication)) ?? notJoined;
  }

  async unpublish(trackId: string): Promise<void> {
    await this.#link?.publisher.unpublish(trackId);
  }

  async replaceTrack(trackId: string, track: MediaStreamTrack | null): Promise<void> {
    await this.#link?.publisher.replace(trackId, track);
  }

  /** Tells the others whether a published track is muted. */
  setMuted(trackId: string, muted: boolean): void {
    const wire = this.#link?.publisher.setMuted(trackId, muted);
    if (wire !== undefined) this.#tellTracks({ [trackId]: wire });
  }

  /** The browser knows that the network is gone. */
  offline(): void {
    this.#rpc.giveUpSocket();
  }

  leave(): void {
    this.#close('user request');
  }

  // --- signal ---

  async #open(): Promise<Opened> {
    const outcome = await fetchInit(this.#env, this.#seat);
    if (this.#over()) return cancelled;
    if (outcome.kind === 'refused') return outcome.failure;
    if (outcome.kind === 'retry') return 'retry';
    this.#rtc = rtcConfiguration(outcome.init);
    this.#flags = outcome.init.config.enabledFlags ?? [];
    this.#on.flags(this.#flags);
    this.#policyCame = false;
    return (await this.#rpc.open(socketUrl(outcome.init, this.#seat))) ? 'open' : 'retry';
  }

  async #reopen(): Promise<'open' | 'retry' | SessionFailure> {
    const opened = await this.#open();
    if (typeof opened === 'string') return opened;
    const status = opened.code === 'refused' ? opened.status : 0;
    return { code: 'ended-by-server', status, message: opened.message };
  }

  #policyArrives(): Promise<boolean> {
    if (this.#policyCame) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (arrived: boolean) => {
        cancel();
        this.#awaitingPolicy = undefined;
        resolve(arrived);
      };
      const cancel = this.#env.clock.after(POLICY_WAIT_MS, () => settle(false));
      this.#awaitingPolicy = () => settle(true);
      this.#onLost.push(() => settle(false));
    });
  }

  #lost(): void {
    const waiting = this.#onLost;
    this.#onLost = [];
    for (const tell of waiting) tell();
    if (this.#phase === 'preview' || this.#phase === 'joined') this.#reconnect.lost();
  }

  /** After a new socket: no second join, the server still has this peer. */
  async #resume(): Promise<boolean> {
    const publisher = this.#link?.publisher;
    if (publisher === undefined) {
      this.#tellTracks({});
      return true;
    }
    const lost = new Promise<Outcome<void>>((resolve) => this.#onLost.push(() => resolve(notJoined)));
    const outcome = await Promise.race([publisher.resync(), lost]);
    if (!outcome.ok) return false;
    this.#tellTracks(publisher.tracks());
    return true;
  }

  #tellTracks(tracks: Readonly<Record<string, WireTrack>>): void {
    this.#rpc.notify('track-update', { tracks });
  }

  // --- join and media ---

  async #joinWithRetries(link: MediaLink, person: Person): Promise<Outcome<void>> {
    let outcome: Outcome<void> = notJoined;
    for (let attempt = 0; attempt < ATTEMPTS && !this.#over(); attempt++) {
      if (!this.#rpc.isOpen) await this.#connectAgain();
      outcome = await link.start((sdp) => this.#requestJoin(person, sdp));
      if (outcome.ok || !isTemporary(outcome.code)) return outcome;
      await sleep(this.#env.clock, outcome.code === LOST ? RETRY_EVERY_MS : retryDelayMs(this.#env.random));
    }
    return outcome;
  }

  /** The socket went away during the join. */
  async #connectAgain(): Promise<void> {
    if ((await this.#open()) === 'open') await this.#policyArrives();
  }

  async #requestJoin(person: Person, sdp: string): Promise<Outcome<string>> {
    const answer = await this.#rpc.request('join', {
      name: person.name,
      data: person.metadata,
      disableVidAutoSub: true,
      server_sub_degrade: this.#flags.includes('subscribeDegradation'),
      simulcast: this.simulcast,
      onDemandTracks: false,
      offer: { type: 'offer', sdp },
    });
    if (!answer.ok) return answer;
    this.#nodeId = answer.value.sfu_node_id;
    return { ok: true, value: answer.value.sdp ?? '' };
  }

  #newLink(createPc: (config: RTCConfiguration) => RTCPeerConnection): MediaLink {
    const signal = {
      offer: (params: Requests['offer']) => this.#rpc.request('offer', params),
      whenOpen: () => this.#rpc.whenOpen(),
      nodeId: () => this.#nodeId,
    };
    return new MediaLink(this.#env, () => createPc(this.#rtc), signal, {
      trickle: (target, candidate) =>
        this.#rpc.notify('trickle', { target, candidate: { candidate: '', ...candidate }, ...this.#node() }),
      answer: (sdp) => this.#rpc.notify('answer', { desc: { type: 'answer', sdp }, ...this.#node() }),
      media: (trackId, track) => this.#on.media(trackId, track),
      channel: (channel) => this.#useChannel(channel),
      trouble: (what, on) => this.#on.trouble(what, on),
      dead: () => this.#fail({ code: 'media-lost', message: 'no media connection for 60 s' }),
      broken: (message) => this.#fail({ code: 'negotiation-failed', message }),
    });
  }

  #node(): { sfu_node_id?: string } {
    return this.#nodeId === undefined ? {} : { sfu_node_id: this.#nodeId };
  }

  #useChannel(channel: RTCDataChannel): void {
    const attach = () => this.channel.attach(channel);
    channel.onopen = attach;
    channel.onmessage = ({ data }) => this.channel.message(data);
    channel.onclose = () => this.channel.detach();
    if (channel.readyState === 'open') attach();
  }

  /** Another media node: both connections anew; socket, peer and roles stay. */
  async #migrate(nodeId: string): Promise<void> {
    const createPc = this.#env.createPeerConnection;
    if (this.#link === undefined || createPc === undefined) return;
    this.#nodeId = nodeId;
    this.#link.close();
    this.channel.detach();
    const link = this.#newLink(createPc);
    this.#link = link;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (!(await this.#rpc.whenOpen()) || this.#link !== link) return;
      const outcome = await link.start((sdp) => this.#offerNothing(sdp));
      if (outcome.ok) return this.#on.migrated();
      await sleep(this.#env.clock, RETRY_EVERY_MS);
    }
    if (this.#link === link) this.#fail({ code: 'media-lost', message: 'the new media node did not answer' });
  }

  async #offerNothing(sdp: string): Promise<Outcome<string>> {
    const answer = await this.#rpc.request('offer', {
      desc: { type: 'offer', sdp },
      tracks: {},
      ...this.#node(),
    });
    return answer.ok ? { ok: true, value: answer.value.sdp } : answer;
  }

  // --- notifications ---

  #notified(notification: Notification): void {
    if (this.#over()) return;
    this.#on.notification(notification);
    const { method, params } = notification;
    if (method === 'on-policy-change') {
      this.#policyCame = true;
      this.#awaitingPolicy?.();
    } else if (method === 'offer') this.#offered(params);
    else if (method === 'trickle') this.#link?.handleTrickle(params);
    else if (method === 'node-info') this.#nodeTold(params.sfu_node_id);
    else if (method === 'on-peer-leave-request') this.#end(leaveReason(params));
    else if (method === 'on-error') {
      this.#refusal = joinFailure(params.code, params.message ?? '');
      this.#fail({ code: 'ended-by-server', status: params.code, message: params.message ?? '' });
    }
  }

  /** Negotiation and endings belong to the socket alone. */
  #notifiedByMedia(notification: Notification): void {
    const { method } = notification;
    if (method === 'offer' || method === 'trickle' || method === 'on-error') {
      this.#on.dropped(`${method} on the data channel`);
    } else this.#notified(notification);
  }

  #offered(offer: Notifications['offer']): void {
    const stale =
      offer.sfu_node_id !== undefined && this.#nodeId !== undefined && offer.sfu_node_id !== this.#nodeId;
    if (!stale) void this.#link?.subscriber.handleOffer(offer);
  }

  #nodeTold(nodeId: string): void {
    if (this.#nodeId === undefined) this.#nodeId = nodeId;
    else if (nodeId !== this.#nodeId) void this.#migrate(nodeId);
  }

  // --- endings ---

  #over(): boolean {
    return this.#phase === 'ended';
  }

  #abandon(failure: JoinFailure): Result<void, JoinFailure> {
    this.#close('sdk request');
    return failed(failure);
  }

  #fail(failure: SessionFailure): void {
    this.#end({ kind: 'failed', failure }, 'sdk request');
  }

  #end(reason: LeaveReason, leaveText?: string): void {
    const established = this.#phase === 'preview' || this.#phase === 'joined';
    this.#close(leaveText);
    if (established) this.#on.ended(reason);
  }

  /** `leaveText` is told to the server, unless it knows already or never let us in. */
  #close(leaveText: string | undefined): void {
    if (this.#over()) return;
    const inRoom = this.#phase === 'joined' || this.#phase === 'joining';
    this.#phase = 'ended';
    if (inRoom && leaveText !== undefined) this.#rpc.notify('leave', { client_reason: leaveText });
    this.#reconnect.stop();
    this.#link?.close();
    this.channel.detach();
    this.#rpc.close(1000, 'Normal Close');
    for (const tell of this.#onLost) tell();
    this.#onLost = [];
  }
}

const notJoined: Outcome<void> = { ok: false, code: LOST, message: 'not joined' };

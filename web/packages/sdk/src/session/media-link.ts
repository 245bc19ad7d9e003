import type { Notifications } from '@stoa/protocol';
import type { Env } from '../env.js';
import { IceWatch } from '../media/ice-watch.js';
import { Publisher, type PublishSignal } from '../media/publisher.js';
import { Subscriber } from '../media/subscriber.js';
import type { Outcome } from '../signal/outcome.js';

/** The two ends of a trickled candidate. */
export const PUBLISH = 0;
export const SUBSCRIBE = 1;
type Target = typeof PUBLISH | typeof SUBSCRIBE;

export interface MediaLinkHandlers {
  trickle(target: Target, candidate: RTCIceCandidateInit): void;
  answer(sdp: string): void;
  media(trackId: string, track: MediaStreamTrack | undefined): void;
  channel(channel: RTCDataChannel): void;
  trouble(what: 'publish' | 'subscribe', on: boolean): void;
  /** Could not be repaired. */
  dead(): void;
  broken(message: string): void;
}

/** The pair of peer connections to one media node, with their watches. A migration makes a new one. */
export class MediaLink {
  readonly publisher: Publisher;
  readonly subscriber: Subscriber;
  readonly #on: MediaLinkHandlers;
  readonly #watches: readonly IceWatch[];
  /** Own candidates, until the first answer says that the server knows us. */
  #held: [Target, RTCIceCandidateInit][] | undefined = [];

  constructor(
    env: Env,
    createPc: () => RTCPeerConnection,
    signal: PublishSignal,
    handlers: MediaLinkHandlers,
  ) {
    this.#on = handlers;
    this.publisher = new Publisher(createPc(), signal, env);
    this.subscriber = new Subscriber(createPc(), {
      answer: (sdp) => handlers.answer(sdp),
      media: (trackId, track) => handlers.media(trackId, track),
      mediaGone: (trackId) => handlers.media(trackId, undefined),
      channel: (channel) => handlers.channel(channel),
      broken: (message) => handlers.broken(message),
    });
    this.#watches = [
      this.#watch(env, 'publish', PUBLISH, async () => {
        if (await signal.whenOpen()) await this.publisher.resync();
      }),
      // The server restarts the subscribe connection; the client can only wait.
      this.#watch(env, 'subscribe', SUBSCRIBE),
    ];
  }

  /** The first offer of the publish connection. */
  async start(send: (sdp: string) => Promise<Outcome<string>>): Promise<Outcome<void>> {
    const outcome = await this.publisher.start(send);
    if (outcome.ok) {
      const held = this.#held ?? [];
      this.#held = undefined;
      for (const [target, candidate] of held) this.#on.trickle(target, candidate);
    }
    return outcome;
  }

  handleTrickle({ target, candidate }: Notifications['trickle']): void {
    const side = target === PUBLISH ? this.publisher : this.subscriber;
    side.candidates.add(candidate as RTCIceCandidateInit);
  }

  close(): void {
    for (const watch of this.#watches) watch.stop();
    this.publisher.close();
    this.subscriber.close();
  }

  #watch(env: Env, what: 'publish' | 'subscribe', target: Target, restart?: () => Promise<void>): IceWatch {
    const { pc } = target === PUBLISH ? this.publisher : this.subscriber;
    const watch = new IceWatch(env, {
      trouble: (on) => this.#on.trouble(what, on),
      dead: () => this.#on.dead(),
      ...(restart === undefined ? {} : { restart }),
    });
    pc.onconnectionstatechange = () => watch.changed(pc.connectionState);
    pc.onicecandidate = ({ candidate }) => {
      if (candidate !== null) this.#found(target, candidate.toJSON());
    };
    return watch;
  }

  #found(target: Target, candidate: RTCIceCandidateInit): void {
    if (this.#held !== undefined) this.#held.push([target, candidate]);
    else this.#on.trickle(target, candidate);
  }
}

import type { CaptureFailure, CaptureKind, Result } from '../failures.js';
import { failed, ok } from '../failures.js';
import { encodingsFor } from '../media/encodings.js';
import type { TrackKind } from '../state/state.js';
import { type LocalContext, roleOf } from './context.js';

/**
 * One track of the local peer: its ids, its entry in the state, its publication. The device behind it may change or
 * be absent while muted; the ids stay until it is withdrawn.
 */
export class LocalTrack {
  readonly id: string;
  readonly stream: MediaStream;
  readonly kind: TrackKind;
  readonly source: string;
  readonly #context: LocalContext;
  #media: MediaStreamTrack | undefined;
  #muted = false;
  #published = false;

  constructor(
    context: LocalContext,
    media: MediaStreamTrack,
    stream: MediaStream,
    source: string,
    id = media.id,
  ) {
    this.#context = context;
    this.#media = media;
    this.id = id;
    this.stream = stream;
    this.kind = media.kind === 'audio' ? 'audio' : 'video';
    this.source = source;
    context.media.set(this.id, media);
    this.#tellState();
  }

  get muted(): boolean {
    return this.#muted;
  }

  get media(): MediaStreamTrack | undefined {
    return this.#media;
  }

  /** Publishes it when there is a room and it is not published yet. */
  async publish(about: CaptureKind): Promise<Result<void, CaptureFailure>> {
    const session = this.#context.session();
    if (this.#published || session?.joined !== true) return ok(undefined);
    this.#published = true;
    const outcome = await session.publish({
      wire: {
        track_id: this.id,
        stream_id: this.stream.id,
        type: this.kind,
        source: this.source,
        mute: this.#muted,
        description: '',
      },
      stream: this.stream,
      track: this.#media ?? null,
      encodings: encodingsFor(this, roleOf(this.#context), session.simulcast),
    });
    if (outcome.ok) {
      // It may have been muted, or fed by another device, while the offer was under way.
      await session.replaceTrack(this.id, this.#media ?? null);
      session.setMuted(this.id, this.#muted);
      return ok(undefined);
    }
    this.#published = false;
    return failed({ code: 'publish-failed', kind: about, message: outcome.message });
  }

  /** Feeds it from another device, or from none. */
  async feed(media: MediaStreamTrack | undefined): Promise<void> {
    this.#media = media;
    this.#context.media.set(this.id, media);
    this.#tellState();
    if (this.#published) await this.#context.session()?.replaceTrack(this.id, media ?? null);
  }

  setMuted(muted: boolean): void {
    if (this.#muted === muted) return;
    this.#muted = muted;
    this.#tellState();
    if (this.#published) this.#context.session()?.setMuted(this.id, muted);
  }

  /** Takes it out of the room and the state. The device is the caller's. */
  async withdraw(): Promise<void> {
    this.#context.media.set(this.id, undefined);
    this.#context.store.dispatch({ type: 'track-removed', trackId: this.id });
    if (!this.#published) return;
    this.#published = false;
    await this.#context.session()?.unpublish(this.id);
  }

  #tellState(): void {
    const peerId = this.#context.store.get().local.peerId;
    if (peerId === undefined) return;
    this.#context.store.dispatch({
      type: 'local-track',
      track: {
        id: this.id,
        streamId: this.stream.id,
        peerId,
        kind: this.kind,
        source: this.source,
        muted: this.#muted,
        live: this.#media !== undefined,
        degraded: false,
        layer: undefined,
      },
    });
  }
}

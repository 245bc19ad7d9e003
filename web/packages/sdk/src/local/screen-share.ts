import type { ScreenShareOptions } from '../api.js';
import { type CaptureFailure, failed, ok, type Result } from '../failures.js';
import { Serial } from '../media/serial.js';
import type { LocalSource } from '../state/state.js';
import { captureFailure, notAllowed, screenConstraints, unsupported } from './capture.js';
import { type LocalContext, roleOf } from './context.js';
import { LocalTrack } from './local-track.js';

type Outcome = Result<void, CaptureFailure>;

/** The shared screen: its picture and, where the browser gives it, its sound. */
export class ScreenShare {
  readonly #context: LocalContext;
  readonly #serial = new Serial();
  #tracks: LocalTrack[] = [];

  constructor(context: LocalContext) {
    this.#context = context;
  }

  get trackIds(): readonly string[] {
    return this.#tracks.map((track) => track.id);
  }

  set(on: boolean, options: ScreenShareOptions): Promise<Outcome> {
    // The picker needs the user's gesture, so it opens before anything else is waited for.
    const picked = on && this.#tracks.length === 0 ? this.#pick(options) : undefined;
    return this.#serial.run(() => (on ? this.#start(picked) : this.#stop()));
  }

  roleChanged(): Promise<Outcome> {
    return this.#serial.run(async () => (this.#state.allowed ? ok(undefined) : this.#stop()));
  }

  migrated(): Promise<Outcome> {
    return this.#serial.run(async () => {
      const media = this.#tracks.flatMap((track) => track.media?.clone() ?? []);
      await this.#stop();
      return media.length === 0 ? ok(undefined) : this.#share(media);
    });
  }

  release(): void {
    for (const track of this.#tracks) {
      end(track.media);
      this.#context.media.set(track.id, undefined);
    }
    this.#tracks = [];
  }

  get #state(): LocalSource {
    return this.#context.store.get().local.screen;
  }

  #pick({ audio = true }: ScreenShareOptions): Promise<MediaStream> | CaptureFailure {
    if (!this.#state.allowed) return notAllowed('screen');
    const { mediaDevices } = this.#context.env;
    if (mediaDevices?.getDisplayMedia === undefined) return unsupported('screen');
    this.#patch({ busy: true, failure: undefined });
    const stream = mediaDevices.getDisplayMedia({ video: screenConstraints(roleOf(this.#context)), audio });
    // Handled in #start; without this a refusal would count as unhandled until then.
    stream.catch(() => undefined);
    return stream;
  }

  async #start(picked: Promise<MediaStream> | CaptureFailure | undefined): Promise<Outcome> {
    if (picked === undefined) return ok(undefined);
    if ('code' in picked) return this.#failed(picked);
    const seat = this.#context.session();
    try {
      const media = (await picked).getTracks();
      if (seat !== this.#context.session()) {
        for (const track of media) end(track);
        return failed({ code: 'capture-failed', kind: 'screen', message: 'left meanwhile' });
      }
      return await this.#share(media);
    } catch (error) {
      return this.#failed(captureFailure('screen', error));
    }
  }

  async #share(media: readonly MediaStreamTrack[]): Promise<Outcome> {
    const stream = new MediaStream([...media]);
    for (const track of media) {
      if (track.kind === 'video') {
        track.contentHint = 'detail';
        // The browser's own "stop sharing".
        track.onended = () => void this.set(false, {});
      }
      this.#tracks.push(new LocalTrack(this.#context, track, stream, 'screen'));
    }
    this.#patch({
      on: true,
      busy: false,
      trackId: this.#tracks.find((track) => track.kind === 'video')?.id,
    });
    const outcomes = await Promise.all(this.#tracks.map((track) => track.publish('screen')));
    const failure = outcomes.find((outcome) => !outcome.ok);
    if (failure === undefined || failure.ok) return ok(undefined);
    await this.#stop();
    return this.#failed(failure.failure);
  }

  async #stop(): Promise<Outcome> {
    const tracks = this.#tracks;
    this.#tracks = [];
    this.#patch({ on: false, busy: false, trackId: undefined });
    for (const track of tracks) end(track.media);
    await Promise.all(tracks.map((track) => track.withdraw()));
    return ok(undefined);
  }

  #failed(failure: CaptureFailure): Outcome {
    this.#patch({ on: false, busy: false, failure });
    return failed(failure);
  }

  #patch(patch: Partial<LocalSource>): void {
    this.#context.store.dispatch({ type: 'local-source', name: 'screen', patch });
  }
}

function end(media: MediaStreamTrack | undefined): void {
  if (media === undefined) return;
  media.onended = null;
  media.stop();
}

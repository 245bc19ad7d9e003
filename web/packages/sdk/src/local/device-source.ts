import { type CaptureFailure, failed, ok, type Result } from '../failures.js';
import { Serial } from '../media/serial.js';
import type { LocalSource } from '../state/state.js';
import {
  cameraConstraints,
  captureFailure,
  microphoneConstraints,
  notAllowed,
  unsupported,
} from './capture.js';
import { type LocalContext, roleOf } from './context.js';
import { LocalTrack } from './local-track.js';

type Outcome = Result<void, CaptureFailure>;
/** Media captured together with another source, to spare the user a second question. */
export type Captured = () => Promise<MediaStreamTrack | undefined>;

/** Microphone or camera. Changes are carried out one after the other. */
export class DeviceSource {
  readonly #context: LocalContext;
  readonly #name: 'microphone' | 'camera';
  readonly #stream: () => MediaStream;
  readonly #serial = new Serial();
  #track: LocalTrack | undefined;

  constructor(context: LocalContext, name: 'microphone' | 'camera', stream: () => MediaStream) {
    this.#context = context;
    this.#name = name;
    this.#stream = stream;
  }

  get trackId(): string | undefined {
    return this.#track?.id;
  }

  get state(): LocalSource {
    return this.#context.store.get().local[this.#name];
  }

  constraints(): MediaTrackConstraints {
    const { deviceId } = this.state;
    return this.#name === 'microphone'
      ? microphoneConstraints(deviceId)
      : cameraConstraints(deviceId, roleOf(this.#context));
  }

  set(on: boolean, captured?: Captured): Promise<Outcome> {
    return this.#serial.run(() => (on ? this.#turnOn(captured) : this.#turnOff()));
  }

  select(deviceId: string): Promise<Outcome> {
    return this.#serial.run(async () => {
      this.#patch({ deviceId });
      return this.#track?.media === undefined ? ok(undefined) : this.#switchDevice(this.#track);
    });
  }

  /** The room was entered: what is on is published. */
  publish(): Promise<Outcome> {
    return this.#serial.run(async () => (this.state.on ? this.#publish() : ok(undefined)));
  }

  /**
   * The role changed. What it forbids is withdrawn; what it allows again stays off until the user turns it on: nobody
   * is to be seen or heard because somebody else changed a role.
   */
  roleChanged(): Promise<Outcome> {
    return this.#serial.run(async () => {
      if (!this.state.allowed) await this.#discard();
      return ok(undefined);
    });
  }

  /** New media connections: a published track comes back under a new id (signal.md 4.11). */
  migrated(): Promise<Outcome> {
    return this.#serial.run(async () => {
      const old = this.#track;
      const media = old?.media?.clone();
      if (old === undefined) return ok(undefined);
      const { muted } = old;
      await this.#discard();
      if (media === undefined) return ok(undefined);
      this.#adopt(media);
      this.#track?.setMuted(muted);
      this.#patch({ on: !muted });
      return this.#publish();
    });
  }

  /** The seat is given up: device off, nothing remembered but the choice of device. */
  release(): void {
    const track = this.#track;
    this.#track = undefined;
    stop(track?.media);
    if (track !== undefined) this.#context.media.set(track.id, undefined);
  }

  async #turnOn(captured?: Captured): Promise<Outcome> {
    if (!this.state.allowed) return this.#failed(notAllowed(this.#name));
    const seat = this.#context.session();
    this.#patch({ busy: true, failure: undefined });
    try {
      if (this.#track?.media === undefined) {
        const media = (await captured?.().catch(() => undefined)) ?? (await this.#capture());
        // The user may have left while the browser asked for permission.
        if (seat !== this.#context.session()) {
          stop(media);
          return failed({ code: 'capture-failed', kind: this.#name, message: 'left meanwhile' });
        }
        if (this.#track === undefined) this.#adopt(media);
        else await this.#feed(this.#track, media);
      }
      if (this.#track?.media !== undefined) this.#track.media.enabled = true;
      this.#track?.setMuted(false);
      this.#patch({ on: true, busy: false });
      return await this.#publish();
    } catch (error) {
      return this.#failed(
        this.#context.env.mediaDevices === undefined
          ? unsupported(this.#name)
          : captureFailure(this.#name, error),
      );
    }
  }

  /** A microphone stays open, so that speaking again is instant; a camera is released with its light. */
  async #turnOff(): Promise<Outcome> {
    const track = this.#track;
    this.#patch({ on: false, busy: false, failure: undefined });
    if (track === undefined) return ok(undefined);
    track.setMuted(true);
    if (this.#name === 'microphone') {
      if (track.media !== undefined) track.media.enabled = false;
    } else {
      stop(track.media);
      await track.feed(undefined);
    }
    return ok(undefined);
  }

  async #switchDevice(track: LocalTrack): Promise<Outcome> {
    // Phones open one camera at a time.
    stop(track.media);
    this.#patch({ busy: true, failure: undefined });
    try {
      const media = await this.#capture();
      media.enabled = this.#name === 'camera' || !track.muted;
      await this.#feed(track, media);
      this.#patch({ busy: false });
      return ok(undefined);
    } catch (error) {
      await this.#turnOff();
      await track.feed(undefined);
      return this.#failed(captureFailure(this.#name, error));
    }
  }

  /** Unplugged. Another device takes over when there is one. */
  #ended(media: MediaStreamTrack): void {
    void this.#serial.run(async () => {
      const track = this.#track;
      if (track === undefined || track.media !== media) return;
      this.#patch({ deviceId: undefined });
      const outcome = await this.#switchDevice(track);
      if (!outcome.ok) this.#failed({ ...outcome.failure, code: 'device-lost' });
    });
  }

  async #capture(): Promise<MediaStreamTrack> {
    const { mediaDevices } = this.#context.env;
    const constraints = this.constraints();
    const stream = await mediaDevices?.getUserMedia(
      this.#name === 'microphone' ? { audio: constraints } : { video: constraints },
    );
    const media = stream?.getTracks()[0];
    if (media === undefined) throw new Error('the browser gave no track');
    return media;
  }

  #adopt(media: MediaStreamTrack): void {
    this.#track = new LocalTrack(this.#context, media, this.#stream(), 'regular');
    media.onended = () => this.#ended(media);
    this.#patch({ trackId: this.#track.id });
  }

  async #feed(track: LocalTrack, media: MediaStreamTrack): Promise<void> {
    media.onended = () => this.#ended(media);
    await track.feed(media);
  }

  async #publish(): Promise<Outcome> {
    const outcome = (await this.#track?.publish(this.#name)) ?? ok(undefined);
    if (!outcome.ok) this.#patch({ failure: outcome.failure });
    return outcome;
  }

  async #discard(): Promise<void> {
    const track = this.#track;
    this.#track = undefined;
    this.#patch({ on: false, busy: false, trackId: undefined });
    stop(track?.media);
    await track?.withdraw();
  }

  #failed(failure: CaptureFailure): Outcome {
    this.#patch({ busy: false, on: failure.code === 'not-allowed-by-role' ? this.state.on : false, failure });
    return failed(failure);
  }

  #patch(patch: Partial<LocalSource>): void {
    this.#context.store.dispatch({ type: 'local-source', name: this.#name, patch });
  }
}

/** Releases a device; our own stop is no loss of the device. */
function stop(media: MediaStreamTrack | undefined): void {
  if (media === undefined) return;
  media.onended = null;
  media.stop();
}

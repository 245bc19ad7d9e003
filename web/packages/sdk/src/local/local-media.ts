import type { CaptureChoice, DeviceKind, LocalMedia, ScreenShareOptions } from '../api.js';
import { type CaptureFailure, ok, type Result } from '../failures.js';
import type { LocalContext } from './context.js';
import { type Captured, DeviceSource } from './device-source.js';
import { listDevices } from './devices.js';
import { ScreenShare } from './screen-share.js';

type Outcome = Result<void, CaptureFailure>;

/** All that the local peer publishes, across its sessions. */
export class LocalSources implements LocalMedia {
  readonly #context: LocalContext;
  readonly #microphone: DeviceSource;
  readonly #camera: DeviceSource;
  readonly #screen: ScreenShare;
  /** Camera and microphone of one seat share a stream id. */
  #stream: MediaStream | undefined;

  constructor(context: LocalContext) {
    this.#context = context;
    const stream = () => {
      this.#stream ??= new MediaStream();
      return this.#stream;
    };
    this.#microphone = new DeviceSource(context, 'microphone', stream);
    this.#camera = new DeviceSource(context, 'camera', stream);
    this.#screen = new ScreenShare(context);
  }

  setMicrophone(on: boolean): Promise<Outcome> {
    return this.#refreshed(this.#microphone.set(on));
  }

  setCamera(on: boolean): Promise<Outcome> {
    return this.#refreshed(this.#camera.set(on));
  }

  setScreenShare(on: boolean, options: ScreenShareOptions = {}): Promise<Outcome> {
    return this.#screen.set(on, options);
  }

  async selectDevice(kind: DeviceKind, deviceId: string): Promise<Outcome> {
    if (kind === 'microphone') return this.#microphone.select(deviceId);
    if (kind === 'camera') return this.#camera.select(deviceId);
    this.#context.store.dispatch({ type: 'speaker-chosen', speakerId: deviceId });
    return ok(undefined);
  }

  async refreshDevices(): Promise<void> {
    const devices = await listDevices(this.#context.env.mediaDevices);
    this.#context.store.dispatch({ type: 'devices', devices });
  }

  /** Turns on what is wanted and allowed. Both are asked for at once, one by one only when that fails. */
  async start({ microphone = true, camera = true }: CaptureChoice): Promise<void> {
    const { local } = this.#context.store.get();
    const both = microphone && camera && local.microphone.allowed && local.camera.allowed;
    const stream = both ? this.#captureBoth() : undefined;
    const take = (kind: 'audio' | 'video'): Captured | undefined =>
      stream && (async () => (await stream).getTracks().find((track) => track.kind === kind));
    const started: Promise<Outcome>[] = [];
    if (microphone) started.push(this.#microphone.set(true, take('audio')));
    if (camera) started.push(this.#camera.set(true, take('video')));
    await Promise.all(started);
    await this.refreshDevices();
  }

  async publish(): Promise<void> {
    await Promise.all([this.#microphone.publish(), this.#camera.publish()]);
  }

  async roleChanged(): Promise<void> {
    await Promise.all([
      this.#microphone.roleChanged(),
      this.#camera.roleChanged(),
      this.#screen.roleChanged(),
    ]);
  }

  async migrated(): Promise<void> {
    await Promise.all([this.#microphone.migrated(), this.#camera.migrated(), this.#screen.migrated()]);
  }

  /** A moderator mutes one of our tracks. False when it is none of ours. */
  async mute(trackId: string): Promise<boolean> {
    if (trackId === this.#microphone.trackId) return (await this.setMicrophone(false)).ok;
    if (trackId === this.#camera.trackId) return (await this.setCamera(false)).ok;
    if (this.#screen.trackIds.includes(trackId)) return (await this.setScreenShare(false)).ok;
    return false;
  }

  release(): void {
    this.#microphone.release();
    this.#camera.release();
    this.#screen.release();
    this.#stream = undefined;
  }

  #captureBoth(): Promise<MediaStream> {
    const { mediaDevices } = this.#context.env;
    const stream =
      mediaDevices?.getUserMedia({
        audio: this.#microphone.constraints(),
        video: this.#camera.constraints(),
      }) ?? Promise.reject(new Error('no devices'));
    stream.catch(() => undefined);
    return stream;
  }

  /** Labels become known with the first permission. */
  async #refreshed(change: Promise<Outcome>): Promise<Outcome> {
    const outcome = await change;
    await this.refreshDevices();
    return outcome;
  }
}

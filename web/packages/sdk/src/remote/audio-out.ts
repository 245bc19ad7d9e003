import type { MediaTable } from '../media/media-table.js';
import type { Store } from '../state/store.js';

export interface AudioOutOptions {
  readonly store: Store;
  readonly media: MediaTable;
  /** Asks the server to send a track or not. It sends until told otherwise. */
  prefer(trackId: string, subscribed: boolean): void;
  blocked(blocked: boolean): void;
}

type Sink = HTMLAudioElement & { setSinkId?(id: string): Promise<void> };

/** Plays the sound of all remote tracks, each in an element of its own outside the page's layout. */
export class AudioOut {
  readonly #options: AudioOutOptions;
  readonly #elements = new Map<string, Sink>();
  readonly #volumes = new Map<string, number>();
  readonly #unwanted = new Set<string>();

  constructor(options: AudioOutOptions) {
    this.#options = options;
    options.media.onChange((trackId) => this.#refresh(trackId));
    options.store.subscribe(
      (state) => state.tracks,
      () => this.#tracksChanged(),
    );
    options.store.subscribe(
      (state) => state.local.speakerId,
      () => {
        for (const element of this.#elements.values()) this.#route(element);
      },
    );
  }

  /** From a user's gesture; true when everything plays. */
  async resume(): Promise<boolean> {
    const played = await Promise.all([...this.#elements.values()].map((element) => this.#play(element)));
    const all = played.every(Boolean);
    this.#options.blocked(!all);
    return all;
  }

  setVolume(trackId: string, volume: number): void {
    const kept = Math.min(1, Math.max(0, volume));
    this.#volumes.set(trackId, kept);
    const element = this.#elements.get(trackId);
    if (element !== undefined) element.volume = kept;
    this.#prefer(trackId);
  }

  reset(): void {
    for (const trackId of [...this.#elements.keys()]) this.#remove(trackId);
    this.#volumes.clear();
    this.#unwanted.clear();
  }

  #remote(trackId: string) {
    const { tracks, local } = this.#options.store.get();
    const track = tracks[trackId];
    return track?.kind === 'audio' && track.peerId !== local.peerId ? track : undefined;
  }

  #tracksChanged(): void {
    const { tracks } = this.#options.store.get();
    for (const trackId of Object.keys(tracks)) {
      if (this.#remote(trackId) === undefined) continue;
      this.#prefer(trackId);
      this.#refresh(trackId);
    }
    for (const trackId of [...this.#elements.keys(), ...this.#unwanted]) {
      if (tracks[trackId] !== undefined) continue;
      this.#remove(trackId);
      this.#unwanted.delete(trackId);
      this.#volumes.delete(trackId);
    }
  }

  /** No need to send what nobody would hear. */
  #prefer(trackId: string): void {
    const track = this.#remote(trackId);
    if (track === undefined) return;
    const wanted = !track.muted && this.#volumes.get(trackId) !== 0;
    if (wanted === !this.#unwanted.has(trackId)) return;
    if (wanted) this.#unwanted.delete(trackId);
    else this.#unwanted.add(trackId);
    this.#options.prefer(trackId, wanted);
  }

  #refresh(trackId: string): void {
    const media = this.#options.media.get(trackId);
    if (media === undefined) return this.#remove(trackId);
    if (this.#remote(trackId) === undefined) return;
    const element = this.#elements.get(trackId) ?? this.#create(trackId);
    if (element.srcObject instanceof MediaStream && element.srcObject.getTracks()[0] === media) return;
    element.srcObject = new MediaStream([media]);
    void this.#play(element).then((plays) => {
      if (!plays) this.#options.blocked(true);
    });
  }

  #create(trackId: string): Sink {
    const element: Sink = document.createElement('audio');
    element.autoplay = true;
    element.hidden = true;
    element.volume = this.#volumes.get(trackId) ?? 1;
    element.dataset.stoaTrack = trackId;
    document.body.append(element);
    this.#elements.set(trackId, element);
    this.#route(element);
    return element;
  }

  #remove(trackId: string): void {
    const element = this.#elements.get(trackId);
    if (element === undefined) return;
    this.#elements.delete(trackId);
    element.srcObject = null;
    element.remove();
  }

  /** False only when the browser wants a gesture first. */
  async #play(element: Sink): Promise<boolean> {
    try {
      await element.play();
      return true;
    } catch (error) {
      return !(error instanceof Error && error.name === 'NotAllowedError');
    }
  }

  #route(element: Sink): void {
    const { speakerId } = this.#options.store.get().local;
    if (speakerId !== undefined) element.setSinkId?.(speakerId).catch(() => undefined);
  }
}

/** The media of every track at hand, local and remote, by track id. */
export class MediaTable {
  readonly #tracks = new Map<string, MediaStreamTrack>();
  readonly #listeners = new Set<(trackId: string) => void>();

  get(trackId: string): MediaStreamTrack | undefined {
    return this.#tracks.get(trackId);
  }

  /** `undefined` takes it away. */
  set(trackId: string, track: MediaStreamTrack | undefined): void {
    if (this.#tracks.get(trackId) === track) return;
    if (track === undefined) this.#tracks.delete(trackId);
    else this.#tracks.set(trackId, track);
    for (const tell of [...this.#listeners]) tell(trackId);
  }

  onChange(listener: (trackId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

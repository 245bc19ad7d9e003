import type { Clock } from '../env.js';
import type { MediaTable } from '../media/media-table.js';
import type { Store } from '../state/store.js';
import { LayerRequests, neededLayer, type View } from './layer-requests.js';

interface Attached extends View {
  readonly element: HTMLVideoElement;
}

export interface VideoViewsOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly media: MediaTable;
  prefer(trackId: string, layer: 'none' | 'low' | 'medium' | 'high'): void;
}

/** Video elements and the tracks they show. */
export class VideoViews {
  readonly #store: Store;
  readonly #media: MediaTable;
  readonly #views = new Set<Attached>();
  readonly #requests: LayerRequests;

  constructor({ clock, store, media, prefer }: VideoViewsOptions) {
    this.#store = store;
    this.#media = media;
    this.#requests = new LayerRequests(clock, prefer);
    media.onChange((trackId) => this.#refresh(trackId));
    store.subscribe(
      (state) => state.tracks,
      (now, before) => {
        for (const id of Object.keys(now)) if (now[id] !== before[id]) this.#update(id);
        for (const id of Object.keys(before)) if (now[id] === undefined) this.#requests.forget(id);
      },
    );
  }

  attach(trackId: string, element: HTMLVideoElement): () => void {
    const view: Attached = { trackId, element, visible: true, width: 0, height: 0 };
    element.muted = true;
    element.playsInline = true;
    element.autoplay = true;
    this.#measure(view);
    this.#views.add(view);
    this.#show(view);
    const unwatch = this.#watch(view);
    this.#update(trackId);
    return () => {
      if (!this.#views.delete(view)) return;
      unwatch();
      if (!this.#shownBy(element)) element.srcObject = null;
      this.#update(trackId);
    };
  }

  /** A new seat starts without preferences. */
  reset(): void {
    this.#requests.reset();
  }

  #shownBy(element: HTMLVideoElement): boolean {
    return [...this.#views].some((view) => view.element === element);
  }

  #watch(view: Attached): () => void {
    const changed = () => {
      this.#measure(view);
      this.#update(view.trackId);
    };
    const sizes = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(changed);
    const sights =
      typeof IntersectionObserver === 'undefined'
        ? undefined
        : new IntersectionObserver((entries) => {
            view.visible = entries.at(-1)?.isIntersecting ?? true;
            changed();
          });
    sizes?.observe(view.element);
    sights?.observe(view.element);
    return () => {
      sizes?.disconnect();
      sights?.disconnect();
    };
  }

  #measure(view: Attached): void {
    const scale = globalThis.devicePixelRatio ?? 1;
    view.width = view.element.clientWidth * scale;
    view.height = view.element.clientHeight * scale;
  }

  #update(trackId: string): void {
    const track = this.#store.get().tracks[trackId];
    if (track === undefined || track.peerId === this.#store.get().local.peerId) return;
    this.#requests.update(trackId, () => neededLayer(this.#store.get(), trackId, this.#views));
  }

  /** Media came, changed or went. */
  #refresh(trackId: string): void {
    for (const view of this.#views) if (view.trackId === trackId) this.#show(view);
  }

  #show({ trackId, element }: Attached): void {
    const media = this.#media.get(trackId);
    const shown = element.srcObject instanceof MediaStream ? element.srcObject.getTracks()[0] : undefined;
    if (media === shown && media !== undefined) return;
    element.srcObject = media === undefined ? null : new MediaStream([media]);
    // Muted video may always play; a refusal means that the element left the page.
    if (media !== undefined) void Promise.resolve(element.play()).catch(() => undefined);
  }
}

import type { Layer } from '@stoa/protocol';
import type { Clock } from '../env.js';
import { chooseLayer, layerSizes } from '../media/layers.js';
import type { StoaState } from '../state/state.js';

/** A size must last so long before another layer is asked for; a window being dragged asks once. */
export const SETTLE_MS = 150;

/** One element showing a track. Sizes in device pixels. */
export interface View {
  readonly trackId: string;
  visible: boolean;
  width: number;
  height: number;
}

interface Asked {
  layer: Layer;
  cancel: (() => void) | undefined;
}

const RANK: Readonly<Record<Layer, number>> = { none: 0, low: 1, medium: 2, high: 3 };

/** The layer a remote video is needed in by all the elements that show it. */
export function neededLayer(state: StoaState, trackId: string, views: Iterable<View>): Layer {
  const track = state.tracks[trackId];
  if (track === undefined || track.muted) return 'none';
  const layered = track.source === 'regular' && state.flags.includes('simulcast');
  const role = state.peers[track.peerId]?.role;
  const sizes = layered && role !== undefined ? layerSizes(state.roles[role]) : [];
  let needed: Layer = 'none';
  for (const view of views) {
    if (view.trackId !== trackId || !view.visible) continue;
    const layer = chooseLayer(sizes, view.width, view.height);
    if (RANK[layer] > RANK[needed]) needed = layer;
  }
  return needed;
}

/** Asks the server for layers, once per change. It sends nothing until asked. */
export class LayerRequests {
  readonly #clock: Clock;
  readonly #prefer: (trackId: string, layer: Layer) => void;
  readonly #asked = new Map<string, Asked>();

  constructor(clock: Clock, prefer: (trackId: string, layer: Layer) => void) {
    this.#clock = clock;
    this.#prefer = prefer;
  }

  /** `pick` is called again when the wait is over, so that only the last size counts. */
  update(trackId: string, pick: () => Layer): void {
    const asked = this.#asked.get(trackId) ?? { layer: 'none', cancel: undefined };
    this.#asked.set(trackId, asked);
    asked.cancel?.();
    asked.cancel = undefined;
    const layer = pick();
    if (layer === asked.layer) return;
    // A picture that appears or changes from nothing must not wait.
    if (asked.layer === 'none') return this.#ask(trackId, asked, layer);
    asked.cancel = this.#clock.after(SETTLE_MS, () => {
      const settled = pick();
      if (settled !== asked.layer) this.#ask(trackId, asked, settled);
    });
  }

  /** The track is gone; should it come back, the server starts from nothing too. */
  forget(trackId: string): void {
    this.#asked.get(trackId)?.cancel?.();
    this.#asked.delete(trackId);
  }

  reset(): void {
    for (const trackId of [...this.#asked.keys()]) this.forget(trackId);
  }

  #ask(trackId: string, asked: Asked, layer: Layer): void {
    asked.layer = layer;
    this.#prefer(trackId, layer);
  }
}

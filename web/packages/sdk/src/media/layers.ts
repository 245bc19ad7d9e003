import type { Layer, WireRole } from '@stoa/protocol';

const LAYER_OF_RID: Readonly<Record<string, Layer>> = { f: 'high', h: 'medium', q: 'low' };

/** A layer and the picture it carries, in pixels. */
export interface LayerSize {
  readonly layer: Layer;
  readonly width: number;
  readonly height: number;
}

/** The layers a camera of this role is sent in; empty without simulcast. */
export function layerSizes(role: WireRole | undefined): readonly LayerSize[] {
  const { video, simulcast } = role?.publishParams ?? {};
  const width = video?.width ?? 0;
  const height = video?.height ?? 0;
  if (width === 0 || height === 0) return [];
  return (simulcast?.video?.layers ?? []).flatMap(({ rid, scaleResolutionDownBy = 1 }) => {
    const layer = LAYER_OF_RID[rid];
    return layer === undefined
      ? []
      : [{ layer, width: width / scaleResolutionDownBy, height: height / scaleResolutionDownBy }];
  });
}

/**
 * The layer nearest to a picture of `width` x `height` device pixels; the better one when two are equally near.
 * `high` when there is nothing to choose from.
 */
export function chooseLayer(sizes: readonly LayerSize[], width: number, height: number): Layer {
  let best: LayerSize | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const size of sizes) {
    // The element shows the picture as large as its tighter side needs.
    const wanted = size.width * Math.max(width / size.width, height / size.height);
    const distance = Math.abs(wanted - size.width);
    if (distance < bestDistance || (distance === bestDistance && size.width > (best?.width ?? 0))) {
      best = size;
      bestDistance = distance;
    }
  }
  return best?.layer ?? 'high';
}

import type { WireRole } from '@stoa/protocol';

/** Voice when the role says nothing, kbit/s. */
const VOICE_KBPS = 32;

export interface Published {
  readonly kind: 'audio' | 'video';
  readonly source: string;
}

/** Codecs that put several sizes into one stream. */
const SCALABLE = ['vp9', 'av1'];

/**
 * How a track is sent, by the role of its owner. A camera of VP9 or AV1 has its layers in one stream (W3C scalable video
 * coding), others get an encoding for each. Simulcast only for the camera, only when the server has it on.
 * Bit rates: kbit/s in the role, bit/s in the browser.
 */
export function encodingsFor(
  { kind, source }: Published,
  role: WireRole | undefined,
  simulcast: boolean,
): Encoding[] {
  const params = role?.publishParams;
  if (kind === 'audio') return [{ maxBitrate: (params?.audio?.bitRate || VOICE_KBPS) * 1000 }];
  const layers = params?.simulcast?.video?.layers ?? [];
  const codec = params?.video?.codec?.toLowerCase() ?? '';
  if (simulcast && source === 'regular' && SCALABLE.includes(codec)) {
    return [{ ...limits(params?.video), scalabilityMode: scalabilityMode(layers.length) }];
  }
  if (simulcast && source === 'regular' && layers.length > 0) {
    return layers.map((layer) => ({
      rid: layer.rid,
      ...(layer.scaleResolutionDownBy === undefined
        ? {}
        : { scaleResolutionDownBy: layer.scaleResolutionDownBy }),
      ...(layer.maxBitrate === undefined ? {} : { maxBitrate: layer.maxBitrate * 1000 }),
      ...(layer.maxFramerate === undefined ? {} : { maxFramerate: layer.maxFramerate }),
    }));
  }
  return [limits(source === 'screen' ? params?.screen : params?.video)];
}

/** `scalabilityMode` is missing in the DOM types of TypeScript. */
export type Encoding = RTCRtpEncodingParameters & { scalabilityMode?: string };

interface Limits {
  readonly bitRate?: number | undefined;
  readonly frameRate?: number | undefined;
}

function limits(settings: Limits | undefined): RTCRtpEncodingParameters {
  return {
    ...(settings?.bitRate ? { maxBitrate: settings.bitRate * 1000 } : {}),
    ...(settings?.frameRate ? { maxFramerate: settings.frameRate } : {}),
  };
}

/** Each size half of the next, three frame rates. Sizes build on each other in key frames only: cheapest to receive. */
function scalabilityMode(sizes: number): string {
  return sizes > 1 ? `L${Math.min(sizes, 3)}T3_KEY` : 'L1T3';
}

import type { WireRole } from '@stoa/protocol';

/** Voice when the role says nothing, kbit/s. */
const VOICE_KBPS = 32;

export interface Published {
  readonly kind: 'audio' | 'video';
  readonly source: string;
}

/**
 * How a track is sent, by the role of its owner. Simulcast only for the camera, only when the server has it on.
 * Bit rates: kbit/s in the role, bit/s in the browser.
 */
export function encodingsFor(
  { kind, source }: Published,
  role: WireRole | undefined,
  simulcast: boolean,
): RTCRtpEncodingParameters[] {
  const params = role?.publishParams;
  if (kind === 'audio') return [{ maxBitrate: (params?.audio?.bitRate || VOICE_KBPS) * 1000 }];
  const layers = params?.simulcast?.video?.layers ?? [];
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
  const settings = source === 'screen' ? params?.screen : params?.video;
  return [
    {
      ...(settings?.bitRate ? { maxBitrate: settings.bitRate * 1000 } : {}),
      ...(settings?.frameRate ? { maxFramerate: settings.frameRate } : {}),
    },
  ];
}

import { useEffect, useRef } from 'react';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { watchLevel } from './level.js';

/** Bar that follows the own voice. Drawn past React: ten times per second would be waste. */
export function MicLevel() {
  const stoa = useStoa();
  const { devices } = useTexts();
  const { on, busy, trackId, deviceId } = useStoaState((state) => state.local.microphone);
  const meter = useRef<HTMLMeterElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another device is other media under the same track id
  useEffect(() => {
    const media = on && !busy && trackId !== undefined ? stoa.mediaOf(trackId) : undefined;
    const show = (level: number) => {
      if (meter.current !== null) meter.current.value = level;
    };
    show(0);
    if (media === undefined || typeof AudioContext === 'undefined') return;
    return watchLevel(media, show);
  }, [stoa, on, busy, trackId, deviceId]);

  return <meter ref={meter} className="stoa-level" min={0} max={1} aria-label={devices.level} />;
}

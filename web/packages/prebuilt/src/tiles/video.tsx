import { useEffect, useRef } from 'react';
import { useStoa } from '../state/stoa.js';

interface VideoProps {
  readonly trackId: string;
  readonly peerId: string;
  readonly mirrored?: boolean;
  /** Show all of the picture instead of filling the space. */
  readonly whole?: boolean;
}

/** A picture. The element's size and visibility decide which layer the server sends. */
export function Video({ trackId, peerId, mirrored = false, whole = false }: VideoProps) {
  const stoa = useStoa();
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (element.current === null) return;
    return stoa.attachVideo(trackId, element.current);
  }, [stoa, trackId]);
  return (
    <video
      ref={element}
      className="stoa-video"
      data-track-id={trackId}
      data-peer-id={peerId}
      data-mirrored={mirrored}
      data-whole={whole}
      muted
      autoPlay
      playsInline
    />
  );
}

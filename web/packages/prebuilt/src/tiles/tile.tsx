import { selectCameraOf, selectHandRaised, selectIsSpeaking, selectMicrophoneOf } from '@stoa/sdk';
import { Hand, MicOff, SignalLow } from 'lucide-react';
import type { CSSProperties } from 'react';
import { Avatar } from '../parts/avatar.js';
import { usePreferences } from '../state/preferences.js';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { Video } from './video.js';

/** Quality at or below which a tile shows weak bars; 0 is reconnecting, 5 excellent. */
const WEAK_QUALITY = 2;

interface TileProps {
  readonly peerId: string;
  readonly style?: CSSProperties;
}

/** One person: picture or initials, name, and what is worth knowing at a glance. */
export function Tile({ peerId, style }: TileProps) {
  const texts = useTexts();
  const { value: preferences } = usePreferences();
  const peer = useStoaState((state) => state.peers[peerId]);
  const camera = useStoaState(selectCameraOf(peerId));
  const microphone = useStoaState(selectMicrophoneOf(peerId));
  const speaking = useStoaState(selectIsSpeaking(peerId));
  const hand = useStoaState(selectHandRaised(peerId));
  if (peer === undefined) return null;

  const silent = microphone === undefined || microphone.muted;
  const weak = peer.quality >= 0 && peer.quality <= WEAK_QUALITY;
  const picture = camera !== undefined && !camera.muted ? camera : undefined;
  const shown = picture !== undefined && (picture.live || peer.isLocal) && !picture.degraded;
  const name = peer.isLocal ? texts.nameAndYou(peer.name) : peer.name;
  const label = [
    name,
    silent ? texts.tile.microphoneOff : '',
    hand ? texts.tile.handRaised : '',
    weak ? texts.tile.weak : '',
  ];
  return (
    <li
      className="stoa-tile"
      style={style}
      aria-label={label.filter(Boolean).join(', ')}
      data-peer-id={peerId}
      data-track-id={camera?.id}
      data-speaking={speaking && !silent}
    >
      {!shown && <Avatar name={peer.name} />}
      {picture !== undefined && (
        <Video
          key={picture.id}
          trackId={picture.id}
          peerId={peerId}
          mirrored={peer.isLocal && preferences.mirror}
        />
      )}
      <span className="stoa-tile-name">
        {silent && <MicOff aria-hidden="true" className="stoa-tile-muted" />}
        <span className="stoa-ellipsis">{name}</span>
        {weak && <SignalLow aria-hidden="true" className="stoa-tile-weak" />}
      </span>
      {hand && (
        <span className="stoa-tile-hand">
          <Hand aria-hidden="true" />
        </span>
      )}
    </li>
  );
}

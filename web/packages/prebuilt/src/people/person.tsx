import { type Peer, selectCameraOf, selectHandRaised, selectMicrophoneOf } from '@stoa/sdk';
import { Hand, Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { Avatar } from '../parts/avatar.js';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { PersonMenu } from './person-menu.js';

export function Person({ peer }: { readonly peer: Peer }) {
  const { nameAndYou, people: texts, tile } = useTexts();
  const microphone = useStoaState(selectMicrophoneOf(peer.id));
  const camera = useStoaState(selectCameraOf(peer.id));
  const hand = useStoaState(selectHandRaised(peer.id));
  const publishes = useStoaState((state) => state.roles[peer.role]?.publishParams.allowed) ?? [];
  const hears = microphone !== undefined && !microphone.muted;
  const sees = camera !== undefined && !camera.muted;
  return (
    <li className="stoa-person" data-peer-id={peer.id}>
      <Avatar name={peer.name} small />
      <span className="stoa-person-name stoa-ellipsis">
        {peer.isLocal ? nameAndYou(peer.name) : peer.name}
      </span>
      {hand && <Hand role="img" aria-label={tile.handRaised} className="stoa-hand" />}
      {publishes.includes('audio') &&
        (hears ? (
          <Mic role="img" aria-label={texts.microphoneOn} />
        ) : (
          <MicOff role="img" aria-label={texts.microphoneOff} className="stoa-off" />
        ))}
      {publishes.includes('video') &&
        (sees ? (
          <Video role="img" aria-label={texts.cameraOn} />
        ) : (
          <VideoOff role="img" aria-label={texts.cameraOff} className="stoa-off" />
        ))}
      <PersonMenu peer={peer} microphone={microphone} camera={camera} />
    </li>
  );
}

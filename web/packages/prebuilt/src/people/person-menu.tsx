import { type Peer, selectCan, selectHandRaised, type Track } from '@stoa/sdk';
import { EllipsisVertical, Hand, Mic, MicOff, UserX, Video, VideoOff } from 'lucide-react';
import { useState } from 'react';
import { Question } from '../parts/dialog.js';
import { Menu, MenuChoices, MenuItem, MenuLine } from '../parts/menu.js';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { useReport } from '../toasts/use-report.js';

interface PersonMenuProps {
  readonly peer: Peer;
  readonly microphone: Track | undefined;
  readonly camera: Track | undefined;
}

/** What one's role may do to another; nothing when that is nothing. */
export function PersonMenu({ peer, microphone, camera }: PersonMenuProps) {
  const stoa = useStoa();
  const { people: texts, cancel } = useTexts();
  const report = useReport();
  const mayMute = useStoaState(selectCan('mute'));
  const mayUnmute = useStoaState(selectCan('unmute'));
  const mayChangeRole = useStoaState(selectCan('changeRole'));
  const mayRemove = useStoaState(selectCan('removeOthers'));
  const hand = useStoaState(selectHandRaised(peer.id));
  const roles = useStoaState((state) => state.roles);
  const [asking, setAsking] = useState(false);

  const may = (track: Track | undefined) => track !== undefined && (track.muted ? mayUnmute : mayMute);
  if (peer.isLocal || !(may(microphone) || may(camera) || mayChangeRole || mayRemove)) return null;

  const toggle = (track: Track) => void report(stoa.requestMute(track.id, !track.muted));
  const choices = Object.keys(roles)
    .filter((role) => !role.startsWith('__'))
    .map((role) => ({ id: role, label: role }));

  return (
    <>
      <Menu
        side="bottom"
        align="end"
        trigger={
          <button type="button" className="stoa-quiet-button" aria-label={texts.actions(peer.name)}>
            <EllipsisVertical aria-hidden="true" />
          </button>
        }
      >
        {microphone !== undefined && may(microphone) && (
          <MenuItem icon={microphone.muted ? <Mic /> : <MicOff />} onSelect={() => toggle(microphone)}>
            {microphone.muted ? texts.askUnmute : texts.mute}
          </MenuItem>
        )}
        {camera !== undefined && may(camera) && (
          <MenuItem icon={camera.muted ? <Video /> : <VideoOff />} onSelect={() => toggle(camera)}>
            {camera.muted ? texts.askCamera : texts.muteCamera}
          </MenuItem>
        )}
        {hand && mayChangeRole && (
          <MenuItem icon={<Hand />} onSelect={() => void report(stoa.lowerHandOf(peer.id))}>
            {texts.lowerHand}
          </MenuItem>
        )}
        {mayChangeRole && choices.length > 1 && (
          <>
            <MenuLine />
            <MenuChoices
              label={texts.switchRole}
              choices={choices}
              chosen={peer.role}
              onChoose={(role) => void report(stoa.changeRole(peer.id, role, false))}
            />
          </>
        )}
        {mayRemove && (
          <>
            <MenuLine />
            <MenuItem danger icon={<UserX />} onSelect={() => setAsking(true)}>
              {texts.remove}
            </MenuItem>
          </>
        )}
      </Menu>
      <Question
        open={asking}
        danger
        title={texts.removeQuestion(peer.name)}
        hint={texts.removeHint}
        yes={texts.removeConfirm}
        no={cancel}
        onNo={() => setAsking(false)}
        onYes={() => {
          setAsking(false);
          void report(stoa.removePeer(peer.id));
        }}
      />
    </>
  );
}

import {
  EllipsisVertical,
  Hand,
  Maximize,
  MessageSquare,
  Minimize,
  ScreenShare,
  ScreenShareOff,
  Settings,
  Users,
} from 'lucide-react';
import { CameraControl, MicrophoneControl } from '../devices/device-menus.js';
import { LeaveControl } from '../leave/leave-control.js';
import { IconButton } from '../parts/icon-button.js';
import { Menu, MenuItem } from '../parts/menu.js';
import { usePhone } from '../parts/use-media.js';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { selectPeople } from '../tiles/stage-peers.js';
import { useFullScreen } from './use-full-screen.js';
import { useHand } from './use-hand.js';
import type { PanelState } from './use-panel.js';
import { useShare } from './use-share.js';

interface ControlBarProps {
  readonly panel: PanelState;
  readonly unread: number;
  readonly onSettings: () => void;
}

/** What one does in a call. On a phone the rarer things are in the menu. */
export function ControlBar({ panel, unread, onSettings }: ControlBarProps) {
  const { meeting: texts } = useTexts();
  const phone = usePhone();
  return (
    <div className="stoa-controls" role="toolbar" aria-label={texts.controls}>
      <div className="stoa-controls-group">
        <MicrophoneControl menu={!phone} />
        <CameraControl menu={!phone} />
        {!phone && <ShareButton />}
        {!phone && <HandButton />}
      </div>
      <div className="stoa-controls-group">
        <ChatButton panel={panel} unread={unread} />
        {!phone && <PeopleButton panel={panel} />}
        <MoreMenu phone={phone} panel={panel} onSettings={onSettings} />
        <LeaveControl />
      </div>
    </div>
  );
}

function ShareButton() {
  const { meeting: texts } = useTexts();
  const { possible, on, toggle } = useShare();
  if (!possible) return null;
  return (
    <IconButton
      label={texts.share}
      hint={on ? texts.stopShare : texts.share}
      aria-pressed={on}
      tone={on ? 'active' : 'plain'}
      onClick={toggle}
    >
      {on ? <ScreenShareOff aria-hidden="true" /> : <ScreenShare aria-hidden="true" />}
    </IconButton>
  );
}

function HandButton() {
  const { meeting: texts, shortcut } = useTexts();
  const { up, toggle } = useHand();
  return (
    <IconButton
      label={texts.raiseHand}
      hint={shortcut(up ? texts.lowerHand : texts.raiseHand, 'H')}
      aria-pressed={up}
      tone={up ? 'active' : 'plain'}
      onClick={toggle}
    >
      <Hand aria-hidden="true" />
    </IconButton>
  );
}

function ChatButton({ panel, unread }: { readonly panel: PanelState; readonly unread: number }) {
  const { meeting: texts, shortcut } = useTexts();
  const open = panel.open === 'chat';
  return (
    <IconButton
      label={texts.chatUnread(unread)}
      hint={shortcut(texts.chat, 'C')}
      aria-expanded={open}
      tone={open ? 'active' : 'plain'}
      badge={unread === 0 ? undefined : unread > 99 ? '99+' : unread}
      onClick={() => panel.toggle('chat')}
    >
      <MessageSquare aria-hidden="true" />
    </IconButton>
  );
}

const usePeopleCount = () => useStoaState((state) => state.room.peerCount ?? selectPeople(state).length);

function PeopleButton({ panel }: { readonly panel: PanelState }) {
  const { meeting: texts, shortcut } = useTexts();
  const count = usePeopleCount();
  const open = panel.open === 'people';
  return (
    <IconButton
      label={texts.peopleCount(count)}
      hint={shortcut(texts.people, 'P')}
      aria-expanded={open}
      tone={open ? 'active' : 'plain'}
      onClick={() => panel.toggle('people')}
    >
      <Users aria-hidden="true" />
      <span className="stoa-count" aria-hidden="true">
        {count}
      </span>
    </IconButton>
  );
}

interface MoreMenuProps {
  readonly phone: boolean;
  readonly panel: PanelState;
  readonly onSettings: () => void;
}

function MoreMenu({ phone, panel, onSettings }: MoreMenuProps) {
  const { meeting: texts } = useTexts();
  const count = usePeopleCount();
  const hand = useHand();
  const share = useShare();
  const full = useFullScreen();
  return (
    <Menu
      trigger={
        <button type="button" className="stoa-icon-button" data-tone="plain" aria-label={texts.more}>
          <EllipsisVertical aria-hidden="true" />
        </button>
      }
    >
      {phone && (
        <MenuItem icon={<Users />} onSelect={() => panel.toggle('people')}>
          {texts.people} ({count})
        </MenuItem>
      )}
      {phone && (
        <MenuItem icon={<Hand />} onSelect={hand.toggle}>
          {hand.up ? texts.lowerHand : texts.raiseHand}
        </MenuItem>
      )}
      {phone && share.possible && (
        <MenuItem icon={<ScreenShare />} onSelect={share.toggle}>
          {share.on ? texts.stopShare : texts.share}
        </MenuItem>
      )}
      {full.possible && (
        <MenuItem icon={full.on ? <Minimize /> : <Maximize />} onSelect={full.toggle}>
          {full.on ? texts.leaveFullScreen : texts.fullScreen}
        </MenuItem>
      )}
      <MenuItem icon={<Settings />} onSelect={onSettings}>
        {texts.settings}
      </MenuItem>
    </Menu>
  );
}

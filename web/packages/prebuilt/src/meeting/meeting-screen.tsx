import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { ChatPanel } from '../chat/chat-panel.js';
import { useUnread } from '../chat/unread.js';
import { useSourceToggle } from '../devices/source-toggle.js';
import { PeoplePanel } from '../people/people-panel.js';
import { useTexts } from '../texts/texts.js';
import { SharingBar } from '../tiles/screens.js';
import { useNews } from '../toasts/use-news.js';
import { ReconnectingBar, SoundBar } from './bars.js';
import { ControlBar } from './control-bar.js';
import { Header } from './header.js';
import { Requests } from './requests.js';
import { SidePanel } from './side-panel.js';
import { Stage } from './stage.js';
import { useHand } from './use-hand.js';
import { usePanel } from './use-panel.js';
import { useShortcuts } from './use-shortcuts.js';

const SettingsDialog = lazy(() => import('./settings-dialog.js'));

interface MeetingScreenProps {
  /** Without header and controls, for a robot that records. */
  readonly bare: boolean;
  /** The name was given from outside and is not to be changed. */
  readonly nameLocked: boolean;
}

export default function MeetingScreen({ bare, nameLocked }: MeetingScreenProps) {
  const texts = useTexts();
  const panel = usePanel();
  const [settings, setSettings] = useState(false);
  const unread = useUnread(panel.open === 'chat');
  const stage = useRef<HTMLElement>(null);
  useMeetingKeys(panel);
  useNews(panel.open === 'chat');
  // The button that was pressed to get here is gone.
  useEffect(() => stage.current?.focus(), []);

  const title = panel.open === 'chat' ? texts.chat.title : texts.people.title;
  return (
    <div className="stoa-meeting">
      {!bare && <Header />}
      <ReconnectingBar />
      <SoundBar />
      <SharingBar />
      <div className="stoa-body">
        <main ref={stage} className="stoa-stage" tabIndex={-1}>
          <Stage />
        </main>
        {panel.open !== undefined && (
          <SidePanel key={panel.open} title={title} onClose={panel.close}>
            {panel.open === 'chat' ? <ChatPanel /> : <PeoplePanel />}
          </SidePanel>
        )}
      </div>
      {!bare && <ControlBar panel={panel} unread={unread} onSettings={() => setSettings(true)} />}
      <Requests />
      {settings && (
        <Suspense fallback={null}>
          <SettingsDialog nameLocked={nameLocked} onClose={() => setSettings(false)} />
        </Suspense>
      )}
    </div>
  );
}

function useMeetingKeys(panel: ReturnType<typeof usePanel>): void {
  const microphone = useSourceToggle('microphone');
  const camera = useSourceToggle('camera');
  const hand = useHand();
  useShortcuts({
    m: microphone.toggle,
    v: camera.toggle,
    h: hand.toggle,
    c: () => panel.toggle('chat'),
    p: () => panel.toggle('people'),
    ...(panel.open === undefined ? {} : { escape: panel.close }),
  });
}

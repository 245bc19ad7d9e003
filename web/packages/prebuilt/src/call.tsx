import { type Credentials, type JoinFailure, type Stoa, selectConnection } from '@stoa/sdk';
import { LoaderCircle } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { FailureScreen } from './leave/failure-screen.js';
import { LeaveScreen } from './leave/leave-screen.js';
import { useLastNames } from './leave/use-last-names.js';
import { PreviewScreen } from './preview/preview-screen.js';
import type { Remembered } from './state/memory.js';
import { usePreferences } from './state/preferences.js';
import { useStoa, useStoaState } from './state/stoa.js';
import { useTexts } from './texts/texts.js';

const loadMeeting = () => import('./meeting/meeting-screen.js');
const MeetingScreen = lazy(loadMeeting);

export interface CallProps {
  readonly credentials: Credentials;
  /** Fills the name field and locks it. */
  readonly name?: string | undefined;
  /**
   * Where to begin: before the room; at once in the room and, after leaving, before it (for a page that was
   * reloaded); or always at once in the room. Default `preview`.
   */
  readonly start?: 'preview' | 'resume' | 'skip-preview' | undefined;
  /** Neither header nor controls. */
  readonly bare?: boolean | undefined;
  readonly onJoined?: (() => void) | undefined;
  readonly onLeft?: (() => void) | undefined;
}

/** From the preview to the leave screen, and back again. The screen follows from the connection. */
export function Call({ credentials, name, start = 'preview', bare = false, onJoined, onLeft }: CallProps) {
  const stoa = useStoa();
  const preferences = usePreferences();
  const connection = useStoaState(selectConnection);
  const { status } = connection;
  const names = useLastNames();
  const [attempt, setAttempt] = useState(0);
  const [failure, setFailure] = useState<JoinFailure>();
  const direct = start === 'skip-preview' || (start === 'resume' && attempt === 0);
  const given = name ?? preferences.value.name;

  const entry = useRef({ credentials, direct, name: given, remembered: preferences.value });
  entry.current = { credentials, direct, name: given, remembered: preferences.value };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt enters once, as things are then
  useEffect(() => {
    void loadMeeting();
    let current = true;
    void restoreDevices(stoa, entry.current.remembered);
    void enter(stoa, entry.current).then((failed) => {
      if (current) setFailure(failed);
    });
    return () => {
      current = false;
      void stoa.leave();
    };
  }, [stoa, attempt]);

  useCrossings(status, onJoined, onLeft);

  const again = () => {
    setFailure(undefined);
    setAttempt(attempt + 1);
  };
  const join = async (chosen: string) => {
    if (name === undefined) preferences.change({ name: chosen });
    setFailure(noticed(await stoa.join({ name: chosen })));
  };

  if (failure !== undefined) return <FailureScreen failure={failure} onAgain={again} />;
  switch (connection.status) {
    case 'idle':
      return <Loading />;
    case 'connecting':
    case 'preview':
    case 'joining':
      if (direct) return <Loading />;
      return (
        <PreviewScreen name={given} nameLocked={name !== undefined} onJoin={(chosen) => void join(chosen)} />
      );
    case 'connected':
    case 'reconnecting':
      return (
        <Suspense fallback={<Loading />}>
          <MeetingScreen bare={bare} nameLocked={name !== undefined} />
        </Suspense>
      );
    case 'left':
      return <LeaveScreen reason={connection.reason} name={names.own} by={names.by} onRejoin={again} />;
  }
}

interface Entry {
  readonly credentials: Credentials;
  readonly direct: boolean;
  readonly name: string;
  readonly remembered: Remembered;
}

/** Somebody who left while coming in knows it. */
const noticed = (result: { ok: true } | { ok: false; failure: JoinFailure }): JoinFailure | undefined =>
  result.ok || result.failure.code === 'cancelled' ? undefined : result.failure;

async function enter(stoa: Stoa, { credentials, direct, name, remembered }: Entry) {
  const capture = { microphone: remembered.microphoneOn, camera: remembered.cameraOn };
  if (!direct) return noticed(await stoa.preview({ ...credentials, ...capture, name }));
  const shown = name === '' ? crypto.randomUUID() : name;
  return noticed(await stoa.join({ ...credentials, ...capture, name: shown }));
}

/** Chooses the devices used last, those that are still there. */
async function restoreDevices(stoa: Stoa, { devices }: Remembered): Promise<void> {
  await stoa.local.refreshDevices();
  const { microphones, cameras, speakers } = stoa.store.get().devices;
  const lists = { microphone: microphones, camera: cameras, speaker: speakers };
  for (const kind of ['microphone', 'camera', 'speaker'] as const) {
    const wanted = devices[kind];
    if (lists[kind].some((device) => device.id === wanted) && wanted !== undefined) {
      await stoa.local.selectDevice(kind, wanted);
    }
  }
}

/** Tells the embedding page when the room is entered and left. */
function useCrossings(status: string, onJoined?: () => void, onLeft?: () => void): void {
  const tell = useRef({ onJoined, onLeft });
  tell.current = { onJoined, onLeft };
  const inside = status === 'connected' || status === 'reconnecting';
  const was = useRef(false);
  useEffect(() => {
    if (inside !== was.current) (inside ? tell.current.onJoined : tell.current.onLeft)?.();
    was.current = inside;
  }, [inside]);
}

function Loading() {
  const { loading } = useTexts();
  return (
    <div className="stoa-loading" role="status">
      <LoaderCircle aria-hidden="true" className="stoa-spin" />
      <span className="stoa-hidden">{loading}</span>
    </div>
  );
}

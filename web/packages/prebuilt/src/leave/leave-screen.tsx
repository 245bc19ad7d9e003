import type { LeaveReason } from '@stoa/sdk';
import { CircleStop, Hand, UserX, WifiOff } from 'lucide-react';
import type { Texts } from '../texts/en.js';
import { useTexts } from '../texts/texts.js';
import { NoticeScreen } from './notice-screen.js';

interface Farewell {
  readonly title: string;
  readonly body: string;
  readonly detail?: string | undefined;
}

/** What is said to somebody who is out. `by` is the name of who did it, when known. */
export function farewellOf(
  reason: LeaveReason,
  name: string,
  by: string | undefined,
  texts: Texts,
): Farewell {
  const { leave } = texts;
  switch (reason.kind) {
    case 'user':
      return { title: leave.left, body: leave.goodbye(name) };
    case 'removed':
      return {
        title: leave.removed,
        body: by === undefined ? leave.goodbye(name) : leave.removedBy(by),
        detail: reason.message === '' ? undefined : leave.reason(reason.message),
      };
    case 'room-ended':
      return {
        title: leave.ended,
        body: by === undefined ? leave.endedHint : leave.endedBy(by),
        detail: reason.message === '' ? undefined : leave.reason(reason.message),
      };
    case 'failed':
      return { title: leave.failed, body: texts.sessionFailures[reason.failure.code] };
  }
}

const ICONS = { user: Hand, removed: UserX, 'room-ended': CircleStop, failed: WifiOff } as const;

interface LeaveScreenProps {
  readonly reason: LeaveReason;
  readonly name: string;
  readonly by: string | undefined;
  readonly onRejoin: () => void;
}

export function LeaveScreen({ reason, name, by, onRejoin }: LeaveScreenProps) {
  const texts = useTexts();
  const Icon = ICONS[reason.kind];
  return (
    <NoticeScreen icon={<Icon />} {...farewellOf(reason, name, by, texts)}>
      <button type="button" className="stoa-button" data-tone="primary" onClick={onRejoin}>
        {texts.leave.rejoin}
      </button>
    </NoticeScreen>
  );
}

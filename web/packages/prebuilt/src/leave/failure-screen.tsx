import type { JoinFailure } from '@stoa/sdk';
import { CircleAlert } from 'lucide-react';
import type { Texts } from '../texts/en.js';
import { useTexts } from '../texts/texts.js';
import { NoticeScreen } from './notice-screen.js';

/** Failures another try cannot mend. */
const HOPELESS: readonly JoinFailure['code'][] = [
  'room-code-unknown',
  'token-invalid',
  'unsupported-browser',
];

/** Words for a join that failed. A full room has no code of its own; the server's message tells it. */
export function noticeOf(failure: JoinFailure, texts: Texts) {
  if (failure.code !== 'refused') return texts.joinFailures[failure.code];
  if (/\bfull\b/i.test(failure.message)) return texts.roomFull;
  const detail = failure.message === '' ? undefined : texts.serverSays(failure.message);
  return { ...texts.joinFailures.refused, detail };
}

interface FailureScreenProps {
  readonly failure: JoinFailure;
  readonly onAgain: () => void;
}

export function FailureScreen({ failure, onAgain }: FailureScreenProps) {
  const texts = useTexts();
  return (
    <NoticeScreen icon={<CircleAlert />} {...noticeOf(failure, texts)}>
      {!HOPELESS.includes(failure.code) && (
        <button type="button" className="stoa-button" data-tone="primary" onClick={onAgain}>
          {texts.tryAgain}
        </button>
      )}
    </NoticeScreen>
  );
}

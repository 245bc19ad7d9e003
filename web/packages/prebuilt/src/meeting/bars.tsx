import { LoaderCircle, VolumeX } from 'lucide-react';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';

/** Shown while the connection is being repaired. */
export function ReconnectingBar() {
  const { meeting: texts } = useTexts();
  const reconnecting = useStoaState((state) => state.connection.status === 'reconnecting');
  return (
    <div role="status" className="stoa-bar-slot">
      {reconnecting && (
        <div className="stoa-bar" data-tone="warning">
          <LoaderCircle aria-hidden="true" className="stoa-spin" />
          <span>{texts.reconnecting}</span>
        </div>
      )}
    </div>
  );
}

/** Browsers keep a page silent until it was clicked. */
export function SoundBar() {
  const stoa = useStoa();
  const { meeting: texts } = useTexts();
  const blocked = useStoaState((state) => state.audioBlocked);
  if (!blocked) return null;
  return (
    <div className="stoa-bar" data-tone="warning" role="alert">
      <VolumeX aria-hidden="true" />
      <span>{texts.soundBlocked}</span>
      <button
        type="button"
        className="stoa-button"
        data-tone="primary"
        onClick={() => void stoa.resumeAudio()}
      >
        {texts.hear}
      </button>
    </div>
  );
}

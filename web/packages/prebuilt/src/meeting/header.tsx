import { selectRoom } from '@stoa/sdk';
import { Circle, Radio } from 'lucide-react';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { ThemeToggle } from '../theme/theme-toggle.js';

const RECORDINGS = ['sfu', 'Browser', 'HLS'];

export function Header() {
  const { meeting: texts } = useTexts();
  const { name, outputs } = useStoaState(selectRoom);
  const recording = RECORDINGS.some((output) => outputs[output] === true);
  const streaming = outputs.hls === true || outputs.rtmp === true;
  return (
    <header className="stoa-header">
      <h1 className="stoa-ellipsis">{name}</h1>
      <div className="stoa-header-side">
        {streaming && (
          <span className="stoa-chip" data-tone="danger">
            <Radio aria-hidden="true" />
            {texts.streaming}
          </span>
        )}
        {recording && (
          <span className="stoa-chip">
            <Circle aria-hidden="true" className="stoa-recording" />
            {texts.recording}
          </span>
        )}
        <ThemeToggle />
      </div>
    </header>
  );
}

import { TriangleAlert } from 'lucide-react';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import type { SourceKind } from './source-toggle.js';

/** Says in plain words why microphone or camera is off, and offers another try. */
export function DeviceTrouble({ kind }: { readonly kind: SourceKind }) {
  const stoa = useStoa();
  const texts = useTexts();
  const { failure, allowed, busy } = useStoaState((state) => state.local[kind]);
  if (failure === undefined || !allowed) return null;
  const again = () =>
    void (kind === 'microphone' ? stoa.local.setMicrophone(true) : stoa.local.setCamera(true));
  return (
    <p className="stoa-trouble" role="alert">
      <TriangleAlert aria-hidden="true" />
      <span>{texts.trouble[kind][failure.code]}</span>
      {failure.code !== 'unsupported' && (
        <button type="button" className="stoa-link-button" disabled={busy} onClick={again}>
          {texts.tryAgain}
        </button>
      )}
    </p>
  );
}

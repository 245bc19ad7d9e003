import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { IconButton } from '../parts/icon-button.js';
import { usePreferences } from '../state/preferences.js';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';

export type SourceKind = 'microphone' | 'camera';

const KEYS = { microphone: 'M', camera: 'V' } as const;

/** Turns microphone or camera on or off, and remembers it for the next call. */
export function useSourceToggle(kind: SourceKind): { readonly on: boolean; toggle(): void } {
  const stoa = useStoa();
  const { change } = usePreferences();
  const { on, busy, allowed } = useStoaState((state) => state.local[kind]);
  return {
    on,
    toggle() {
      if (!allowed || busy) return;
      change(kind === 'microphone' ? { microphoneOn: !on } : { cameraOn: !on });
      void (kind === 'microphone' ? stoa.local.setMicrophone(!on) : stoa.local.setCamera(!on));
    },
  };
}

/** The name stays and `aria-pressed` tells the state: pressed is on. Nothing for a role without the right. */
export function SourceToggle({ kind }: { readonly kind: SourceKind }) {
  const { devices: texts, shortcut } = useTexts();
  const { on, toggle } = useSourceToggle(kind);
  const { allowed, busy, failure } = useStoaState((state) => state.local[kind]);
  if (!allowed) return null;
  const action =
    kind === 'microphone' ? (on ? texts.mute : texts.unmute) : on ? texts.stopCamera : texts.startCamera;
  const [On, Off] = kind === 'microphone' ? [Mic, MicOff] : [Video, VideoOff];
  return (
    <IconButton
      label={texts[kind]}
      hint={shortcut(action, KEYS[kind])}
      tone={on || busy ? 'plain' : 'off'}
      aria-pressed={on}
      aria-busy={busy}
      onClick={toggle}
      badge={failure === undefined ? undefined : '!'}
    >
      {on ? <On aria-hidden="true" /> : <Off aria-hidden="true" />}
    </IconButton>
  );
}

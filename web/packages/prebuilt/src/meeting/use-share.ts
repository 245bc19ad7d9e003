import { useStoa, useStoaState } from '../state/stoa.js';

export interface Share {
  /** The role may, and the browser can (phones cannot). */
  readonly possible: boolean;
  readonly on: boolean;
  toggle(): void;
}

export function useShare(): Share {
  const stoa = useStoa();
  const { allowed, on, busy } = useStoaState((state) => state.local.screen);
  return {
    possible: allowed && typeof navigator.mediaDevices?.getDisplayMedia === 'function',
    on,
    toggle() {
      if (!busy) void stoa.local.setScreenShare(!on);
    },
  };
}

import { useSyncExternalStore } from 'react';
import { usePortalRoot } from '../parts/portal-root.js';

const subscribe = (tell: () => void) => {
  document.addEventListener('fullscreenchange', tell);
  return () => document.removeEventListener('fullscreenchange', tell);
};

/** The whole app on the whole screen. */
export function useFullScreen(): { readonly possible: boolean; readonly on: boolean; toggle(): void } {
  const root = usePortalRoot();
  const on = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  return {
    possible: document.fullscreenEnabled,
    on,
    toggle() {
      const done = on ? document.exitFullscreen() : root?.requestFullscreen();
      done?.catch(() => undefined);
    },
  };
}

import { useCallback, useSyncExternalStore } from 'react';

/** Whether a CSS media query applies now. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (tell: () => void) => {
      const list = globalThis.matchMedia?.(query);
      list?.addEventListener('change', tell);
      return () => list?.removeEventListener('change', tell);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => globalThis.matchMedia?.(query).matches ?? false);
}

/** A window too small for panels beside the stage. The style sheet asks the same. */
export const usePhone = (): boolean => useMediaQuery('(max-width: 640px), (max-height: 420px)');

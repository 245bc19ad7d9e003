import type { Equality, Stoa, StoaState } from '@stoa/sdk';
import { createContext, useCallback, useContext, useRef, useSyncExternalStore } from 'react';

const StoaContext = createContext<Stoa | undefined>(undefined);

export const StoaProvider = StoaContext.Provider;

/** The seat this part of the page is about. */
export function useStoa(): Stoa {
  const stoa = useContext(StoaContext);
  if (stoa === undefined) throw new Error('StoaProvider is missing above this component');
  return stoa;
}

/**
 * What `selector` picks of the state; draws again when that changes. Selectors that build lists want
 * `shallowEqual`.
 */
export function useStoaState<T>(selector: (state: StoaState) => T, equality: Equality<T> = Object.is): T {
  const { store } = useStoa();
  const kept = useRef<{ readonly value: T }>(undefined);
  const pick = (): T => {
    const value = store.select(selector);
    // An equal pick must stay the same object, or React would draw without end.
    if (kept.current !== undefined && equality(kept.current.value, value)) return kept.current.value;
    kept.current = { value };
    return value;
  };
  const subscribe = useCallback((tell: () => void) => store.subscribe((state) => state, tell), [store]);
  return useSyncExternalStore(subscribe, pick);
}

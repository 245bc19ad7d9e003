import type { StoaState } from './state.js';

export type Equality<T> = (a: T, b: T) => boolean;

/** The readable side of the state. */
export interface Store {
  get(): StoaState;
  select<T>(selector: (state: StoaState) => T): T;
  /**
   * Calls `listener` after each change of what `selector` picks, until the returned function is called.
   * `equality` says whether a pick is unchanged; default `Object.is`.
   */
  subscribe<T>(
    selector: (state: StoaState) => T,
    listener: (now: T, before: T) => void,
    equality?: Equality<T>,
  ): () => void;
}

/** The store with its write side, kept inside the SDK. */
export interface WritableStore<E> extends Store {
  dispatch(event: E): void;
}

/** Events come one at a time; a listener that dispatches sees its event applied after the others were told. */
export function createStore<E>(
  initial: StoaState,
  reduce: (state: StoaState, event: E) => StoaState,
): WritableStore<E> {
  let state = initial;
  const watchers = new Set<() => void>();
  const queue: E[] = [];
  let draining = false;

  const drain = () => {
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
      const next = reduce(state, event);
      if (next === state) continue;
      state = next;
      for (const watch of [...watchers]) watch();
    }
  };

  return {
    get: () => state,
    select: (selector) => selector(state),
    subscribe(selector, listener, equality = Object.is) {
      let picked = selector(state);
      const watch = () => {
        const now = selector(state);
        if (equality(now, picked)) return;
        const before = picked;
        picked = now;
        listener(now, before);
      };
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    dispatch(event) {
      queue.push(event);
      if (draining) return;
      draining = true;
      try {
        drain();
      } finally {
        draining = false;
      }
    },
  };
}

/** Equality of lists and plain objects one level deep, for selectors that build a new one each time. */
export function shallowEqual<T>(a: T, b: T): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => Object.is(value, (b as Record<string, unknown>)[key]))
  );
}

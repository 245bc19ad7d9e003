import { createContext, useContext, useMemo, useState } from 'react';
import { type Remembered, recall, remember } from './memory.js';

export interface Preferences {
  readonly value: Remembered;
  /** Changes and remembers. */
  change(patch: Partial<Remembered>): void;
}

const PreferencesContext = createContext<Preferences | undefined>(undefined);

export const PreferencesProvider = PreferencesContext.Provider;

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === undefined) throw new Error('PreferencesProvider is missing above this component');
  return preferences;
}

/** What the user chose, read once and kept in step with the browser's memory. */
export function useRemembered(): Preferences {
  const [value, setValue] = useState(recall);
  return useMemo(
    () => ({
      value,
      change(patch) {
        remember(patch);
        setValue((before) => ({ ...before, ...patch }));
      },
    }),
    [value],
  );
}

import { useMediaQuery } from '../parts/use-media.js';
import { usePreferences } from '../state/preferences.js';

export interface Theme {
  readonly dark: boolean;
  toggle(): void;
}

/** The colours in use: the user's choice, else the system's. */
export function useTheme(): Theme {
  const { value, change } = usePreferences();
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)');
  const dark = value.theme === 'system' ? systemDark : value.theme === 'dark';
  return {
    dark,
    toggle() {
      const next = !dark;
      // Back at what the system says, the system is followed again.
      change({ theme: next === systemDark ? 'system' : next ? 'dark' : 'light' });
    },
  };
}

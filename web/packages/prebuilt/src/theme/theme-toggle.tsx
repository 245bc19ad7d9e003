import { Moon, Sun } from 'lucide-react';
import { IconButton } from '../parts/icon-button.js';
import { useTexts } from '../texts/texts.js';
import { useTheme } from './use-theme.js';

export function ThemeToggle() {
  const { theme: texts } = useTexts();
  const { dark, toggle } = useTheme();
  return (
    <IconButton label={dark ? texts.toLight : texts.toDark} onClick={toggle}>
      {dark ? <Sun aria-hidden="true" /> : <Moon aria-hidden="true" />}
    </IconButton>
  );
}

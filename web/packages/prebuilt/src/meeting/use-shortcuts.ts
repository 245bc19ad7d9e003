import { useEffect, useRef } from 'react';

export type Shortcuts = Readonly<Record<string, () => void>>;

/** Whether keys pressed here mean letters, or belong to an open menu or dialog. */
export function isTypingIn(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest('input, textarea, select, [role=menu], [role=dialog]') !== null
  );
}

/** The key of the table a key press stands for; undefined when it is nobody's business. */
export function shortcutOf(event: KeyboardEvent): string | undefined {
  if (event.defaultPrevented || event.repeat || event.isComposing) return undefined;
  if (event.key === 'Escape') return event.altKey || event.ctrlKey || event.metaKey ? undefined : 'escape';
  // The keys people bring from other calls work while typing too.
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    return { d: 'm', e: 'v' }[event.key.toLowerCase()];
  }
  const plain = !(event.altKey || event.ctrlKey || event.metaKey);
  return plain && !isTypingIn(event.target) ? event.key.toLowerCase() : undefined;
}

/** Runs actions by key, anywhere on the page: `m`, `v` … and `escape`. Ctrl+D and Ctrl+E are `m` and `v`. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const now = useRef(shortcuts);
  now.current = shortcuts;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const key = shortcutOf(event);
      const run = key === undefined ? undefined : now.current[key];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

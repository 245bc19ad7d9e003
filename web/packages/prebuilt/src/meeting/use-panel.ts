import { useRef, useState } from 'react';

export type PanelName = 'chat' | 'people';

export interface PanelState {
  readonly open: PanelName | undefined;
  toggle(name: PanelName): void;
  close(): void;
}

/** Which side panel is open. Closing gives the focus back to where it was before. */
export function usePanel(): PanelState {
  const [open, setOpen] = useState<PanelName>();
  const before = useRef<HTMLElement>(null);
  const close = () => {
    setOpen(undefined);
    if (before.current?.isConnected) before.current.focus();
  };
  return {
    open,
    close,
    toggle(name) {
      if (open === name) return close();
      const { activeElement } = document;
      // From one panel to the next the place to come back to stays.
      if (open === undefined) before.current = activeElement instanceof HTMLElement ? activeElement : null;
      setOpen(name);
    },
  };
}

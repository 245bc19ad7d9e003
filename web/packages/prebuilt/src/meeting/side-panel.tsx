import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '../texts/texts.js';

interface SidePanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Beside the stage; over it on a phone. The stage stays usable, so this is no dialog. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const texts = useTexts();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // A field inside may have taken the focus already.
    if (!panel.current?.contains(document.activeElement)) panel.current?.focus();
  }, []);
  return (
    <aside ref={panel} className="stoa-panel" aria-label={title} tabIndex={-1}>
      <header>
        <h2>{title}</h2>
        <button type="button" className="stoa-quiet-button" aria-label={texts.close} onClick={onClose}>
          <X aria-hidden="true" />
        </button>
      </header>
      {children}
    </aside>
  );
}

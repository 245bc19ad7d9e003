import * as Dialog from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts.js';
import { usePortalRoot } from './portal-root.js';

interface ModalProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A dialog that holds the focus and gives it back. Esc and the cross close it. */
export function Modal({ open, onClose, title, hint, wide = false, children }: ModalProps) {
  const root = usePortalRoot();
  const texts = useTexts();
  return (
    <Dialog.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Dialog.Portal container={root}>
        <Dialog.Overlay className="stoa-overlay" />
        <Dialog.Content
          className="stoa-dialog"
          data-wide={wide}
          {...(hint === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header>
            <Dialog.Title className="stoa-dialog-title">{title}</Dialog.Title>
            <Dialog.Close className="stoa-quiet-button" aria-label={texts.close}>
              <X aria-hidden="true" />
            </Dialog.Close>
          </header>
          {hint !== undefined && <Dialog.Description className="stoa-hint">{hint}</Dialog.Description>}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface QuestionProps {
  readonly open: boolean;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly yes: string;
  readonly no: string;
  readonly danger?: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before something is done. */
export function Question({ open, title, hint, yes, no, danger = false, onYes, onNo }: QuestionProps) {
  return (
    <Modal open={open} onClose={onNo} title={title} hint={hint}>
      <div className="stoa-dialog-actions">
        <button type="button" className="stoa-button" onClick={onNo}>
          {no}
        </button>
        <button
          type="button"
          className="stoa-button"
          data-tone={danger ? 'danger' : 'primary'}
          onClick={onYes}
        >
          {yes}
        </button>
      </div>
    </Modal>
  );
}

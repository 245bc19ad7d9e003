import { X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Texts } from '../texts/en.js';
import { useTexts } from '../texts/texts.js';
import { type Toast, withToast } from './toast-list.js';
import { type Toasts, ToastsContextProvider } from './toasts.js';

/** How long a toast stays, ms. Errors stay longer, as they want to be read. */
const STAY_MS = { joined: 4000, left: 4000, message: 6000, info: 5000, error: 9000 } as const;

export function ToastsProvider({ children }: { readonly children: ReactNode }) {
  const texts = useTexts();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const nextId = useRef(0);
  const api = useMemo(
    (): Toasts => ({
      add(kind, text) {
        nextId.current += 1;
        const id = nextId.current;
        setToasts((before) => withToast(before, kind, text, id));
      },
    }),
    [],
  );
  const remove = (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id));
  return (
    <ToastsContextProvider value={api}>
      {children}
      <section className="stoa-toasts" role="log" aria-live="polite" aria-label={texts.toasts.region}>
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onGone={() => remove(toast.id)} />
        ))}
      </section>
    </ToastsContextProvider>
  );
}

const textOf = (toast: Toast, texts: Texts['toasts']): string => {
  if (toast.kind === 'joined') return texts.joined(toast.text, toast.others);
  return toast.kind === 'left' ? texts.left(toast.text, toast.others) : toast.text;
};

function ToastCard({ toast, onGone }: { readonly toast: Toast; readonly onGone: () => void }) {
  const texts = useTexts();
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    const timer = setTimeout(() => gone.current(), STAY_MS[toast.kind]);
    return () => clearTimeout(timer);
  }, [toast.kind]);
  return (
    <div className="stoa-toast" data-kind={toast.kind}>
      <span>{textOf(toast, texts.toasts)}</span>
      <button type="button" className="stoa-quiet-button" aria-label={texts.close} onClick={onGone}>
        <X aria-hidden="true" />
      </button>
    </div>
  );
}

import { createContext, useContext } from 'react';
import type { ToastKind } from './toast-list.js';

export interface Toasts {
  add(kind: ToastKind, text: string): void;
}

const ToastsContext = createContext<Toasts>({ add() {} });

export const ToastsContextProvider = ToastsContext.Provider;

/** Short news at the edge of the window. */
export const useToasts = (): Toasts => useContext(ToastsContext);

export type ToastKind = 'joined' | 'left' | 'message' | 'info' | 'error';

export interface Toast {
  readonly id: number;
  readonly kind: ToastKind;
  /** Name or text; for joined and left the first name. */
  readonly text: string;
  /** Further people the toast speaks of. */
  readonly others: number;
}

const MOST_TOASTS = 5;

/** Adds a toast. Joins after a join, and leaves after a leave, become one; beyond five the oldest goes. */
export function withToast(
  toasts: readonly Toast[],
  kind: ToastKind,
  text: string,
  id: number,
): readonly Toast[] {
  const last = toasts.at(-1);
  const merges = kind === 'joined' || kind === 'left';
  if (merges && last?.kind === kind) {
    return [...toasts.slice(0, -1), { ...last, id, others: last.others + 1 }];
  }
  const repeated = toasts.filter((toast) => toast.kind !== kind || toast.text !== text);
  return [...repeated, { id, kind, text, others: 0 }].slice(-MOST_TOASTS);
}

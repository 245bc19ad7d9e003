import { HAND_RAISE, selectLocalPeer } from '@stoa/sdk';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { useToasts } from '../toasts/toasts.js';

/** The own hand. It is up when the server says so. */
export function useHand(): { readonly up: boolean; toggle(): void } {
  const stoa = useStoa();
  const { toasts } = useTexts();
  const { add } = useToasts();
  const up = useStoaState((state) => selectLocalPeer(state)?.groups.includes(HAND_RAISE) ?? false);
  return {
    up,
    async toggle() {
      const done = await stoa.raiseHand(!up);
      if (!done.ok) add('error', toasts.requestFailed);
    },
  };
}

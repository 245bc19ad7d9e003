import { HAND_RAISE, selectLocalPeer } from '@stoa/sdk';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useReport } from '../toasts/use-report.js';

/** The own hand. It is up when the server says so. */
export function useHand(): { readonly up: boolean; toggle(): void } {
  const stoa = useStoa();
  const report = useReport();
  const up = useStoaState((state) => selectLocalPeer(state)?.groups.includes(HAND_RAISE) ?? false);
  return {
    up,
    toggle: () => void report(stoa.raiseHand(!up)),
  };
}

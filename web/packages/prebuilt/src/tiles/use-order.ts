import { shallowEqual } from '@stoa/sdk';
import { useRef } from 'react';
import { useStoaState } from '../state/stoa.js';
import { nextOrder } from './pages.js';
import { selectStagePeers } from './stage-peers.js';

const NOBODY: readonly string[] = [];

/** Ids of the tiles in drawing order, with speakers on the first page. */
export function useOrder(pageSize: number): readonly string[] {
  const present = useStoaState(selectStagePeers, shallowEqual);
  const speakers = useStoaState((state) => state.speakers.map((speaker) => speaker.peerId), shallowEqual);
  const self = useStoaState((state) => state.local.peerId);
  const order = useRef(NOBODY);
  const recent = useRef(NOBODY);
  if (speakers.length > 0) {
    recent.current = [...speakers, ...recent.current.filter((id) => !speakers.includes(id))];
  }
  const pinned = self === undefined ? NOBODY : [self];
  const next = nextOrder(order.current, present, speakers, recent.current, pinned, pageSize);
  if (!shallowEqual(next, order.current)) order.current = next;
  return order.current;
}

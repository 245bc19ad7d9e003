import { selectLocalPeer } from '@stoa/sdk';
import { useEffect, useState } from 'react';
import { useStoa } from '../state/stoa.js';

export interface LastNames {
  readonly own: string;
  /** Who removed the peer or ended the room, when known. */
  readonly by: string | undefined;
}

/** Names as they were at the moment of leaving, as the room is forgotten then. */
export function useLastNames(): LastNames {
  const { store } = useStoa();
  const [names, setNames] = useState<LastNames>({ own: '', by: undefined });
  useEffect(
    () =>
      store.subscribe(
        (state) => state,
        ({ connection }, before) => {
          if (connection.status !== 'left' || before.connection.status === 'left') return;
          const { reason } = connection;
          const by = 'by' in reason && reason.by !== undefined ? before.peers[reason.by]?.name : undefined;
          setNames({ own: selectLocalPeer(before)?.name ?? '', by });
        },
      ),
    [store],
  );
  return names;
}

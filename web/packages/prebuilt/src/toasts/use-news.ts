import {
  type CaptureFailure,
  HAND_RAISE,
  type LocalSource,
  type StoaEvent,
  type StoaState,
  shallowEqual,
} from '@stoa/sdk';
import { useEffect, useRef } from 'react';
import { useStoa } from '../state/stoa.js';
import type { Texts } from '../texts/en.js';
import { useTexts } from '../texts/texts.js';
import type { ToastKind } from './toast-list.js';
import { useToasts } from './toasts.js';

export interface News {
  readonly kind: ToastKind;
  readonly text: string;
}

const nameOf = (state: StoaState, id: string | undefined, texts: Texts) =>
  (id === undefined ? undefined : state.peers[id]?.name) ?? texts.requests.somebody;

/** What a one-off event is told as; undefined for what is told elsewhere or not at all. */
export function newsOf(
  event: StoaEvent,
  state: StoaState,
  chatOpen: boolean,
  texts: Texts,
): News | undefined {
  const { toasts } = texts;
  switch (event.type) {
    case 'peer-joined':
      return { kind: 'joined', text: event.name };
    case 'peer-left':
      return { kind: 'left', text: event.name };
    case 'message': {
      if (chatOpen || event.message.isLocal) return undefined;
      const sender = event.message.senderName || texts.chat.server;
      return { kind: 'message', text: toasts.message(sender, event.message.text) };
    }
    case 'muted-by': {
      const video = state.tracks[event.trackId]?.kind === 'video';
      const who = nameOf(state, event.by, texts);
      return { kind: 'info', text: video ? toasts.cameraStoppedBy(who) : toasts.mutedBy(who) };
    }
    case 'role-changed':
      return { kind: 'info', text: toasts.roleChanged(event.role) };
    case 'custom':
      if (event.name !== 'role_change_declined') return undefined;
      return { kind: 'info', text: toasts.declined(nameOf(state, event.senderId, texts)) };
    case 'unmute-requested':
      return undefined;
  }
}

/** What a failure of a local source is told as. A screen picker that was closed is no news. */
export function troubleOf(source: 'microphone' | 'camera' | 'screen', failure: CaptureFailure, texts: Texts) {
  const closed = source === 'screen' && failure.code === 'permission-denied';
  return closed || failure.code === 'not-allowed-by-role' ? undefined : texts.trouble[source][failure.code];
}

const raisedHands = (state: StoaState): readonly string[] =>
  Object.values(state.peers)
    .filter((peer) => !peer.isLocal && peer.groups.includes(HAND_RAISE))
    .map((peer) => peer.id);

/** Tells by toasts what happens in the meeting. */
export function useNews(chatOpen: boolean): void {
  const stoa = useStoa();
  const texts = useTexts();
  const { add } = useToasts();
  const open = useRef(chatOpen);
  open.current = chatOpen;

  useEffect(
    () =>
      stoa.on((event) => {
        const news = newsOf(event, stoa.store.get(), open.current, texts);
        if (news !== undefined) add(news.kind, news.text);
      }),
    [stoa, texts, add],
  );

  useEffect(() => {
    const { store } = stoa;
    const trouble = (source: 'microphone' | 'camera' | 'screen') =>
      store.subscribe(
        (state): LocalSource['failure'] => state.local[source].failure,
        (failure) => {
          const text = failure && troubleOf(source, failure, texts);
          if (text !== undefined) add('error', text);
        },
      );
    const stops = [
      trouble('microphone'),
      trouble('camera'),
      trouble('screen'),
      store.subscribe(
        raisedHands,
        (now, before) => {
          for (const id of now.filter((hand) => !before.includes(hand))) {
            add('info', texts.toasts.hand(nameOf(store.get(), id, texts)));
          }
        },
        shallowEqual,
      ),
      store.subscribe(
        (state) => state.connection.status,
        (now, before) => {
          if (now === 'connected' && before === 'reconnecting') add('info', texts.meeting.connectedAgain);
        },
      ),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [stoa, texts, add]);
}

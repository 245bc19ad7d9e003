import type { Message } from '@stoa/sdk';
import { useState } from 'react';
import { useStoaState } from '../state/stoa.js';

/** Messages of others after the one read last. All of them when that one is no longer kept. */
export function unreadCount(messages: readonly Message[], lastRead: string | undefined): number {
  const read = messages.findIndex((message) => message.id === lastRead);
  return messages.slice(read + 1).filter((message) => !message.isLocal).length;
}

/** Unread messages; while `reading` all are read. */
export function useUnread(reading: boolean): number {
  const messages = useStoaState((state) => state.messages);
  const [lastRead, setLastRead] = useState<string>();
  const newest = messages.at(-1)?.id;
  if (reading && newest !== lastRead) setLastRead(newest);
  return reading ? 0 : unreadCount(messages, lastRead);
}

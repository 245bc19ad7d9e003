import type { Message } from '@stoa/sdk';
import { memo } from 'react';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { audienceNote } from './audience.js';
import { piecesOf } from './links.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

export const ChatMessage = memo(function ChatMessage({ message }: { readonly message: Message }) {
  const stoa = useStoa();
  const { you, chat: texts } = useTexts();
  const own = useStoaState((state) => state.local.peerId);
  const sender = message.isLocal ? you : message.senderName || texts.server;
  const note = audienceNote(message.audience, texts, own, (id) => stoa.store.get().peers[id]?.name);
  return (
    <li className="stoa-message" data-own={message.isLocal} data-private={note !== ''}>
      <p className="stoa-message-head">
        <b className="stoa-ellipsis">{sender}</b>
        {note !== '' && <i className="stoa-ellipsis">{note}</i>}
        <time dateTime={new Date(message.time).toISOString()}>{clock.format(message.time)}</time>
      </p>
      <p className="stoa-message-text" dir="auto">
        {piecesOf(message.text).map((piece, place) =>
          piece.href === undefined ? (
            piece.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a message never changes
            <a key={place} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {piece.text}
            </a>
          ),
        )}
      </p>
    </li>
  );
});

import { ArrowDown } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { ChatMessage } from './chat-message.js';

/** Pixels from the end within which the list counts as being at its end. */
const NEAR_END = 48;

/** Follows new messages while the end is in sight, and leaves a reader of older ones in peace. */
export function MessageList() {
  const { chat: texts } = useTexts();
  const messages = useStoaState((state) => state.messages);
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [missed, setMissed] = useState(false);

  const toEnd = () => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  };
  const scrolled = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (atEnd.current) setMissed(false);
  };

  const newest = messages.at(-1);
  useLayoutEffect(() => {
    if (newest === undefined) return;
    if (atEnd.current || newest.isLocal) {
      if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
    } else {
      setMissed(true);
    }
  }, [newest]);

  return (
    <div className="stoa-messages">
      <div
        ref={box}
        className="stoa-scroll"
        role="log"
        aria-label={texts.messages}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too
        tabIndex={0}
        onScroll={scrolled}
      >
        {messages.length === 0 ? (
          <p className="stoa-empty">{texts.empty}</p>
        ) : (
          <ol>
            {messages.map((message) => (
              <ChatMessage key={message.id} message={message} />
            ))}
          </ol>
        )}
      </div>
      {missed && (
        <button type="button" className="stoa-button stoa-jump" onClick={toEnd}>
          <ArrowDown aria-hidden="true" />
          {texts.newMessages}
        </button>
      )}
    </div>
  );
}

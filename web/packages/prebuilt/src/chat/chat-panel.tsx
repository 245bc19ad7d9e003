import { Compose } from './compose.js';
import { MessageList } from './message-list.js';

export function ChatPanel() {
  return (
    <>
      <MessageList />
      <Compose />
    </>
  );
}

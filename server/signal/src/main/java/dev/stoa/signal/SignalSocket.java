package dev.stoa.signal;

import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerOutbox;
import dev.stoa.signal.json.NoticeWriter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/// The way out of one web socket. Thread-safe and never blocking: a reader that does not keep up is cut off.
final class SignalSocket implements PeerOutbox {
    private final Session session;
    private final NoticeWriter notices;
    private final SignalCounters counters;
    private final long maxQueuedBytes;
    private final Consumer<String> onChannelText;
    private final AtomicLong queuedBytes = new AtomicLong();

    SignalSocket(
            Session session,
            NoticeWriter notices,
            SignalCounters counters,
            long maxQueuedBytes,
            Consumer<String> onChannelText) {
        this.session = session;
        this.notices = notices;
        this.counters = counters;
        this.maxQueuedBytes = maxQueuedBytes;
        this.onChannelText = onChannelText;
    }

    @Override
    public void deliver(PeerNotice notice) {
        send(notices.write(notice));
    }

    @Override
    public void channelText(String text) {
        onChannelText.accept(text);
    }

    @Override
    public void close() {
        session.close(1000, "taken over", Callback.NOOP);
    }

    void send(String text) {
        if (!session.isOpen()) {
            return;
        }
        long size = text.length();
        if (queuedBytes.addAndGet(size) > maxQueuedBytes) {
            counters.slowReadersCut.increment();
            session.disconnect();
            return;
        }
        counters.messagesOut.increment();
        session.sendText(text, Callback.from(() -> written(size), failure -> written(size)));
    }

    private void written(long size) {
        queuedBytes.addAndGet(-size);
    }
}

package dev.stoa.signal;

import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerOutbox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;

/// The way out of one web socket. Thread-safe and never blocking: a reader that does not keep up is cut off.
///
/// Each message is a frame of its own, but on a busy server frames that can wait are written together, see [Rounds]
/// and [FrameTrain]. One that cannot wait takes those before it along.
final class SignalSocket implements PeerOutbox {
    private static final int NORMAL_CLOSURE = 1000;
    /// A reader that takes nothing for so long although something waits is cut off, however little it is: official
    /// clients give a connection up after 12 s without a message, so nobody is there any more.
    private static final long LONGEST_STALL_NS = 30_000_000_000L;

    private final CoreSession session;
    private final SharedNotices notices;
    private final SignalCounters counters;
    private final Rounds rounds;
    private final long maxQueuedBytes;
    private final Consumer<String> onChannelText;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Lock lock = new ReentrantLock();
    /// Messages not yet written; under the lock, as those that follow.
    private final List<byte[]> waiting = new ArrayList<>();

    private long waitingBytes;
    private boolean inRound;
    private long writtenNs;
    /// When the peer last took something, or something began to wait for it.
    private volatile long progressNs;

    SignalSocket(
            CoreSession session,
            SharedNotices notices,
            SignalCounters counters,
            Rounds rounds,
            long maxQueuedBytes,
            Consumer<String> onChannelText) {
        this.session = session;
        this.notices = notices;
        this.counters = counters;
        this.rounds = rounds;
        this.maxQueuedBytes = maxQueuedBytes;
        this.onChannelText = onChannelText;
        this.writtenNs = System.nanoTime();
    }

    @Override
    public void deliver(PeerNotice notice) {
        send(notices.bytes(notice), canWait(notice));
    }

    /// What many receive at a time and nobody waits for. A negotiation is not held up, nor are answers.
    private static boolean canWait(PeerNotice notice) {
        return notice instanceof PeerNotice.PeerJoined
                || notice instanceof PeerNotice.PeerLeft
                || notice instanceof PeerNotice.PeerUpdated
                || notice instanceof PeerNotice.PeerHidden
                || notice instanceof PeerNotice.SessionInfo
                || notice instanceof PeerNotice.RoomState
                || notice instanceof PeerNotice.MessageReceived
                || notice instanceof PeerNotice.ValuesChanged
                || notice instanceof PeerNotice.Speakers
                || notice instanceof PeerNotice.TracksUpdated;
    }

    @Override
    public void channelText(String text) {
        onChannelText.accept(text);
    }

    @Override
    public void close() {
        flush();
        session.close(NORMAL_CLOSURE, "taken over", Callback.NOOP);
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8), false);
    }

    private void send(byte[] text, boolean canWait) {
        if (!session.isOutputOpen()) {
            return;
        }
        long size = text.length;
        if (!hasRoomFor(size)) {
            counters.slowReadersCut.increment();
            session.abort();
            return;
        }
        counters.messagesOut.increment();
        lock.lock();
        try {
            waiting.add(text);
            waitingBytes += size;
            if (!canWait || !rounds.mayWait(writtenNs)) {
                write();
            } else if (!inRound) {
                inRound = true;
                rounds.add(this);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(long size) {
        long queued = queuedBytes.addAndGet(size);
        if (queued == size) {
            progressNs = System.nanoTime();
            return size <= maxQueuedBytes;
        }
        return queued <= maxQueuedBytes && System.nanoTime() - progressNs < LONGEST_STALL_NS;
    }

    private void written(long size) {
        progressNs = System.nanoTime();
        queuedBytes.addAndGet(-size);
    }

    /// Writes what waits.
    void flush() {
        lock.lock();
        try {
            inRound = false;
            write();
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        if (waiting.isEmpty()) {
            return;
        }
        writtenNs = System.nanoTime();
        long size = waitingBytes;
        waitingBytes = 0;
        Frame train = FrameTrain.of(waiting);
        waiting.clear();
        session.sendFrame(train, Callback.from(() -> written(size), failure -> written(size)), false);
    }
}

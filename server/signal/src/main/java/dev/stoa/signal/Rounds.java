package dev.stoa.signal;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When sockets write what can wait. Thread-safe.
///
/// Writing to a socket costs a system call, ten times what it takes to prepare the message. So a message that can wait
/// is written at once only if its socket has written nothing for the length of a round; else it waits for the end of
/// the round, and leaves together with what came after it. Rounds grow with the number of sockets: with few, nothing
/// waits.
final class Rounds {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final int SOCKETS_PER_MS = 25;
    private static final long SHORTEST_MS = 4;

    private final long longestMs;
    private final AtomicInteger sockets = new AtomicInteger();
    private final ConcurrentLinkedQueue<SignalSocket> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();

    /// @param longest of a round; 0 = nothing ever waits
    Rounds(Duration longest) {
        this.longestMs = longest.toMillis();
    }

    void opened() {
        sockets.incrementAndGet();
    }

    void closed() {
        sockets.decrementAndGet();
    }

    long lengthMs() {
        long length = Math.min(sockets.get() / SOCKETS_PER_MS, longestMs);
        return length < SHORTEST_MS ? 0 : length;
    }

    /// @param writtenNs when the socket wrote something last, `System.nanoTime`
    boolean mayWait(long writtenNs) {
        long length = lengthMs();
        return length > 0 && System.nanoTime() - writtenNs < length * 1_000_000;
    }

    void add(SignalSocket socket) {
        waiting.add(socket);
        if (running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("signal-round").start(this::run);
        }
    }

    private void run() {
        try {
            Thread.sleep(Math.max(1, lengthMs()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Sockets that come from now on start the next round.
        running.set(false);
        for (SignalSocket socket = waiting.poll(); socket != null; socket = waiting.poll()) {
            try {
                socket.flush();
            } catch (RuntimeException e) {
                log.warn("a socket could not be written to", e);
            }
        }
    }
}

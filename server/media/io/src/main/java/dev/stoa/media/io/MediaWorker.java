package dev.stoa.media.io;

import dev.stoa.media.io.tcp.TcpFrame;
import dev.stoa.media.io.tcp.TcpMedia;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuWorker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jctools.queues.MpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The duty cycle of one media thread: receive a batch, forward, run commands and timers, send the batch.
///
/// It sleeps in the socket only when a whole turn found nothing to do. Other threads reach it through bounded queues
/// and wake it only when it sleeps, so a busy worker costs them no system call.
final class MediaWorker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(MediaWorker.class);
    private static final int COMMANDS_PER_TURN = 256;
    private static final int DATAGRAMS_PER_TURN = 256;
    private static final int FRAMES_PER_TURN = 256;
    private static final int RECORDS_PER_TURN = 256;
    private static final int WAKES_QUEUED = 65_536;
    private static final long LONGEST_SLEEP_NS = 100_000_000L;

    /// Timers run at most so often: those due within a tick share one pass over all transports. Lower: quicker answers,
    /// and at the rate of one camera a pass every millisecond shows in the cost of a packet.
    private static final long TICK_NS = 5_000_000L;

    private static final long LOG_INTERVAL_NS = 1_000_000_000L;

    private final DatagramIo io;
    private final @Nullable TcpMedia tcp;
    private final BatchOut out;
    private final MpscArrayQueue<SfuCommand> commands;
    private final MpscArrayQueue<Long> wakes = new MpscArrayQueue<>(WAKES_QUEUED);
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final Neighbours neighbours = new Neighbours();
    private @Nullable Handover handover;
    private final Remote sender = new Remote();
    private final MemorySegment frameScratch = Arena.ofAuto().allocate(DatagramIo.SLOT_BYTES, 8);
    private final long startNs = System.nanoTime();
    private @Nullable SfuWorker sfu;
    private volatile boolean running = true;
    private final LongAdder refusedCommands = new LongAdder();
    private volatile long failures;
    private long tickedNs = -TICK_NS;
    private long loggedNs = -LOG_INTERVAL_NS;

    MediaWorker(DatagramIo io, @Nullable TcpMedia tcp, BatchOut out, int commandQueue) {
        this.io = io;
        this.tcp = tcp;
        this.out = out;
        this.commands = new MpscArrayQueue<>(commandQueue);
    }

    /// Before the thread starts: the worker's state needs [#wake] and the other way round.
    void attach(SfuWorker worker) {
        sfu = worker;
    }

    /// To be completed before the thread starts.
    Neighbours neighbours() {
        return neighbours;
    }

    Handover handover() {
        return Objects.requireNonNull(handover, "workers with ports of their own hand nothing over");
    }

    /// Datagrams of other workers that arrived here.
    long handedOver() {
        return handover == null ? 0 : handover.given();
    }

    /// Those of them that found the ring full.
    long lostInHandover() {
        return handover == null ? 0 : handover.lost();
    }

    /// Where ports do not tell workers apart; before the thread starts.
    void handover(Handover handover) {
        this.handover = handover;
    }

    /// Thread-safe.
    boolean submit(SfuCommand command) {
        if (!running || !commands.offer(command)) {
            refusedCommands.increment();
            return false;
        }
        wakeIfSleeping();
        return true;
    }

    /// A transport has DTLS work. Thread-safe. A full queue loses nothing: the next datagram or timer drains it too.
    void wake(long transport) {
        wakes.offer(transport);
        wakeIfSleeping();
    }

    void wakeIfSleeping() {
        if (sleeping.compareAndSet(true, false)) {
            io.wakeup();
        }
    }

    long refusedCommands() {
        return refusedCommands.sum();
    }

    /// Datagrams, commands and timers that ended in an exception.
    long failures() {
        return failures;
    }

    void stop() {
        running = false;
        io.wakeup();
    }

    @Override
    public void run() {
        SfuWorker worker = sfu;
        if (worker == null) {
            throw new IllegalStateException("worker was not attached");
        }
        while (running) {
            if (turn(worker) == 0) {
                sleep(worker);
            }
        }
        // Transports closed last still say goodbye.
        runCommands(worker, nowNs());
        out.flush();
    }

    private int turn(SfuWorker worker) {
        long nowNs = nowNs();
        int work = receive(worker, nowNs);
        work += runCommands(worker, nowNs);
        work += runWakes(worker, nowNs);
        work += receiveTcp(worker, nowNs);
        work += receiveHandedOver(worker, nowNs);
        work += receiveRelays(worker, nowNs);
        work += runTimers(worker, nowNs);
        out.flush();
        neighbours.wake();
        return work;
    }

    private int receiveRelays(SfuWorker worker, long nowNs) {
        try {
            return worker.handleRelays(nowNs, RECORDS_PER_TURN);
        } catch (RuntimeException broken) {
            onFailure(nowNs, broken);
            return 1;
        }
    }

    private int runTimers(SfuWorker worker, long nowNs) {
        if (timersNs(worker) > nowNs) {
            return 0;
        }
        tickedNs = nowNs;
        try {
            worker.handleTimeouts(nowNs);
        } catch (RuntimeException broken) {
            onFailure(nowNs, broken);
        }
        return 1;
    }

    private long timersNs(SfuWorker worker) {
        return Math.max(worker.nextTimeoutNs(), tickedNs + TICK_NS);
    }

    /// One transport's broken invariant must not end the other calls on this worker, nor flood the log.
    private void onFailure(long nowNs, RuntimeException broken) {
        failures++;
        if (nowNs - loggedNs >= LOG_INTERVAL_NS) {
            loggedNs = nowNs;
            log.error("media worker failed, {} times so far", failures, broken);
        }
    }

    /// Drains the socket before anything is sent: the packets of a video frame arrive within microseconds, and only
    /// what waits for the same flush can share a train. Feedback comes alone: nothing is expected behind it.
    /// Returns 0 when nothing is left, since waiting at the socket finds out as cheaply what came meanwhile.
    private int receive(SfuWorker worker, long nowNs) {
        int total = 0;
        int count;
        do {
            count = receiveBatch(worker, nowNs);
            total += count;
        } while (count > 0
                && total < DATAGRAMS_PER_TURN
                && out.hasRoom()
                && (worker.hasCollected() || !io.isDrained()));
        forwardCollected(worker, nowNs);
        return io.isDrained() ? 0 : total;
    }

    private int receiveBatch(SfuWorker worker, long nowNs) {
        int count = io.receive();
        MemorySegment slab = io.receiveSlab();
        for (int i = 0; i < count; i++) {
            int length = io.receiveLength(i);
            if (length > 0) {
                io.receiveRemote(i, sender);
                take(worker, nowNs, sender, slab, io.receiveOffset(i), length);
            }
        }
        return count;
    }

    private void collect(SfuWorker worker, long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        try {
            worker.collectDatagram(nowNs, remote, buffer, offset, length);
        } catch (RuntimeException broken) {
            onFailure(nowNs, broken);
        }
    }

    private void forwardCollected(SfuWorker worker, long nowNs) {
        try {
            worker.forwardCollected();
        } catch (RuntimeException broken) {
            onFailure(nowNs, broken);
        }
    }

    /// Handles a datagram that is for this worker, and hands over any other.
    private void take(SfuWorker worker, long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        if (handover == null || !handover.give(remote, buffer, offset, length)) {
            collect(worker, nowNs, remote, buffer, offset, length);
        }
    }

    private int receiveHandedOver(SfuWorker worker, long nowNs) {
        Handover handover = this.handover;
        if (handover == null) {
            return 0;
        }
        int done = 0;
        while (done < RECORDS_PER_TURN && handover.next(sender)) {
            if (handover.isClosed()) {
                closeRemote(worker, nowNs, sender);
            } else {
                handle(worker, nowNs, sender, handover.slab(), handover.offset(), handover.length());
            }
            done++;
        }
        handover.free();
        return done;
    }

    private void closeRemote(SfuWorker worker, long nowNs, Remote remote) {
        try {
            worker.remoteClosed(nowNs, remote);
        } catch (RuntimeException broken) {
            onFailure(nowNs, broken);
        }
    }

    private void handle(SfuWorker worker, long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        try {
            worker.handleDatagram(nowNs, remote, buffer, offset, length);
        } catch (RuntimeException broken) {
            onFailure(nowNs, broken);
        }
    }

    private int runCommands(SfuWorker worker, long nowNs) {
        int done = 0;
        while (done < COMMANDS_PER_TURN) {
            SfuCommand command = commands.relaxedPoll();
            if (command == null) {
                break;
            }
            try {
                worker.handle(nowNs, command);
            } catch (RuntimeException broken) {
                onFailure(nowNs, broken);
            }
            done++;
        }
        return done;
    }

    private int runWakes(SfuWorker worker, long nowNs) {
        int done = 0;
        for (Long transport = wakes.relaxedPoll(); transport != null; transport = wakes.relaxedPoll()) {
            try {
                worker.handleWake(nowNs, transport);
            } catch (RuntimeException broken) {
                onFailure(nowNs, broken);
            }
            done++;
        }
        return done;
    }

    private int receiveTcp(SfuWorker worker, long nowNs) {
        if (tcp == null) {
            return 0;
        }
        int done = 0;
        while (done < FRAMES_PER_TURN) {
            TcpFrame frame = tcp.poll();
            if (frame == null) {
                break;
            }
            onFrame(worker, nowNs, frame);
            done++;
        }
        return done;
    }

    private void onFrame(SfuWorker worker, long nowNs, TcpFrame frame) {
        byte[] data = frame.data();
        if (data != null) {
            MemorySegment.copy(data, 0, frameScratch, ValueLayout.JAVA_BYTE, 0, data.length);
            take(worker, nowNs, frame.remote(), frameScratch, 0, data.length);
        } else if (handover == null || !handover.giveClosed(frame.remote())) {
            closeRemote(worker, nowNs, frame.remote());
        }
    }

    private void sleep(SfuWorker worker) {
        long timeoutNs = Math.min(LONGEST_SLEEP_NS, timersNs(worker) - nowNs());
        if (timeoutNs <= 0) {
            return;
        }
        sleeping.set(true);
        // Whoever queued something before seeing the flag would not wake us.
        if (isIdle() && !worker.hasRelays()) {
            io.await(timeoutNs);
        }
        sleeping.set(false);
    }

    private boolean isIdle() {
        return commands.isEmpty()
                && wakes.isEmpty()
                && (tcp == null || !tcp.hasFrames())
                && (handover == null || handover.isEmpty())
                && running;
    }

    private long nowNs() {
        return System.nanoTime() - startNs;
    }
}

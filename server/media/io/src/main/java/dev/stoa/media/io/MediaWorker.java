package dev.stoa.media.io;

import dev.stoa.media.io.tcp.TcpFrame;
import dev.stoa.media.io.tcp.TcpMedia;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuWorker;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final int WAKES_QUEUED = 65_536;
    private static final long LONGEST_SLEEP_NS = 100_000_000L;

    private final DatagramIo io;
    private final @Nullable TcpMedia tcp;
    private final BatchOut out;
    private final MpscArrayQueue<SfuCommand> commands;
    private final MpscArrayQueue<Long> wakes = new MpscArrayQueue<>(WAKES_QUEUED);
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final Remote sender = new Remote();
    private final MemorySegment frameScratch = MemorySegment.ofArray(new byte[DatagramIo.SLOT_BYTES]);
    private final long startNs = System.nanoTime();
    private @Nullable SfuWorker sfu;
    private volatile boolean running = true;
    private volatile long refusedCommands;

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

    /// Thread-safe.
    boolean submit(SfuCommand command) {
        if (!running || !commands.offer(command)) {
            refusedCommands++;
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
        return refusedCommands;
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
            try {
                if (turn(worker) == 0) {
                    sleep(worker);
                }
            } catch (RuntimeException broken) {
                // One transport's broken invariant must not end every call on this worker.
                log.error("media worker turn failed", broken);
            }
        }
        out.flush();
    }

    private int turn(SfuWorker worker) {
        long nowNs = nowNs();
        int work = receive(worker, nowNs);
        work += runCommands(worker, nowNs);
        work += runWakes(worker, nowNs);
        work += receiveTcp(worker, nowNs);
        if (worker.nextTimeoutNs() <= nowNs) {
            worker.handleTimeouts(nowNs);
            work++;
        }
        out.flush();
        return work;
    }

    private int receive(SfuWorker worker, long nowNs) {
        int count = io.receive();
        MemorySegment slab = io.receiveSlab();
        for (int i = 0; i < count; i++) {
            int length = io.receiveLength(i);
            if (length > 0) {
                io.receiveRemote(i, sender);
                worker.handleDatagram(nowNs, sender, slab, io.receiveOffset(i), length);
            }
        }
        return count;
    }

    private int runCommands(SfuWorker worker, long nowNs) {
        int done = 0;
        while (done < COMMANDS_PER_TURN) {
            SfuCommand command = commands.relaxedPoll();
            if (command == null) {
                break;
            }
            worker.handle(nowNs, command);
            done++;
        }
        return done;
    }

    private int runWakes(SfuWorker worker, long nowNs) {
        int done = 0;
        for (Long transport = wakes.relaxedPoll(); transport != null; transport = wakes.relaxedPoll()) {
            worker.handleWake(nowNs, transport);
            done++;
        }
        return done;
    }

    private int receiveTcp(SfuWorker worker, long nowNs) {
        if (tcp == null) {
            return 0;
        }
        int done = 0;
        for (TcpFrame frame = tcp.poll(); frame != null; frame = tcp.poll()) {
            byte[] data = frame.data();
            if (data == null) {
                worker.remoteClosed(nowNs, frame.remote());
            } else {
                MemorySegment.copy(MemorySegment.ofArray(data), 0, frameScratch, 0, data.length);
                worker.handleDatagram(nowNs, frame.remote(), frameScratch, 0, data.length);
            }
            done++;
        }
        return done;
    }

    private void sleep(SfuWorker worker) {
        long timeoutNs = Math.min(LONGEST_SLEEP_NS, worker.nextTimeoutNs() - nowNs());
        if (timeoutNs <= 0) {
            return;
        }
        sleeping.set(true);
        // Whoever queued something before seeing the flag would not wake us.
        if (commands.isEmpty() && wakes.isEmpty() && running) {
            io.await(timeoutNs);
        }
        sleeping.set(false);
    }

    private long nowNs() {
        return System.nanoTime() - startNs;
    }
}

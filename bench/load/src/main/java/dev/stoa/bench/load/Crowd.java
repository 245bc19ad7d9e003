package dev.stoa.bench.load;

import dev.stoa.bench.load.net.EpollLoop;
import dev.stoa.client.Media;
import dev.stoa.client.Participant;
import dev.stoa.media.sim.SimSink;
import dev.stoa.media.sim.SimSource;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/// Everybody in the rooms. One thread moves all media; joining is done by virtual threads. Thread-safe.
public final class Crowd implements AutoCloseable {
    private static final int AT_ONCE = 100;
    private static final long POLL_MS = 25;
    private static final long PATIENCE_NS = 60_000_000_000L;
    private static final long LONGEST_TRANSIT_NS = 30_000_000_000L;

    private final Backend backend;
    private final EpollLoop loop;
    private final Participant.Setting setting;
    private final List<Participant> people = new CopyOnWriteArrayList<>();
    private final Set<SimSink> watched = new HashSet<>();
    private final Histogram transits = new Histogram(LONGEST_TRANSIT_NS, 3);
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();

    Crowd(Backend backend, HttpClient http, EpollLoop loop) {
        this.backend = backend;
        this.loop = loop;
        this.setting = new Participant.Setting(http, loop, false);
    }

    /// Somebody enters; blocks until the join is answered.
    public Participant join(String token) {
        Participant participant = Participant.connect(setting, backend.endpoint(token), token);
        participant.join("load");
        people.add(participant);
        return participant;
    }

    /// A speaker enters and sends.
    Participant speak(String token, List<Media> tracks) {
        Participant participant = join(token);
        participant.publish(tracks);
        return participant;
    }

    /// As [#speak], for those who stop and start the sending.
    public List<SimSource> speakSources(String token, List<Media> tracks) {
        return join(token).publish(tracks);
    }

    /// Runs `action` for each number, and waits for all. What fails is counted.
    ///
    /// @param perSecond how many begin in a second; 0 begins a hundred, and one more whenever one is done
    void each(int count, double perSecond, Step action) throws InterruptedException {
        long start = System.nanoTime();
        Semaphore places = new Semaphore(perSecond > 0 ? count : AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = i;
                if (perSecond > 0) {
                    long dueNs = start + (long) (i * 1e9 / perSecond);
                    TimeUnit.NANOSECONDS.sleep(Math.max(0, dueNs - System.nanoTime()));
                }
                places.acquire();
                threads.execute(() -> {
                    attempt(number, action);
                    places.release();
                });
            }
        }
    }

    @FunctionalInterface
    interface Step {
        void run(int number) throws InterruptedException;
    }

    private void attempt(int number, Step action) {
        try {
            action.run(number);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError broken) {
            failed.incrementAndGet();
            failures.add(broken);
        }
    }

    int failed() {
        return failed.get();
    }

    /// What went wrong first; empty when nothing did.
    String firstFailure() {
        Throwable first = failures.peek();
        if (first == null) {
            return "";
        }
        Throwable cause = first.getCause() == null ? first : first.getCause();
        return first + (cause == first ? "" : " because of " + cause);
    }

    /// Asks for the video of somebody, as soon as the channel is open.
    public void watch(Participant viewer, String trackId, String layer) throws InterruptedException {
        long start = System.nanoTime();
        while (!viewer.prefer(trackId, layer)) {
            if (System.nanoTime() - start > PATIENCE_NS) {
                throw new IllegalStateException("no media channel");
            }
            Thread.sleep(POLL_MS);
        }
    }

    /// Waits until the viewer has something of a track; returns when, by [System#nanoTime].
    public long awaitMedia(Participant viewer, String trackId) throws InterruptedException {
        long start = System.nanoTime();
        while (viewer.received(trackId, sink -> sink.track().isVideo() ? sink.framesShown() : sink.packets()) == 0) {
            if (System.nanoTime() - start > PATIENCE_NS) {
                throw new IllegalStateException("no media");
            }
            Thread.sleep(POLL_MS);
        }
        return System.nanoTime();
    }

    void leave(Participant participant) {
        forget(participant);
        participant.leave();
    }

    /// Goes without a word.
    void vanish(Participant participant) {
        forget(participant);
        participant.close();
    }

    private void forget(Participant participant) {
        people.remove(participant);
        Collection<SimSink> gone = participant.sinks().values();
        loop.call(() -> watched.removeAll(gone));
    }

    /// What everybody received so far.
    ///
    /// @param packets RTP, first transmissions and repairs
    /// @param lost numbers whose first transmission did not come
    /// @param repaired of those, came by retransmission
    /// @param keyFrames shown
    record Received(long packets, long lost, long repaired, long frames, long maxGapNs, int tracks, int silent) {
        Received minus(Received earlier) {
            return new Received(
                    packets - earlier.packets,
                    lost - earlier.lost,
                    repaired - earlier.repaired,
                    frames - earlier.frames,
                    maxGapNs,
                    tracks,
                    silent);
        }
    }

    Received received() {
        return loop.call(() -> {
            Received sum = new Received(0, 0, 0, 0, 0, 0, 0);
            for (Participant participant : people) {
                for (SimSink sink : participant.sinks().values()) {
                    sum = plus(sum, sink);
                }
            }
            return sum;
        });
    }

    private static Received plus(Received sum, SimSink sink) {
        boolean silent = sink.packets() == 0;
        return new Received(
                sum.packets + sink.packets(),
                sum.lost + sink.missing() + sink.repaired(),
                sum.repaired + sink.repaired(),
                sum.frames + (sink.track().isVideo() ? sink.framesShown() : 0),
                sink.track().isVideo() ? Math.max(sum.maxGapNs, sink.maxGapNs()) : sum.maxGapNs,
                sum.tracks + 1,
                sum.silent + (silent ? 1 : 0));
    }

    /// Begins to measure transit and gaps of everybody who is there.
    void beginTransits() {
        loop.call(() -> {
            transits.reset();
            for (Participant participant : people) {
                for (SimSink sink : participant.sinks().values()) {
                    sink.resetGap();
                    if (watched.add(sink)) {
                        sink.watchTransit(ns -> transits.recordValue(Math.clamp(ns, 0, LONGEST_TRANSIT_NS)));
                    }
                }
            }
            return true;
        });
    }

    Histogram transits() {
        return loop.call(transits::copy);
    }

    /// Packets published so far.
    long sent(List<SimSource> sources) {
        return loop.call(
                () -> sources.stream().mapToLong(SimSource::packetsSent).sum());
    }

    int size() {
        return people.size();
    }

    List<Participant> people() {
        return new ArrayList<>(people);
    }

    @Override
    public void close() {
        people.forEach(Participant::close);
        people.clear();
    }
}

package dev.stoa.bench.load;

import dev.stoa.client.Media;
import dev.stoa.client.Participant;
import dev.stoa.media.sfu.MediaCodec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// People who come, stay or go.
final class Arriving {
    private static final int STABLE_VIEWERS = 20;
    private static final double JOINS_PER_SECOND = 20;
    private static final int STAY_MS = 4_000;
    private static final long LONGEST_JOIN_NS = 120_000_000_000L;
    private static final int IDLE_ROOM = 10;
    private static final int IDLE_WARM_UP = 50;
    private static final int IDLE_SETTLE_MS = 3_000;
    private static final double MILLION = 1e6;

    private Arriving() {}

    /// From the request to `/init` to the first picture.
    private static Participant enter(Stage stage, String token, String camera, Histogram times)
            throws InterruptedException {
        long start = System.nanoTime();
        Participant viewer = stage.crowd().join(token);
        stage.crowd().watch(viewer, camera, "low");
        times.recordValue(Math.min(LONGEST_JOIN_NS, stage.crowd().awaitMedia(viewer, camera) - start));
        return viewer;
    }

    /// Everybody at once.
    static void join(Stage stage, Report report, int people) throws IOException, InterruptedException {
        Cameras cameras = new Cameras();
        Backend.Room room = stage.room();
        Media camera = cameras.simulcast(MediaCodec.VP8, 0);
        stage.crowd().speak(room.speaker(), List.of(cameras.microphone(), camera));
        Histogram times = new ConcurrentHistogram(LONGEST_JOIN_NS, 3);
        AtomicLong tookNs = new AtomicLong();
        report.row(people + " join at once", stage.measure(() -> {
            long start = System.nanoTime();
            stage.crowd().each(people, 0, number -> enter(stage, room.viewer(), camera.trackId(), times));
            tookNs.set(System.nanoTime() - start);
        }));
        report.note(
                "%d subscribers joined and saw the picture within %.1f s (100 under way at a time, each p50 %.0f ms,"
                        + " p99 %.0f ms); %d failed",
                people,
                tookNs.get() / 1e9,
                times.getValueAtPercentile(50) / MILLION,
                times.getValueAtPercentile(99) / MILLION,
                stage.crowd().failed());
    }

    /// Some stay and watch while others come, look for a while and go.
    static void churn(Stage stage, Report report, int seconds) throws IOException, InterruptedException {
        Cameras cameras = new Cameras();
        Backend.Room room = stage.room();
        Media camera = cameras.simulcast(MediaCodec.VP8, 0);
        stage.crowd().speak(room.speaker(), List.of(cameras.microphone(), camera));
        Histogram times = new ConcurrentHistogram(LONGEST_JOIN_NS, 3);
        Histogram first = new ConcurrentHistogram(LONGEST_JOIN_NS, 3);
        stage.crowd()
                .each(STABLE_VIEWERS, JOINS_PER_SECOND, number -> enter(stage, room.viewer(), camera.trackId(), first));
        report.row(
                "20 join and leave each second",
                stage.measure(() -> comeAndGo(stage, room, camera.trackId(), seconds, times)));
        report.note(
                "churn: %d joins in %d s, to the first picture p50 %.0f ms, p99 %.0f ms, %d failed; peers left at the"
                        + " end %.0f (%d stayed); longest gap between pictures of those who stayed %.0f ms",
                times.getTotalCount(),
                seconds,
                times.getValueAtPercentile(50) / MILLION,
                times.getValueAtPercentile(99) / MILLION,
                stage.crowd().failed(),
                stage.read().peers(),
                stage.crowd().size(),
                stage.crowd().received().maxGapNs() / MILLION);
    }

    static void comeAndGo(Stage stage, Backend.Room room, String camera, int seconds, Histogram times)
            throws InterruptedException {
        stage.crowd().each((int) (seconds * JOINS_PER_SECOND), JOINS_PER_SECOND, number -> {
            Participant guest = enter(stage, room.viewer(), camera, times);
            Thread.sleep(STAY_MS);
            stage.crowd().leave(guest);
        });
    }

    /// People who are there and do nothing, in rooms of ten. Needs a server that tracks its native memory.
    static void idle(Stage stage, Report report, int people) throws IOException, InterruptedException {
        fill(stage, IDLE_WARM_UP);
        long before = memory(stage);
        long residentBefore = stage.read().rssBytes();
        fill(stage, people);
        long after = memory(stage);
        report.note(
                "%d idle peers (both connections open, nothing sent): %.0f kB each, of heap after a collection and of"
                        + " native memory; resident memory grew by %.0f kB each; %d failed",
                people,
                (after - before) / 1e3 / people,
                (stage.read().rssBytes() - residentBefore) / 1e3 / people,
                stage.crowd().failed());
        report.row(people + " idle peers", stage.measure(Scenarios.SECONDS));
    }

    private static void fill(Stage stage, int people) throws InterruptedException {
        stage.crowd().each(people / IDLE_ROOM, 0, number -> {
            Backend.Room room = stage.room();
            for (int i = 0; i < IDLE_ROOM; i++) {
                stage.crowd().join(room.speaker());
            }
        });
    }

    private static long memory(Stage stage) throws IOException, InterruptedException {
        Thread.sleep(IDLE_SETTLE_MS);
        stage.server().collect();
        stage.server().collect();
        return (long) stage.read().heapBytes() + stage.server().nativeBytes();
    }
}

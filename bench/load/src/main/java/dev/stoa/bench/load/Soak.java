package dev.stoa.bench.load;

import dev.stoa.client.Media;
import dev.stoa.client.Participant;
import dev.stoa.media.sfu.MediaCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A call goes on while others come and go, time and again. In between, when only the call is left and the garbage is
/// collected, the server must look as it did before.
final class Soak {
    /// Options that make its memory comparable: a heap that never grows and is touched at once, and native memory
    /// counted.
    static final List<String> JAVA_OPTIONS =
            List.of("-Xms384m", "-Xmx384m", "-XX:+AlwaysPreTouch", "-XX:NativeMemoryTracking=summary");

    /// Who vanishes without a word is gone soon, too.
    static final List<String> FLAGS = List.of("--grace-period", "2 s");

    private static final int CALL = 4;
    private static final int STAY_MS = 2_000;
    private static final int VANISHING = 5;
    private static final long GONE_NS = 40_000_000_000L;
    private static final int POLL_MS = 250;
    private static final double MEGA = 1e6;

    private final Stage stage;
    private final int joinsPerSecond;
    private final List<Sample> samples = new ArrayList<>();
    private final Backend.Room room;
    private final String camera;
    private final double peersAtRest;
    private int guests;

    /// Opens the call.
    Soak(Stage stage, int joinsPerSecond) throws IOException, InterruptedException {
        this.stage = stage;
        this.joinsPerSecond = joinsPerSecond;
        Scenarios.openMeeting(stage, CALL);
        Cameras cameras = new Cameras();
        room = stage.room();
        Media media = cameras.simulcast(MediaCodec.VP8, 1);
        camera = media.trackId();
        stage.crowd().speak(room.speaker(), List.of(cameras.microphone(), media));
        peersAtRest = stage.read().peers();
    }

    /// The server at rest.
    ///
    /// @param guests who came and went so far
    record Sample(
            int guests, double heapBytes, double nativeBytes, double residentBytes, double threads, double files) {
        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %d | %.1f | %.1f | %.1f | %.0f | %.0f |",
                    guests,
                    heapBytes / MEGA,
                    nativeBytes / MEGA,
                    residentBytes / MEGA,
                    threads,
                    files);
        }
    }

    static final String HEAD = """
            | guests so far | heap MB | native MB | resident MB | threads | files |
            |---|---|---|---|---|---|""";

    /// Lets guests come and go for a while, waits until all are gone, and looks.
    Sample cycle(int seconds) throws IOException, InterruptedException {
        int count = seconds * joinsPerSecond;
        stage.crowd().each(count, joinsPerSecond, this::visit);
        guests += count;
        awaitGone();
        stage.server().collect();
        stage.server().collect();
        ServerReading reading = stage.read();
        Sample sample = new Sample(
                guests,
                reading.heapBytes(),
                stage.server().arenaAndThreadBytes(),
                reading.rssBytes(),
                reading.threads(),
                reading.openFiles());
        samples.add(sample);
        return sample;
    }

    private void visit(int number) throws InterruptedException {
        Participant guest = stage.crowd().join(room.viewer());
        stage.crowd().watch(guest, camera, "high");
        stage.crowd().awaitMedia(guest, camera);
        Thread.sleep(STAY_MS);
        if (number % VANISHING == 0) {
            stage.crowd().vanish(guest);
        } else {
            stage.crowd().leave(guest);
        }
    }

    private void awaitGone() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (stage.read().peers() > peersAtRest) {
            if (System.nanoTime() - start > GONE_NS) {
                throw new IllegalStateException(
                        "guests who left are still there: " + (stage.read().peers() - peersAtRest));
            }
            Thread.sleep(POLL_MS);
        }
    }

    /// What may have grown from the sample the server was warm at to the last.
    ///
    /// @param heapBytes, nativeBytes, residentBytes on the whole
    /// @param threads and files: those of connections that are just being closed
    record Limits(double heapBytes, double nativeBytes, double residentBytes, int threads, int files) {}

    /// What has grown, in words; empty when nothing has.
    ///
    /// @param warmAt number of the sample to compare with
    List<String> grown(int warmAt, Limits limits) {
        return grown(samples.get(warmAt), samples.getLast(), limits);
    }

    static List<String> grown(Sample warm, Sample last, Limits limits) {
        List<String> grown = new ArrayList<>();
        look(grown, "heap MB", warm.heapBytes() / MEGA, last.heapBytes() / MEGA, limits.heapBytes() / MEGA);
        look(grown, "native MB", warm.nativeBytes() / MEGA, last.nativeBytes() / MEGA, limits.nativeBytes() / MEGA);
        look(
                grown,
                "resident MB",
                warm.residentBytes() / MEGA,
                last.residentBytes() / MEGA,
                limits.residentBytes() / MEGA);
        look(grown, "threads", warm.threads(), last.threads(), limits.threads());
        look(grown, "files", warm.files(), last.files(), limits.files());
        return grown;
    }

    private static void look(List<String> grown, String what, double from, double to, double most) {
        if (to - from > most) {
            grown.add(String.format(Locale.ROOT, "%s grew from %.1f to %.1f, more than by %.1f", what, from, to, most));
        }
    }
}

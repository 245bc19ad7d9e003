package dev.stoa.bench.load.janus;

import dev.stoa.bench.ProcessCpu;
import dev.stoa.bench.load.Cameras;
import dev.stoa.bench.load.Stage;
import dev.stoa.bench.load.Target;
import dev.stoa.bench.load.net.EpollLoop;
import dev.stoa.client.Media;
import dev.stoa.client.Participant;
import dev.stoa.media.crypto.SrtpCipherChoice;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sim.SimSink;
import dev.stoa.media.sim.SimSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// CPU per forwarded packet of both servers, whole processes: the same cameras and voices, the same number of viewers,
/// the same sockets. Both run; they are fed in turn, round after round.
@Command(name = "janus", mixinStandardHelpOptions = true, description = "Compares with a Janus videoroom.")
public final class JanusBench implements Callable<Integer> {
    private static final int SETTLE_MS = 1_000;
    private static final int CONNECT_MS = 30_000;
    private static final int POLL_MS = 100;
    private static final int WARM_UP_ROUNDS = 3;

    @Mixin
    private Target target = new Target();

    @Option(names = "--viewers", defaultValue = "20", description = "Who see and hear everybody (20).")
    private int viewers = 20;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds (5).")
    private int rounds = 5;

    @Option(names = "--seconds", defaultValue = "4", description = "Seconds of each round (4).")
    private int seconds = 4;

    @Option(names = "--event-loops", defaultValue = "2", description = "Janus' event loops; 0 = Debian's default (2).")
    private int eventLoops = 2;

    public static void main(String[] args) {
        System.exit(new CommandLine(new JanusBench()).execute(args));
    }

    /// One server with everybody connected.
    private record Side(String name, EpollLoop loop, List<SimSource> sources, List<SimSink> sinks, ProcessCpu cpu) {
        void start(long nowNs) {
            sources.forEach(source -> source.start(nowNs));
        }

        long received() {
            return loop.call(() -> sinks.stream()
                    .mapToLong(sink -> sink.packets() - sink.repaired())
                    .sum());
        }

        boolean isFlowing() {
            return loop.call(() -> sinks.stream().allMatch(sink -> sink.packets() > 0));
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println(
                "| cameras with voice to viewers | Janus CPU us per packet | ours | ratio (lowest to highest)"
                        + " | Janus packets/s | ours |\n|---|---|---|---|---|---|");
        for (int cameras : new int[] {1, 4}) {
            compare(cameras);
        }
        return CommandLine.ExitCode.OK;
    }

    private void compare(int cameras) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                JanusServer server = JanusServer.start(
                        target.prefix(), target.address(), target.work("janus-" + cameras), eventLoops);
                JanusSession session = JanusSession.open(http, server);
                EpollLoop loop = EpollLoop.start(
                        1,
                        SrtpCipherChoice.best(),
                        List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80));
                Stage stage = Stage.open(target.launch(List.of()), target.work("ours-" + cameras), target.flags())) {
            Side janus = janus(new JanusRoom(session, loop, target.address()), loop, server, cameras);
            Side ours = ours(stage, cameras);
            print(cameras, janus, ours);
        }
    }

    private Side janus(JanusRoom room, EpollLoop loop, JanusServer server, int count) throws InterruptedException {
        Cameras cameras = new Cameras();
        List<JanusRoom.Publisher> publishers = new ArrayList<>();
        List<SimSource> sources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            publishers.add(room.publish(List.of(cameras.microphone(), cameras.single(MediaCodec.VP8, 1))));
            JanusRoom.Publisher last = publishers.getLast();
            sources.addAll(last.sources());
            // Janus offers subscribers what it has received.
            last.connection().run(sim -> {
                last.sources().forEach(source -> source.start(last.connection().nowNs()));
                return true;
            });
        }
        Thread.sleep(SETTLE_MS);
        List<SimSink> sinks = new ArrayList<>();
        for (int i = 0; i < viewers; i++) {
            sinks.addAll(room.subscribe(publishers));
        }
        Side side = new Side("Janus", loop, sources, sinks, new ProcessCpu(server.pid()));
        awaitFlow(side);
        return side;
    }

    private Side ours(Stage stage, int count) throws InterruptedException {
        Cameras cameras = new Cameras();
        var room = stage.room();
        List<SimSource> sources = new ArrayList<>();
        List<Media> videos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Media video = cameras.single(MediaCodec.VP8, 1);
            videos.add(video);
            sources.addAll(stage.crowd().speakSources(room.speaker(), List.of(cameras.microphone(), video)));
        }
        List<Participant> all = new ArrayList<>();
        for (int i = 0; i < viewers; i++) {
            Participant viewer = stage.crowd().join(room.viewer());
            for (Media video : videos) {
                stage.crowd().watch(viewer, video.trackId(), "high");
                stage.crowd().awaitMedia(viewer, video.trackId());
            }
            all.add(viewer);
        }
        List<SimSink> sinks = new ArrayList<>();
        all.forEach(viewer -> sinks.addAll(viewer.sinks().values()));
        Side side = new Side("ours", stage.loop(), sources, sinks, new ProcessCpu(stage.pid()));
        awaitFlow(side);
        return side;
    }

    private static void awaitFlow(Side side) throws InterruptedException {
        for (int waited = 0; !side.isFlowing(); waited += POLL_MS) {
            if (waited > CONNECT_MS) {
                throw new IllegalStateException("no media through " + side.name());
            }
            Thread.sleep(POLL_MS);
        }
        side.loop().call(() -> {
            side.sources().forEach(SimSource::stop);
            return true;
        });
    }

    /// @param packets received by all viewers
    private record Slice(long packets, double us) {}

    private Slice feed(Side side) throws InterruptedException {
        side.loop().call(() -> {
            side.start(side.loop().nowNs());
            return true;
        });
        Thread.sleep(SETTLE_MS);
        long before = side.received();
        long cpu = side.cpu().read().processNs();
        Thread.sleep(seconds * 1_000L);
        long packets = side.received() - before;
        double us = (side.cpu().read().processNs() - cpu) / 1e3 / Math.max(1, packets);
        side.loop().call(() -> {
            side.sources().forEach(SimSource::stop);
            return true;
        });
        return new Slice(packets, us);
    }

    private void print(int cameras, Side janus, Side ours) throws InterruptedException {
        double[] janusUs = new double[rounds];
        double[] ourUs = new double[rounds];
        double[] ratios = new double[rounds];
        long janusPackets = 0;
        long ourPackets = 0;
        // Code that is not compiled yet would be measured.
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            feed(janus);
            feed(ours);
        }
        for (int round = 0; round < rounds; round++) {
            Slice theirs = feed(janus);
            Slice own = feed(ours);
            janusUs[round] = theirs.us();
            ourUs[round] = own.us();
            ratios[round] = theirs.us() / own.us();
            janusPackets += theirs.packets();
            ourPackets += own.packets();
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "| %d to %d | %.2f | %.2f | %.1f (%.1f to %.1f) | %d | %d |%n",
                cameras,
                viewers,
                median(janusUs),
                median(ourUs),
                median(ratios),
                ratios[0],
                ratios[rounds - 1],
                janusPackets / rounds / seconds,
                ourPackets / rounds / seconds);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

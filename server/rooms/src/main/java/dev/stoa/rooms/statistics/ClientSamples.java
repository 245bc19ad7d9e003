package dev.stoa.rooms.statistics;

import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.statistics.StreamId.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what official clients measured (`publisher.stats`, `subscriber.stats`). Everything comes from outside: of it
/// only known numbers of a believable size are taken, of so many tracks and samples, and only of lately.
public final class ClientSamples {
    private static final int MOST_TRACKS = 64;
    /// Clients send one sample for each ten or thirty seconds, at least every five minutes.
    private static final int MOST_SAMPLES = 120;

    private static final int MOST_ID = 256;
    private static final long OLDEST_MS = 3_600_000L;
    private static final long AHEAD_MS = 60_000L;
    private static final double MOST_BPS = 1e9;
    private static final double MOST_MS = 60_000;
    private static final double MOST_FPS = 1_000;
    private static final double MOST_COUNT = 1e12;

    private ClientSamples() {}

    /// True for the events that hold statistics.
    public static boolean isStatistics(String event) {
        return event.equals("publisher.stats") || event.equals("subscriber.stats");
    }

    /// Empty when there is nothing in it that can be used.
    ///
    /// @param event for which [#isStatistics]
    /// @param info of the event
    public static Optional<PeerStatistics> read(
            String sessionId, String peerId, String event, Fields info, long nowMs) {
        boolean published = event.equals("publisher.stats");
        List<StreamSeries> series = new ArrayList<>();
        read(series, published, Kind.AUDIO, info.objects("audio"), nowMs);
        read(series, published, Kind.VIDEO, info.objects("video"), nowMs);
        long fromMs = series.stream()
                .mapToLong(one -> one.samples().getFirst().atMs())
                .min()
                .orElse(0);
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new PeerStatistics(sessionId, peerId, Reporter.CLIENT, fromMs, series));
    }

    private static void read(
            List<StreamSeries> series, boolean published, Kind kind, @Nullable List<Fields> tracks, long nowMs) {
        for (Fields track : tracks == null ? List.<Fields>of() : tracks) {
            StreamId stream = stream(published, kind, track);
            if (stream == null || series.size() == MOST_TRACKS) {
                continue;
            }
            List<StreamSample> samples = samples(published, kind, track.objects("samples"), nowMs);
            if (!samples.isEmpty()) {
                series.add(new StreamSeries(stream, samples));
            }
        }
    }

    private static @Nullable StreamId stream(boolean published, Kind kind, Fields track) {
        String id = track.text("track_id", MOST_ID);
        if (id == null || id.isEmpty()) {
            return null;
        }
        boolean screen = "screen".equals(track.text("source", MOST_ID));
        if (!published) {
            return StreamId.received(kind, id, screen);
        }
        String rid = track.text("rid", MOST_ID);
        return StreamId.published(
                kind, id, screen, rid != null && List.of("f", "h", "q").contains(rid) ? rid : "");
    }

    private static List<StreamSample> samples(
            boolean published, Kind kind, @Nullable List<Fields> samples, long nowMs) {
        List<StreamSample> read = new ArrayList<>();
        for (Fields sample : samples == null ? List.<Fields>of() : samples) {
            double atMs = sample.number("timestamp", nowMs - OLDEST_MS, nowMs + AHEAD_MS, StreamSample.UNKNOWN);
            boolean ordered = read.isEmpty() || atMs > read.getLast().atMs();
            if (atMs >= 0 && ordered && read.size() < MOST_SAMPLES) {
                read.add(published ? sent(sample, (long) atMs) : received(kind, sample, (long) atMs));
            }
        }
        return read;
    }

    private static StreamSample sent(Fields sample, long atMs) {
        return StreamSample.at(atMs)
                .withBitrate((long) number(sample, "avg_bitrate_bps", MOST_BPS))
                .withRtt(number(sample, "avg_round_trip_time_ms", MOST_MS))
                .withJitter(number(sample, "avg_jitter_ms", MOST_MS))
                .withFps(number(sample, "avg_fps", MOST_FPS));
    }

    private static StreamSample received(Kind kind, Fields sample, long atMs) {
        StreamSample read = StreamSample.at(atMs).withBitrate((long) number(sample, "avg_bitrate_bps", MOST_BPS));
        return kind == Kind.AUDIO
                ? read.withGaps(StreamSample.UNKNOWN, (long) number(sample, "audio_concealed_samples", MOST_COUNT))
                : read.withFps(number(sample, "avg_frames_decoded_per_sec", MOST_FPS))
                        .withGaps((long) number(sample, "freeze_count", MOST_COUNT), StreamSample.UNKNOWN);
    }

    private static double number(Fields sample, String key, double most) {
        return sample.number(key, 0, most, StreamSample.UNKNOWN);
    }
}

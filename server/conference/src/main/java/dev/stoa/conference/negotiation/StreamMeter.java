package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.DownlinkReport;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportStatistics;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.sfu.allocation.Decision;
import dev.stoa.rooms.statistics.StreamSample;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/// Makes samples of the counters of one peer's transports: rates follow from two readings of them. Used on the room's
/// thread.
final class StreamMeter {
    private static final double PARTS = 256;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;

    private final Map<Encoding, Reading> received = new HashMap<>();
    private final Map<SubscriptionId, Reading> sent = new HashMap<>();

    private record Encoding(TrackId track, String rid) {}

    private record Reading(long atNs, long bytes, long packets, long lost, long pictures) {}

    /// Samples of what the peer publishes; an encoding that was not there before has none yet.
    void received(
            long nowMs,
            TransportStatistics statistics,
            BiConsumer<TransportStatistics.Received, StreamSample> samples) {
        Map<Encoding, Reading> before = Map.copyOf(received);
        received.clear();
        for (TransportStatistics.Received stream : statistics.received()) {
            Encoding encoding = new Encoding(stream.track(), stream.rid());
            Reading now =
                    new Reading(statistics.atNs(), stream.bytes(), stream.packets(), stream.lost(), stream.pictures());
            received.put(encoding, now);
            Reading then = before.get(encoding);
            if (then != null && isLater(then, now)) {
                samples.accept(stream, sample(nowMs, then, now, stream));
            }
        }
    }

    /// False also when the counters began anew: the publisher changed the SSRC.
    private static boolean isLater(Reading then, Reading now) {
        return now.atNs() > then.atNs() && now.bytes() >= then.bytes();
    }

    private static StreamSample sample(long nowMs, Reading then, Reading now, TransportStatistics.Received stream) {
        StreamSample sample = StreamSample.at(nowMs)
                .withBitrate(bps(then, now))
                .withFps(perSecond(then, now, now.pictures() - then.pictures()))
                .withLayer(word(stream.layer()), "");
        long lost = Math.max(0, now.lost() - then.lost());
        long expected = now.packets() - then.packets() + lost;
        if (expected > 0) {
            sample = sample.withLoss(100.0 * lost / expected).withJitter(stream.jitterNs() / NS_PER_MS);
        }
        return stream.repairNs() == 0 ? sample : sample.withRtt(stream.repairNs() / NS_PER_MS);
    }

    private static long bps(Reading then, Reading now) {
        return (long) (8 * perSecond(then, now, now.bytes() - then.bytes()));
    }

    private static double perSecond(Reading then, Reading now, long count) {
        return count * NS_PER_S / (now.atNs() - then.atNs());
    }

    /// Samples of what the peer is sent; a subscription that was not there before has none yet.
    void sent(long nowMs, TransportStatistics statistics, BiConsumer<TransportStatistics.Sent, StreamSample> samples) {
        Map<SubscriptionId, Reading> before = Map.copyOf(sent);
        sent.clear();
        for (TransportStatistics.Sent stream : statistics.sent()) {
            Reading now = new Reading(statistics.atNs(), stream.payloadBytes(), stream.packets(), 0, 0);
            sent.put(stream.subscription(), now);
            Reading then = before.get(stream.subscription());
            if (then != null && isLater(then, now)) {
                samples.accept(stream, sample(nowMs, then, now, stream));
            }
        }
    }

    private static StreamSample sample(long nowMs, Reading then, Reading now, TransportStatistics.Sent stream) {
        StreamSample sample =
                StreamSample.at(nowMs).withBitrate(bps(then, now)).withLayer(word(stream.layer()), reason(stream));
        if (stream.packets() > 0) {
            sample = sample.withLoss(100 * stream.fractionLost() / PARTS);
        }
        return stream.rttNs() == 0 ? sample : sample.withRtt(stream.rttNs() / NS_PER_MS);
    }

    private static String reason(TransportStatistics.Sent stream) {
        Decision why = stream.why();
        if (why != null) {
            return word(why.reason());
        }
        if (stream.wanted() == VideoLayer.NONE) {
            return "not-wanted";
        }
        return stream.layer() == stream.wanted() ? "as-wanted" : "not-sent";
    }

    /// The way to the peer as a whole.
    static StreamSample connection(long nowMs, DownlinkReport report) {
        StreamSample sample = StreamSample.at(nowMs)
                .withBitrate(report.estimateBps())
                .withLoss(100 * report.loss())
                .withLayer("", word(report.limit()));
        return report.rttNs() <= 0 ? sample : sample.withRtt(report.rttNs() / NS_PER_MS);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.stoa.media.sfu;

import dev.stoa.media.sfu.allocation.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the counters of a transport's streams when somebody asks; nothing is kept for it.
final class StatisticsReader {
    private StatisticsReader() {}

    static TransportStatistics read(long nowNs, Seat seat) {
        List<TransportStatistics.Received> received = new ArrayList<>();
        for (PublishedTrack track : seat.published()) {
            for (PublishedStream stream : track.streams()) {
                received.add(stream.statistics());
            }
        }
        Downlink downlink = seat.downlink();
        DownlinkReport report = downlink == null ? null : downlink.report();
        List<TransportStatistics.Sent> sent = new ArrayList<>();
        for (Subscription subscription : seat.subscriptions()) {
            sent.add(subscription.statistics(why(report, subscription)));
        }
        return new TransportStatistics(nowNs, report, List.copyOf(received), List.copyOf(sent));
    }

    private static @Nullable Decision why(@Nullable DownlinkReport report, Subscription subscription) {
        long number = subscription.spec().subscription().value();
        if (report != null) {
            for (Decision decision : report.decisions()) {
                if (decision.track() == number) {
                    return decision;
                }
            }
        }
        return null;
    }
}

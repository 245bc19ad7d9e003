package dev.stoa.bench.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/// One measurement: two readings of the server and what the receivers saw between them.
///
/// @param transits ns from the publisher's send to the kernel's arrival stamp at the viewer
/// @param ownCpuNs of the load generator
/// @param ownReceiveErrors datagrams the load generator's own sockets lost
record Measured(
        ServerReading before,
        ServerReading after,
        Crowd.Received received,
        Histogram transits,
        Safepoints pauses,
        long ownCpuNs,
        long ownReceiveErrors) {
    static final String HEAD = """
            | what | forwarded/s | Mbit/s | CPU us per packet: process | media thread | packets/s per core | media thread busy | process CPU | generator CPU | lost by server | lost on the way | transit p50 ms | p99 | longest | B allocated per packet | pauses | p99 ms | longest | RSS MB | heap MB |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private static final double MILLION = 1e6;

    double seconds() {
        return (after.atNs() - before.atNs()) / 1e9;
    }

    double forwarded() {
        return after.forwarded() - before.forwarded();
    }

    private double processNs() {
        return after.cpu().processNs() - before.cpu().processNs();
    }

    private double mediaNs() {
        return after.cpu().mediaNs() - before.cpu().mediaNs();
    }

    double processUs() {
        return processNs() / 1e3 / Math.max(1, forwarded());
    }

    double mediaUs() {
        return mediaNs() / 1e3 / Math.max(1, forwarded());
    }

    /// Share of one core.
    double mediaBusy() {
        return mediaNs() / 1e9 / seconds();
    }

    double transitMs(double percentile) {
        return transits.getValueAtPercentile(percentile) / MILLION;
    }

    /// Datagrams its sockets could neither take nor send.
    long lostByServer() {
        return Math.round(after.receiveErrors() - before.receiveErrors() + after.sendDropped() - before.sendDropped());
    }

    double allocatedPerPacket() {
        return (after.allocatedBytes() - before.allocatedBytes()) / Math.max(1, forwarded());
    }

    String row(String what) {
        double bits = 8
                * (after.metric("stoa_media_bytes_out_total") - before.metric("stoa_media_bytes_out_total"))
                / seconds();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.2f | %.2f | %.0f | %.0f %% | %.0f %% | %.0f %% | %d | %d (%d here) | %.2f | %.2f | %.1f | %.0f | %d | %.2f | %.2f | %.0f | %.0f |%n",
                what,
                forwarded() / seconds(),
                bits / MILLION,
                processUs(),
                mediaUs(),
                MILLION / processUs(),
                100 * mediaBusy(),
                100 * processNs() / 1e9 / seconds(),
                100 * ownCpuNs / 1e9 / seconds(),
                lostByServer(),
                received.lost(),
                ownReceiveErrors,
                transitMs(50),
                transitMs(99),
                transits.getMaxValue() / MILLION,
                allocatedPerPacket(),
                pauses.count(),
                pauses.p99Ms(),
                pauses.maxMs(),
                after.rssBytes() / MILLION,
                after.heapBytes() / MILLION);
    }
}

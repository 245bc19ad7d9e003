package dev.stoa.media.rtc.bwe;

import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtcp.TransportCc;
import dev.stoa.media.wire.rtcp.TransportCcBuilder;
import java.lang.foreign.MemorySegment;

/// Sends packets at a steady pace and answers them as a receiver would, 50 ms later, each 100 ms.
final class Path {
    static final long RTT_NS = 50_000_000;

    final BandwidthEstimator estimator;
    private final TransportCcBuilder builder = new TransportCcBuilder();
    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpReader reader = new RtcpReader();
    private final TransportCc feedback = new TransportCc();
    private final MemorySegment buffer = MemorySegment.ofArray(new byte[1400]);
    long nowNs = 1_000_000_000;
    private long seq = 100;
    private int messages;

    Path(BweSettings settings) {
        this.estimator = new BandwidthEstimator(settings);
    }

    /// Sends for 100 ms at a rate and answers, but for each `loseEvery`-th packet (0 = none lost).
    void round(long bps, int packetBytes, int loseEvery) {
        int packets = (int) Math.max(1, bps / 80 / packetBytes);
        long apart = 100_000_000L / packets;
        builder.reset(seq);
        for (int i = 0; i < packets; i++) {
            long sentNs = nowNs + i * apart;
            estimator.onSent(sentNs, seq, packetBytes, 0);
            if (loseEvery == 0 || seq % loseEvery != 0) {
                builder.add(seq, (sentNs + RTT_NS / 2) / 1000);
            }
            seq++;
        }
        nowNs += 100_000_000;
        writer.wrap(buffer, 0, 1400);
        if (builder.write(writer, 1, 2, messages++)) {
            answer(nowNs + RTT_NS, buffer, (int) writer.length());
        }
    }

    /// Sends for 100 ms and hears nothing.
    void silence(long bps) {
        for (int i = 0; i < 10; i++) {
            estimator.onSent(nowNs, seq++, (int) (bps / 800), 0);
            nowNs += 10_000_000;
            if (estimator.nextTimeoutNs() <= nowNs) {
                estimator.handleTimeout(nowNs);
            }
        }
    }

    void answer(long atNs, MemorySegment rtcp, int length) {
        if (!reader.wrap(rtcp, 0, length)) {
            return;
        }
        while (reader.next()) {
            if (feedback.wrap(reader)) {
                estimator.onTransportCc(atNs, feedback);
            }
        }
    }
}

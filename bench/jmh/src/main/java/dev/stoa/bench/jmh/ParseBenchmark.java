package dev.stoa.bench.jmh;

import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtp.RtpHeaderWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Headers as Chromium writes them.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParseBenchmark {
    private static final int MID = 4;
    private static final int TRANSPORT_CC = 3;
    private static final int ABS_SEND_TIME = 2;
    private static final int PACKET_BYTES = 1_200;

    private final MemorySegment rtp = Arena.ofAuto().allocate(2_048, 64);
    private final MemorySegment rtcp = Arena.ofAuto().allocate(2_048, 64);
    private final RtpPacket packet = new RtpPacket();
    private final RtcpReader reader = new RtcpReader();
    private final int rtcpBytes;

    public ParseBenchmark() {
        RtpHeaderWriter header = new RtpHeaderWriter();
        header.begin(rtp, 0, PACKET_BYTES, true, 96, 1, 2, 3);
        header.text(MID, "1");
        header.transportSequenceNumber(TRANSPORT_CC, 4);
        header.absSendTime(ABS_SEND_TIME, 5);
        header.finish();
        RtcpWriter writer = new RtcpWriter();
        writer.wrap(rtcp, 0, 1_000);
        writer.receiverReport(1);
        writer.pli(1, 2);
        writer.nack(1, 2, 3);
        rtcpBytes = writer.length();
    }

    /// All a forwarder looks at.
    @Benchmark
    public int rtpHeaderWithExtensions() {
        return packet.wrap(rtp, 0, PACKET_BYTES)
                ? packet.ssrc()
                        + packet.sequenceNumber()
                        + packet.extensionOffset(TRANSPORT_CC)
                        + packet.extensionOffset(MID)
                : 0;
    }

    @Benchmark
    public int rtcpCompound() {
        int kinds = 0;
        if (reader.wrap(rtcp, 0, rtcpBytes)) {
            while (reader.next()) {
                kinds += reader.kind().ordinal();
            }
        }
        return kinds;
    }
}

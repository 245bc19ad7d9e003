package dev.stoa.media.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.stoa.media.wire.codec.CodecKind;
import dev.stoa.media.wire.codec.Codecs;
import dev.stoa.media.wire.codec.Vp8Payload;
import dev.stoa.media.wire.rtcp.Nack;
import dev.stoa.media.wire.rtcp.ReportBlocks;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtcp.TransportCc;
import dev.stoa.media.wire.rtcp.TransportCcBuilder;
import dev.stoa.media.wire.rtp.RtpHeaderWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import dev.stoa.media.wire.rtp.SequenceNumbers;
import dev.stoa.media.wire.stun.StunMessage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/// The budget of 0 bytes per packet, on heap and native segments.
final class AllocationTest {
    private static final int PACKETS = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String RTP =
            "90e0 1234 89abcdef deadbeef bede 0003 4031 31fffe 22abcdef 108a 00 90f0 9234 77 65 100000 9d012a 8002 6841 00";
    private static final String RTCP = "81c90007 00000001 00000002 01000003 00000004 00000005 00000006 00000007"
            + "81cd0004 00000001 00000002 fffe8003 00640000"
            + "8fcd0007 00000001 00000002 fff000eb 00000105 00dd 9f1c 01020304 05060708";
    private static final String STUN =
            "00010014 2112a442 000102030405060708090a0b 00250000 00240004 6e0001ff 80280004 e57a3bcf";

    private long sink;

    /// Bytes allocated by 100,000 runs, after a first round of runs in which classes load and code is compiled.
    private long measure(IntToLongFunction perPacket) {
        round(perPacket);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        round(perPacket);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private void round(IntToLongFunction perPacket) {
        for (int i = 0; i < PACKETS; i++) {
            sink += perPacket.applyAsLong(i);
        }
    }

    private static MemorySegment[] heapAndNative(Arena arena, String hex) {
        byte[] bytes = Hex.bytes(hex);
        MemorySegment slab = arena.allocate(bytes.length);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, slab, 0, bytes.length);
        return new MemorySegment[] {MemorySegment.ofArray(bytes), slab};
    }

    @Test
    void readingAndRewritingRtpAllocatesNothing() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] packets = heapAndNative(arena, RTP);
            var packet = new RtpPacket();
            var vp8 = new Vp8Payload();

            assertThat(measure(i -> {
                        MemorySegment buf = packets[i & 1];
                        if (!packet.wrap(buf, 0, (int) buf.byteSize())
                                || !vp8.wrap(buf, packet.payloadOffset(), packet.payloadLength())) {
                            return 0;
                        }
                        packet.ssrc(i);
                        packet.sequenceNumber(i);
                        vp8.pictureId(i);
                        boolean start = Codecs.isKeyFrameStart(
                                CodecKind.VP8, buf, packet.payloadOffset(), packet.payloadLength());
                        return SequenceNumbers.unwrap(i, packet.sequenceNumber())
                                + packet.extensionOffset(3)
                                + packet.extensionLength(1)
                                + (start ? vp8.width() : 0);
                    }))
                    .isZero();
            assertThat(sink).isPositive();
        }
    }

    @Test
    void writingRtpHeadersAllocatesNothing() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slab = arena.allocate(64);
            var writer = new RtpHeaderWriter();

            assertThat(measure(i -> writer.begin(slab, 0, 64, false, 96, i, i, 1)
                            .text(4, "12")
                            .transportSequenceNumber(3, i)
                            .absSendTime(2, i)
                            .audioLevel(1, true, 20)
                            .finish(4)))
                    .isZero();
            assertThat(sink).isPositive();
        }
    }

    @Test
    void readingRtcpAllocatesNothing() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] packets = heapAndNative(arena, RTCP);
            var reader = new RtcpReader();
            var blocks = new ReportBlocks();
            var nack = new Nack();
            var feedback = new TransportCc();

            assertThat(measure(i -> read(packets[i & 1], reader, blocks, nack, feedback)))
                    .isZero();
            assertThat(sink).isPositive();
        }
    }

    private static long read(
            MemorySegment buf, RtcpReader reader, ReportBlocks blocks, Nack nack, TransportCc feedback) {
        long seen = 0;
        if (!reader.wrap(buf, 0, (int) buf.byteSize())) {
            return 0;
        }
        while (reader.next()) {
            if (blocks.wrap(reader)) {
                while (blocks.next()) {
                    seen += blocks.jitter();
                }
            } else if (nack.wrap(reader)) {
                while (nack.next()) {
                    seen += nack.sequenceNumber();
                }
            } else if (feedback.wrap(reader)) {
                while (feedback.next()) {
                    seen += feedback.received() ? 1 : 0;
                }
            }
        }
        return seen;
    }

    @Test
    void writingRtcpAllocatesNothing() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slab = arena.allocate(1200);
            var writer = new RtcpWriter();
            var builder = new TransportCcBuilder();

            assertThat(measure(i -> {
                        writer.wrap(slab, 0, 1200);
                        writer.receiverReport(1);
                        writer.reportBlock(2, 1, 2, 3, 4, 5, 6);
                        writer.sdesCname(1, "stoa");
                        writer.nack(1, 2, i);
                        writer.nack(1, 2, i + 30);
                        writer.pli(1, 2);
                        builder.reset(i);
                        builder.add(i, 1000L * i);
                        builder.add(i + 2L, 1000L * i + 900);
                        builder.write(writer, 1, 2, i);
                        return writer.length();
                    }))
                    .isZero();
            assertThat(sink).isPositive();
        }
    }

    @Test
    void lookingAtStunAllocatesNothing() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] packets = heapAndNative(arena, STUN);
            var message = new StunMessage();

            assertThat(measure(i -> {
                        MemorySegment buf = packets[i & 1];
                        return message.wrap(buf, 0, (int) buf.byteSize()) && !message.verifyFingerprint()
                                ? message.priority()
                                : 0;
                    }))
                    .isZero();
            assertThat(sink).isPositive();
        }
    }
}

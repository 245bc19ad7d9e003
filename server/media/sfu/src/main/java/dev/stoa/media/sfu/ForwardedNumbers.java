package dev.stoa.media.sfu;

import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All numbers of one forwarded stream that go on without a break over changes of its source: those of RTP, of VP8 and
/// of the dependency descriptor. Allocates nothing per packet.
final class ForwardedNumbers {
    private static final int MARKER = 0x80;

    private final StreamRewriter rewriter;
    private final @Nullable Vp8Numbers vp8;
    private final @Nullable DescriptorNumbers descriptors;

    ForwardedNumbers(MediaCodec codec, ExtensionIds sent, WorkerContext context) {
        RandomGenerator random = context.random();
        SfuSettings settings = context.settings();
        int kept = codec == MediaCodec.OPUS ? settings.audioRingPackets() : settings.videoRingPackets();
        // In the lower half: the roll-over counter of a receiver that misses the first packets stays right (RFC 3711
        // §3.3.1).
        int firstSeq = random.nextInt(0x8000);
        this.rewriter = new StreamRewriter(codec.clockRate(), firstSeq, random.nextInt(), kept);
        this.vp8 = codec == MediaCodec.VP8 ? new Vp8Numbers() : null;
        this.descriptors = sent.dependencyDescriptor() != 0 ? new DescriptorNumbers() : null;
    }

    /// See [Subscription#fetch].
    long fetch() {
        return rewriter.highestSeq() + rewriter.highestNs() + (vp8 == null ? 0 : vp8.fetch());
    }

    StreamRewriter rtp() {
        return rewriter;
    }

    /// Begins a segment with the given packet of `source`.
    void startSegment(long nowNs, PublishedStream source, RtpPacket packet, long seq) {
        rewriter.startSegment(source, seq, packet.timestamp(), nowNs);
        int segment = rewriter.segment();
        if (vp8 != null) {
            vp8.startSegment(segment, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        }
        if (descriptors != null) {
            descriptors.startSegment(segment, packet, descriptorOf(source));
        }
    }

    private static int descriptorOf(PublishedStream source) {
        return source.track().spec().extensions().dependencyDescriptor();
    }

    /// Counts a packet of the present segment that will be sent later by [#rewrite].
    void defer(long outSeq, RtpPacket packet, PublishedStream source) {
        int segment = rewriter.segment();
        if (vp8 != null) {
            vp8.defer(
                    segment,
                    rewriter.pictures(outSeq),
                    packet.buffer(),
                    packet.payloadOffset(),
                    packet.payloadLength());
        }
        if (descriptors != null) {
            descriptors.note(segment, packet, descriptorOf(source));
        }
    }

    /// Rewrites a packet of the present segment that is sent for the first time.
    ///
    /// @param at of the written header in `slab`, which `payload` bytes follow
    void send(
            long outSeq,
            RtpPacket packet,
            PublishedStream source,
            HeaderTemplate header,
            MemorySegment slab,
            long at,
            int headerLength,
            int payload) {
        int segment = rewriter.segment();
        if (vp8 != null) {
            vp8.send(segment, rewriter.pictures(outSeq), slab, at + headerLength, payload);
        }
        if (descriptors != null) {
            descriptors.note(segment, packet, descriptorOf(source));
        }
        rewriteHeader(segment, outSeq, header, slab, at, headerLength);
    }

    /// Rewrites a kept packet as it was, or would have been, sent in its segment.
    ///
    /// @param payloadAt where its payload begins in `slab`
    void rewrite(
            int segment,
            long outSeq,
            HeaderTemplate header,
            MemorySegment slab,
            long at,
            int headerLength,
            long payloadAt,
            int payload) {
        if (vp8 != null && payload > 0) {
            vp8.write(segment, rewriter.pictures(outSeq), slab, payloadAt, payload);
        }
        rewriteHeader(segment, outSeq, header, slab, at, headerLength);
    }

    private void rewriteHeader(
            int segment, long outSeq, HeaderTemplate header, MemorySegment slab, long at, int headerLength) {
        if (rewriter.endsPicture(outSeq)) {
            Wire.put8(slab, at + 1, Wire.u8(slab, at + 1) | MARKER);
        }
        if (descriptors != null) {
            descriptors.write(segment, slab, header.descriptorAt(at, headerLength));
        }
    }

    /// Finds the kept packet of a number sent; false when it is not kept any more.
    boolean find(long outSeq, RtpPacket kept) {
        int segment = rewriter.segmentOf(outSeq);
        PublishedStream source = segment < 0 ? null : rewriter.source(segment);
        if (source == null) {
            return false;
        }
        PacketRing ring = source.ring();
        long seq = rewriter.sourceSeq(segment, outSeq);
        return ring.contains(seq) && kept.wrap(ring.segment(), ring.offset(seq), ring.length(seq));
    }
}

package dev.stoa.media.sfu;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.PeerTransport;
import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.rtc.rtx.Rtx;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Answers one subscriber's NACKs from the publisher's kept packets, as RTX (RFC 4588) where negotiated, else by
/// sending
/// the packet again, which AEAD transforms refuse (one nonce, one packet). A packet is not sent twice within a round
/// trip, so that a NACK cannot be made to
/// multiply traffic.
final class Retransmitter {
    private static final int MEMORY = 256;
    private static final long MIN_REPEAT_NS = 5_000_000;

    private final Seat seat;
    private final SubscribeSpec spec;
    private final HeaderTemplate header;
    private final StreamRewriter rewriter;
    private final @Nullable Vp8Numbers vp8;
    private final WorkerContext context;
    private final long[] resentSeqs = new long[MEMORY];
    private final long[] resentNs = new long[MEMORY];
    private int rtxSeq;

    Retransmitter(
            Seat seat,
            SubscribeSpec spec,
            HeaderTemplate header,
            StreamRewriter rewriter,
            @Nullable Vp8Numbers vp8,
            WorkerContext context) {
        this.seat = seat;
        this.spec = spec;
        this.header = header;
        this.rewriter = rewriter;
        this.vp8 = vp8;
        this.context = context;
        this.rtxSeq = context.random().nextInt(0x8000);
        Arrays.fill(resentSeqs, -1);
    }

    /// @param rttNs round-trip time to the subscriber, 0 when unknown
    /// @param sourceIds extension ids of the kept packets
    void onNack(long nowNs, int seq16, long rttNs, ExtensionIds sourceIds) {
        context.counters().count(SfuCounter.NACKS_RECEIVED);
        long outSeq = rewriter.widen(seq16);
        if (!mayRepeat(nowNs, outSeq, rttNs) || !resend(nowNs, outSeq, sourceIds)) {
            context.counters().count(SfuCounter.RETRANSMISSION_REFUSED);
            return;
        }
        int slot = (int) outSeq & MEMORY - 1;
        resentSeqs[slot] = outSeq;
        resentNs[slot] = nowNs;
        context.counters().count(SfuCounter.RETRANSMITTED);
    }

    private boolean mayRepeat(long nowNs, long outSeq, long rttNs) {
        int slot = (int) outSeq & MEMORY - 1;
        return resentSeqs[slot] != outSeq || nowNs - resentNs[slot] >= Math.max(MIN_REPEAT_NS, rttNs * 3 / 4);
    }

    private boolean resend(long nowNs, long outSeq, ExtensionIds sourceIds) {
        int segment = rewriter.segmentOf(outSeq);
        PublishedStream source = segment < 0 ? null : rewriter.source(segment);
        if (source == null) {
            return false;
        }
        PacketRing ring = source.ring();
        long seq = rewriter.sourceSeq(segment, outSeq);
        RtpPacket kept = context.kept();
        if (!ring.contains(seq) || !kept.wrap(ring.segment(), ring.offset(seq), ring.length(seq))) {
            return false;
        }
        int timestamp = rewriter.timestamp(segment, kept.timestamp());
        return send(nowNs, kept, segment, outSeq, timestamp, sourceIds);
    }

    private boolean send(long nowNs, RtpPacket kept, int segment, long outSeq, int timestamp, ExtensionIds sourceIds) {
        boolean rtx = spec.rtxPayloadType() >= 0;
        DatagramOut out = context.out();
        long at = out.reserve();
        MemorySegment slab = out.slab();
        int end = header.write(
                slab,
                at,
                kept,
                sourceIds,
                rtx ? spec.rtxPayloadType() : spec.payloadType(),
                rtx ? spec.rtxSsrc() : spec.ssrc(),
                rtx ? rtxSeq : outSeq,
                timestamp,
                header.hasTransportCc() ? seat.nextTransportSeq() : 0,
                nowNs);
        int headerLength = end;
        if (end + Rtx.OSN_BYTES + kept.payloadLength() > PeerTransport.maxRtpBytes()) {
            return false;
        }
        if (rtx) {
            rtxSeq = (rtxSeq + 1) & 0xFFFF;
            Wire.put16(slab, at + end, (int) outSeq);
            end += Rtx.OSN_BYTES;
        }
        MemorySegment.copy(kept.buffer(), kept.payloadOffset(), slab, at + end, kept.payloadLength());
        if (vp8 != null) {
            vp8.write(segment, slab, at + end, kept.payloadLength());
        }
        return seat.transport().sendRtp(at, headerLength, end + kept.payloadLength());
    }
}

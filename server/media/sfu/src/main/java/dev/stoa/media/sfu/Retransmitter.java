package dev.stoa.media.sfu;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.PeerTransport;
import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.rtc.rtx.Rtx;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Answers one subscriber's NACKs from the publisher's kept packets, as RTX (RFC 4588) where negotiated, else by
/// sending the packet again, which AEAD transforms refuse (one nonce, one packet).
///
/// A packet is not sent twice within a round trip, so that NACKs cannot be made to multiply traffic. For this every
/// packet that can still be sent needs a place of its own in the memory, which is therefore as long as the ring.
final class Retransmitter {
    private static final long MIN_REPEAT_NS = 5_000_000;
    private static final int MAX_PADDING = 255;
    private static final int PADDING_BIT = 0x20;
    private static final int MARKER_BIT = 0x80;

    private final Seat seat;
    private final SubscribeSpec spec;
    private final HeaderTemplate header;
    private final ForwardedNumbers numbers;
    private final StreamRewriter rewriter;
    private final WorkerContext context;
    private final long[] resentSeqs;
    private final long[] resentNs;
    private int rtxSeq;

    Retransmitter(
            Seat seat, SubscribeSpec spec, HeaderTemplate header, ForwardedNumbers numbers, WorkerContext context) {
        this.seat = seat;
        this.spec = spec;
        this.header = header;
        this.numbers = numbers;
        this.rewriter = numbers.rtp();
        this.context = context;
        this.rtxSeq = context.random().nextInt(0x8000);
        SfuSettings settings = context.settings();
        int kept = Math.max(settings.videoRingPackets(), settings.audioRingPackets());
        this.resentSeqs = new long[kept];
        this.resentNs = new long[kept];
        Arrays.fill(resentSeqs, -1);
    }

    /// @param rttNs round-trip time to the subscriber, 0 when unknown
    /// @param sourceIds extension ids of the kept packets
    void onNack(long nowNs, int seq16, long rttNs, ExtensionIds sourceIds) {
        context.counters().count(SfuCounter.NACKS_RECEIVED);
        long outSeq = rewriter.widen(seq16);
        if (isOutdated(outSeq) || !mayRepeat(nowNs, outSeq, rttNs) || !resendWhenAllowed(nowNs, outSeq, sourceIds)) {
            context.counters().count(SfuCounter.RETRANSMISSION_REFUSED);
            return;
        }
        int slot = (int) outSeq & resentSeqs.length - 1;
        resentSeqs[slot] = outSeq;
        resentNs[slot] = nowNs;
    }

    /// A newer picture has begun with a key frame, in the same or another encoding: nothing before it is needed any
    /// more, and what was held back for it was never sent.
    private boolean isOutdated(long outSeq) {
        return seat.downlink() != null && rewriter.isBeforeSegment(outSeq);
    }

    private boolean resendWhenAllowed(long nowNs, long outSeq, ExtensionIds sourceIds) {
        Downlink downlink = seat.downlink();
        if (downlink == null) {
            return resendDeferred(nowNs, outSeq, sourceIds) > 0;
        }
        int bytes = keptLength(outSeq);
        if (bytes < 0) {
            return false;
        }
        return switch (downlink.admitRepair(nowNs, spec.ssrc(), outSeq, bytes)) {
            case SEND -> resendDeferred(nowNs, outSeq, sourceIds) > 0;
            case DEFERRED -> true;
            case DROPPED -> false;
        };
    }

    private int keptLength(long outSeq) {
        int segment = rewriter.segmentOf(outSeq);
        PublishedStream source = segment < 0 ? null : rewriter.source(segment);
        return source == null ? -1 : source.ring().length(rewriter.sourceSeq(segment, outSeq));
    }

    /// Sends a packet again; returns its bytes, 0 when it is not kept any more.
    int resendDeferred(long nowNs, long outSeq, ExtensionIds sourceIds) {
        int bytes = sendKept(nowNs, outSeq, sourceIds, spec.rtxPayloadType() >= 0);
        if (bytes > 0) {
            context.counters().count(SfuCounter.RETRANSMITTED);
        }
        return bytes;
    }

    /// Sends a packet for the first time, later than it came; returns its bytes, 0 when it is not kept any more.
    int sendDeferred(long nowNs, long outSeq, ExtensionIds sourceIds) {
        return sendKept(nowNs, outSeq, sourceIds, false);
    }

    /// Sends an RTX packet that carries padding only (RFC 3550 §5.1), at most 255 bytes of it.
    ///
    /// @param source lends its newest packet's header
    /// @param bytes about how long the sealed packet shall be
    /// @return its bytes, 0 without RTX or transport-wide numbers
    int pad(long nowNs, PublishedStream source, int bytes, ExtensionIds sourceIds) {
        PacketRing ring = source.ring();
        long newest = source.highestSeq();
        RtpPacket kept = context.kept();
        boolean able = spec.rtxPayloadType() >= 0 && header.hasTransportCc() && ring.contains(newest);
        if (!able || !kept.wrap(ring.segment(), ring.offset(newest), ring.length(newest))) {
            return 0;
        }
        long at = context.out().reserve();
        MemorySegment slab = context.out().slab();
        long transportSeq = seat.nextTransportSeq();
        int end = writeHeader(nowNs, at, kept, true, 0, rewriter.highestTimestamp(), transportSeq, sourceIds);
        int padding = Math.clamp(bytes - end, 1, MAX_PADDING);
        Wire.put8(slab, at, Wire.u8(slab, at) | PADDING_BIT);
        Wire.put8(slab, at + 1, Wire.u8(slab, at + 1) & ~MARKER_BIT);
        slab.asSlice(at + end, padding - 1).fill((byte) 0);
        Wire.put8(slab, at + end + padding - 1, padding);
        rtxSeq = (rtxSeq + 1) & 0xFFFF;
        if (!seat.transport().sendRtp(at, end, end + padding)) {
            return 0;
        }
        seat.onSent(nowNs, header, transportSeq, end + padding);
        return end + padding;
    }

    private int writeHeader(
            long nowNs,
            long at,
            RtpPacket kept,
            boolean rtx,
            long outSeq,
            int timestamp,
            long transportSeq,
            ExtensionIds sourceIds) {
        return header.write(
                context.out().slab(),
                at,
                kept,
                sourceIds,
                rtx ? spec.rtxPayloadType() : spec.payloadType(),
                rtx ? spec.rtxSsrc() : spec.ssrc(),
                rtx ? rtxSeq : outSeq,
                timestamp,
                (int) transportSeq,
                nowNs);
    }

    private boolean mayRepeat(long nowNs, long outSeq, long rttNs) {
        int slot = (int) outSeq & resentSeqs.length - 1;
        return resentSeqs[slot] != outSeq || nowNs - resentNs[slot] >= Math.max(MIN_REPEAT_NS, rttNs * 3 / 4);
    }

    private int sendKept(long nowNs, long outSeq, ExtensionIds sourceIds, boolean rtx) {
        RtpPacket kept = context.kept();
        if (!numbers.find(outSeq, kept)) {
            return 0;
        }
        return send(nowNs, kept, rewriter.segmentOf(outSeq), outSeq, rtx, sourceIds);
    }

    private int send(long nowNs, RtpPacket kept, int segment, long outSeq, boolean rtx, ExtensionIds sourceIds) {
        DatagramOut out = context.out();
        long at = out.reserve();
        MemorySegment slab = out.slab();
        long transportSeq = header.hasTransportCc() ? seat.nextTransportSeq() : 0;
        int timestamp = rewriter.timestamp(segment, kept.timestamp());
        int headerLength = writeHeader(nowNs, at, kept, rtx, outSeq, timestamp, transportSeq, sourceIds);
        int end = headerLength;
        int payload = rewriter.isFiller(outSeq) ? 0 : kept.payloadLength();
        if (payload == 0 && !rtx) {
            return 0;
        }
        if (end + Rtx.OSN_BYTES + payload > PeerTransport.maxRtpBytes()) {
            return 0;
        }
        if (rtx) {
            rtxSeq = (rtxSeq + 1) & 0xFFFF;
            Wire.put16(slab, at + end, (int) outSeq);
            end += Rtx.OSN_BYTES;
        }
        MemorySegment.copy(kept.buffer(), kept.payloadOffset(), slab, at + end, payload);
        numbers.rewrite(segment, outSeq, header, slab, at, headerLength, at + end, payload);
        int length = end + payload;
        if (!seat.transport().sendRtp(at, headerLength, length)) {
            return 0;
        }
        seat.onSent(nowNs, header, transportSeq, length);
        return length;
    }
}

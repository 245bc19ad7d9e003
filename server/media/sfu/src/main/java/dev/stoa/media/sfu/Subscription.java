package dev.stoa.media.sfu;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.PeerTransport;
import dev.stoa.media.rtc.report.SenderStats;
import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One track on its way to one subscriber: which encoding, under which numbers. Writes each packet once, into the slot
/// it is sent from. Allocates nothing per packet.
final class Subscription {
    private final Seat seat;
    private final SubscribeSpec spec;
    private final WorkerContext context;
    private final HeaderTemplate header;
    private final StreamRewriter rewriter;
    private final @Nullable Vp8Numbers vp8;
    private final SenderStats stats;
    private final Retransmitter retransmitter;
    private PublishedTrack track;
    private VideoLayer wanted;
    /// The encoding that should flow; null when none should.
    private @Nullable PublishedStream target;
    /// The encoding that flows; null while waiting for a key frame.
    private @Nullable PublishedStream current;
    /// The encoding the subscriber knows it gets.
    private @Nullable PublishedStream granted;
    /// A packet that was sent from the kept ones while it was being handed out, -1 for none.
    private long replayedSeq = -1;
    /// The subscriber was told that it gets less than it should.
    private boolean degraded;

    Subscription(Seat seat, SubscribeSpec spec, PublishedTrack track, WorkerContext context) {
        this.seat = seat;
        this.spec = spec;
        this.track = track;
        this.context = context;
        this.wanted = spec.active() ? VideoLayer.HIGH : VideoLayer.NONE;
        this.header = new HeaderTemplate(spec.extensions(), spec.mid());
        RandomGenerator random = context.random();
        // In the lower half: the roll-over counter of a receiver that misses the first packets stays right (RFC 3711
        // §3.3.1).
        int firstSeq = random.nextInt(0x8000);
        int clockRate = track.spec().codec().clockRate();
        this.rewriter = new StreamRewriter(clockRate, firstSeq, random.nextInt());
        this.stats = new SenderStats(spec.ssrc(), clockRate);
        this.vp8 = track.spec().codec() == MediaCodec.VP8 ? new Vp8Numbers() : null;
        this.retransmitter = new Retransmitter(seat, spec, header, rewriter, vp8, context);
    }

    /// A packet of any encoding of the track.
    void deliver(long nowNs, PublishedStream stream, RtpPacket packet, long seq, boolean keyFrame) {
        if (stream != current) {
            if (stream != target || track.isVideo() && !keyFrame) {
                return;
            }
            if (seq < stream.highestSeq() && stream.ring().contains(seq)) {
                // A repaired beginning: what came before it is kept and waits for it.
                sendKept(nowNs, stream, seq);
                return;
            }
            start(nowNs, stream, packet, seq);
        } else if (seq == replayedSeq) {
            replayedSeq = -1;
            return;
        }
        forward(nowNs, packet, seq);
    }

    private void start(long nowNs, PublishedStream stream, RtpPacket packet, long seq) {
        current = stream;
        rewriter.startSegment(stream, seq, packet.timestamp(), nowNs);
        if (vp8 != null) {
            vp8.startSegment(rewriter.segment(), packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        }
    }

    /// Begins with a kept packet and sends all that is there after it.
    private void sendKept(long nowNs, PublishedStream stream, long from) {
        PacketRing ring = stream.ring();
        RtpPacket kept = context.kept();
        current = null;
        for (long seq = from; seq <= stream.highestSeq(); seq++) {
            if (ring.contains(seq) && kept.wrap(ring.segment(), ring.offset(seq), ring.length(seq))) {
                if (current == null) {
                    start(nowNs, stream, kept, seq);
                }
                forward(nowNs, kept, seq);
            }
        }
    }

    private void forward(long nowNs, RtpPacket packet, long seq) {
        long outSeq = rewriter.sequence(seq);
        if (outSeq < 0) {
            return;
        }
        DatagramOut out = context.out();
        long at = out.reserve();
        MemorySegment slab = out.slab();
        int timestamp = rewriter.timestamp(packet.timestamp());
        int transportSeq = header.hasTransportCc() ? seat.nextTransportSeq() : 0;
        int headerLength = header.write(
                slab,
                at,
                packet,
                track.spec().extensions(),
                spec.payloadType(),
                spec.ssrc(),
                outSeq,
                timestamp,
                transportSeq,
                nowNs);
        int payload = packet.payloadLength();
        if (headerLength + payload > PeerTransport.maxRtpBytes()) {
            return;
        }
        MemorySegment.copy(packet.buffer(), packet.payloadOffset(), slab, at + headerLength, payload);
        if (vp8 != null) {
            vp8.send(rewriter.segment(), slab, at + headerLength, payload);
        }
        if (!seat.transport().sendRtp(at, headerLength, headerLength + payload)) {
            return;
        }
        rewriter.sent(outSeq, timestamp, nowNs);
        stats.onPacket(nowNs, timestamp, payload);
        context.counters().count(SfuCounter.RTP_FORWARDED);
    }

    /// Chooses the encoding anew: the connection or the publisher's encodings changed. Tells the subscriber when that
    /// takes something away from it or gives it back.
    void reselect(long nowNs) {
        choose(nowNs);
        PublishedStream chosen = target;
        PublishedStream ideal = chosen == null ? null : LayerSelector.ideal(track.streams(), wanted);
        if (chosen == null || ideal == null) {
            return;
        }
        boolean lost = chosen != ideal && granted != null && chosen.index() > granted.index();
        if (lost || degraded && chosen != granted) {
            degraded = chosen != ideal;
            context.events()
                    .onEvent(new SfuEvent.LayerChanged(
                            seat.id(), spec.subscription(), chosen.layer(), ideal.layer(), false, degraded));
        }
        granted = chosen;
    }

    private void choose(long nowNs) {
        PublishedStream chosen = isActive() ? LayerSelector.choose(track.streams(), wanted) : null;
        if (chosen == target) {
            return;
        }
        target = chosen;
        if (chosen == null) {
            current = null;
        } else if (chosen != current && track.isVideo() && !replay(nowNs, chosen)) {
            chosen.requestSwitch(nowNs);
        }
    }

    /// Serves a late subscriber from the kept packets: cheaper for the publisher and sooner than a new key frame.
    /// Only from a standing start, since kept packets are older than what flows.
    private boolean replay(long nowNs, PublishedStream stream) {
        boolean newer = rewriter.isFresh() || stream.keyFrameNs() > rewriter.highestNs();
        if (current != null || !newer || !stream.canReplay(context.settings().replayPackets())) {
            return false;
        }
        sendKept(nowNs, stream, stream.keyFrameSeq());
        replayedSeq = stream.handledSeq();
        context.counters().count(SfuCounter.KEY_FRAMES_REPLAYED);
        return true;
    }

    /// What the subscriber asks for is no news to it.
    void wanted(long nowNs, VideoLayer layer) {
        wanted = layer;
        degraded = false;
        choose(nowNs);
        granted = target;
    }

    /// The publisher replaced the track: its numbers go on here without a gap.
    void moveTo(PublishedTrack track, long nowNs) {
        this.track = track;
        target = null;
        wanted(nowNs, wanted);
    }

    /// A PLI or FIR of the subscriber.
    void onKeyFrameRequest(long nowNs) {
        context.counters().count(SfuCounter.KEY_FRAME_REQUESTS_RECEIVED);
        if (target != null) {
            target.requestKeyFrame(nowNs);
        }
    }

    /// The subscriber misses a packet.
    void onNack(long nowNs, int seq16) {
        retransmitter.onNack(nowNs, seq16, stats.rttNs(), track.spec().extensions());
    }

    void onReportBlock(long nowNs, int fractionLost, int lastSenderReport, long delay) {
        PublishedStream stream = current;
        if (stream != null && stream.clock().isKnown()) {
            stats.onReportBlock(stream.clock().ntp(nowNs), fractionLost, lastSenderReport, delay);
        }
    }

    /// Appends this stream's sender report and name; false when there is nothing to report or no room.
    boolean writeReport(long nowNs, RtcpWriter writer) {
        PublishedStream stream = current;
        if (stream == null || !stream.clock().isKnown() || stats.packets() == 0) {
            return false;
        }
        SenderClock clock = stream.clock();
        return stats.writeReport(clock.ntp(nowNs), rewriter.timestamp(clock.rtpTimestamp(nowNs)), writer)
                && writer.sdesCname(spec.ssrc(), track.publisher().cname());
    }

    /// The encoding that should flow.
    @Nullable
    PublishedStream target() {
        return target;
    }

    /// Wanted, and its transport is up.
    boolean isActive() {
        return wanted != VideoLayer.NONE && seat.isConnected();
    }

    SubscribeSpec spec() {
        return spec;
    }

    PublishedTrack track() {
        return track;
    }

    Seat seat() {
        return seat;
    }
}

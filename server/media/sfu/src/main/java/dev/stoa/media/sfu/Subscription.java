package dev.stoa.media.sfu;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.PeerTransport;
import dev.stoa.media.rtc.pacer.PacketClass;
import dev.stoa.media.rtc.report.SenderStats;
import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.sfu.allocation.Decision;
import dev.stoa.media.sfu.allocation.Rung;
import dev.stoa.media.sfu.allocation.VideoDemand;
import dev.stoa.media.sfu.layers.LayerGrid;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One track on its way to one subscriber: which encoding, under which numbers. Writes each packet once, into the slot
/// it is sent from. Allocates nothing per packet.
final class Subscription {
    private static final int PADDING_BIT = 0x20;

    private final Seat seat;
    private final SubscribeSpec spec;
    private final WorkerContext context;
    private final HeaderTemplate header;
    private final ForwardedNumbers numbers;
    private final StreamRewriter rewriter;
    private final Thinner thinner = new Thinner();
    private final SenderStats stats;
    private final Retransmitter retransmitter;
    private final @Nullable RedundantAudio redundant;
    private PublishedTrack track;
    private VideoLayer wanted;
    /// What the subscriber's connection carries.
    private VideoLayer cap = VideoLayer.HIGH;
    /// Highest temporal layer it carries.
    private int temporalCap = LayerGrid.TEMPORALS;

    /// Which is less than wanted.
    private boolean capped;
    /// The subscriber was told so.
    private boolean subscriberDegraded;
    private @Nullable VideoDemand demand;
    /// The encoding that should flow; null when none should.
    private @Nullable PublishedStream target;
    /// The encoding that flows; null while waiting for a key frame.
    private @Nullable PublishedStream current;
    /// The layer the subscriber knows it gets.
    private VideoLayer granted = VideoLayer.NONE;
    /// When a key frame was last asked for to change the layer within the stream.
    private long switchAskedNs;
    /// A packet that was sent from the kept ones while it was being handed out, -1 for none.
    private long replayedSeq = -1;
    /// The subscriber was told that it gets less than it should.
    private boolean degraded;

    Subscription(Seat seat, SubscribeSpec spec, PublishedTrack track, WorkerContext context) {
        this.seat = seat;
        this.spec = spec;
        this.track = track;
        this.context = context;
        this.wanted = spec.wanted();
        this.header = new HeaderTemplate(spec.extensions(), spec.mid());
        MediaCodec codec = track.spec().codec();
        this.numbers = new ForwardedNumbers(codec, spec.extensions(), context);
        this.rewriter = numbers.rtp();
        this.stats = new SenderStats(spec.ssrc(), codec.clockRate());
        this.redundant = spec.redPayloadType() >= 0 && !track.isVideo() ? new RedundantAudio() : null;
        this.retransmitter = new Retransmitter(seat, spec, header, numbers, context);
    }

    /// Reads what the next packets need, see [PublishedTrack#deliver(long, PublishedStream, RtpPacket[], long[], int)].
    /// The sum means nothing; it keeps the reads from being left out.
    long fetch() {
        return stats.packets()
                + header.fetch()
                + numbers.fetch()
                + (thinner.decided() ? 1 : 0)
                + seat.fetch(spec.ssrc());
    }

    /// Packets of one encoding of the track, none of which begins a key frame.
    void deliver(long nowNs, PublishedStream stream, RtpPacket[] packets, long[] seqs, int count) {
        for (int i = 0; i < count; i++) {
            deliver(nowNs, stream, packets[i], seqs[i], false);
        }
        context.out().turnToNext();
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
        forward(nowNs, stream, packet, seq);
    }

    /// Goes on after packets that were for nobody: numbers go on without a gap, time by as much as passed.
    ///
    /// @param from oldest kept packet to send
    void resume(long nowNs, PublishedStream stream, long from) {
        if (stream == target) {
            sendKept(nowNs, stream, from);
            // Packets too long to be kept go the ordinary way.
            replayedSeq = stream.ring().contains(stream.handledSeq()) ? stream.handledSeq() : -1;
        }
    }

    private void start(long nowNs, PublishedStream stream, RtpPacket packet, long seq) {
        current = stream;
        Downlink downlink = seat.downlink();
        if (downlink != null && downlink.isBackedUp(nowNs)) {
            // A new picture begins: what waits before it would only hold it up.
            downlink.forget(spec.ssrc());
        }
        numbers.startSegment(nowNs, stream, packet, seq);
        thinner.startSegment();
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
                forward(nowNs, stream, kept, seq);
            }
        }
    }

    private void forward(long nowNs, PublishedStream stream, RtpPacket packet, long seq) {
        boolean passes = thinner.passes(stream, seq, packet.timestamp(), allowed(), temporalCap);
        if (thinner.decided() && nowNs - switchAskedNs >= PublishedStream.KEY_FRAME_RETRY_NS) {
            askForSwitch(nowNs, stream);
        }
        if (!passes) {
            leaveOut(nowNs, packet, seq);
            return;
        }
        long outSeq = rewriter.sequence(seq, thinner.endsPicture() && !packet.marker());
        if (outSeq < 0) {
            return;
        }
        Downlink downlink = seat.downlink();
        if (downlink == null) {
            send(nowNs, stream, packet, outSeq);
            return;
        }
        RedundantAudio wrapper = redundant;
        if (wrapper != null && downlink.audioRepeats() > 0) {
            sendRepeating(nowNs, wrapper, downlink, packet, stream.ring(), seq, outSeq);
            return;
        }
        // What is not kept cannot wait.
        boolean mayWait = track.isVideo() && stream.ring().contains(seq);
        PacketClass packetClass = mayWait ? PacketClass.VIDEO : PacketClass.AUDIO;
        int bytes = header.fixedLength() + packet.payloadLength();
        switch (downlink.admit(nowNs, packetClass, spec.ssrc(), outSeq, bytes)) {
            case SEND -> send(nowNs, stream, packet, outSeq);
            case DEFERRED -> defer(nowNs, stream, packet, outSeq);
            case DROPPED -> {}
        }
    }

    /// The key frame that was asked for may have come in pieces, too late to begin with.
    private void askForSwitch(long nowNs, PublishedStream stream) {
        if (thinner.needsKeyFrame(stream, allowed(), temporalCap)) {
            switchAskedNs = nowNs;
            stream.requestSwitch(nowNs);
        }
    }

    /// A packet of a layer the subscriber is not to have. When it came late, others were already numbered so that it
    /// would fit in: an empty one takes its number.
    private void leaveOut(long nowNs, RtpPacket packet, long seq) {
        long outSeq = rewriter.drop(seq, thinner.decided());
        context.counters().count(SfuCounter.LAYERS_LEFT_OUT);
        if (outSeq < 0) {
            return;
        }
        long at = context.out().reserve();
        long transportSeq = header.hasTransportCc() ? seat.nextTransportSeq() : 0;
        int headerLength = writeHeader(nowNs, at, packet, outSeq, transportSeq);
        MemorySegment slab = context.out().slab();
        Wire.put8(slab, at, Wire.u8(slab, at) | PADDING_BIT);
        Wire.put8(slab, at + headerLength, 1);
        if (seat.transport().sendRtp(at, headerLength, headerLength + 1)) {
            seat.onSent(nowNs, header, transportSeq, headerLength + 1);
        }
    }

    private int writeHeader(long nowNs, long at, RtpPacket packet, long outSeq, long transportSeq) {
        return header.write(
                context.out().slab(),
                at,
                packet,
                track.spec().extensions(),
                spec.payloadType(),
                spec.ssrc(),
                outSeq,
                rewriter.timestamp(packet.timestamp()),
                (int) transportSeq,
                nowNs);
    }

    /// The packet stays in its publisher's ring until [#sendDeferred].
    private void defer(long nowNs, PublishedStream stream, RtpPacket packet, long outSeq) {
        numbers.defer(outSeq, packet, stream);
        onSent(nowNs, outSeq, rewriter.timestamp(packet.timestamp()), packet.payloadLength());
    }

    private void onSent(long nowNs, long outSeq, int timestamp, int payload) {
        rewriter.sent(outSeq, timestamp, nowNs);
        stats.onPacket(nowNs, timestamp, payload);
        context.counters().count(SfuCounter.RTP_FORWARDED);
    }

    private void send(long nowNs, PublishedStream stream, RtpPacket packet, long outSeq) {
        DatagramOut out = context.out();
        long at = out.reserve();
        MemorySegment slab = out.slab();
        long transportSeq = header.hasTransportCc() ? seat.nextTransportSeq() : 0;
        int headerLength = writeHeader(nowNs, at, packet, outSeq, transportSeq);
        int payload = packet.payloadLength();
        if (headerLength + payload > PeerTransport.maxRtpBytes()) {
            return;
        }
        MemorySegment.copy(packet.buffer(), packet.payloadOffset(), slab, at + headerLength, payload);
        numbers.send(outSeq, packet, stream, header, slab, at, headerLength, payload);
        if (!seat.transport().sendRtp(at, headerLength, headerLength + payload)) {
            return;
        }
        seat.onSent(nowNs, header, transportSeq, headerLength + payload);
        onSent(nowNs, outSeq, rewriter.timestamp(packet.timestamp()), payload);
    }

    /// Sends an audio packet together with those before it.
    private void sendRepeating(
            long nowNs,
            RedundantAudio wrapper,
            Downlink downlink,
            RtpPacket packet,
            PacketRing ring,
            long seq,
            long outSeq) {
        DatagramOut out = context.out();
        long at = out.reserve();
        long transportSeq = header.hasTransportCc() ? seat.nextTransportSeq() : 0;
        int timestamp = rewriter.timestamp(packet.timestamp());
        int headerLength = header.write(
                out.slab(),
                at,
                packet,
                track.spec().extensions(),
                spec.redPayloadType(),
                spec.ssrc(),
                outSeq,
                timestamp,
                (int) transportSeq,
                nowNs);
        int payload = wrapper.write(
                out.slab(),
                at + headerLength,
                packet,
                ring,
                seq,
                rewriter.firstSourceSeq(),
                downlink.audioRepeats(),
                spec.payloadType(),
                PeerTransport.maxRtpBytes() - headerLength);
        if (payload < 0) {
            return;
        }
        downlink.admit(nowNs, PacketClass.AUDIO, spec.ssrc(), outSeq, headerLength + payload);
        if (seat.transport().sendRtp(at, headerLength, headerLength + payload)) {
            seat.onSent(nowNs, header, transportSeq, headerLength + payload);
            onSent(nowNs, outSeq, timestamp, payload);
            context.counters().count(SfuCounter.AUDIO_REPEATED);
        }
    }

    /// Sends what had to wait; returns its bytes, 0 when its publisher's ring has it no more.
    int sendDeferred(long nowNs, long outSeq) {
        return retransmitter.sendDeferred(nowNs, outSeq, track.spec().extensions());
    }

    /// Answers a NACK that had to wait.
    int resendDeferred(long nowNs, long outSeq) {
        return retransmitter.resendDeferred(nowNs, outSeq, track.spec().extensions());
    }

    /// Sends padding of about this size; returns its bytes, 0 when it cannot. Also while nothing flows, or ever
    /// did: how else would be seen that it could.
    int pad(long nowNs, int bytes) {
        if (!track.isVideo() || track.streams().isEmpty()) {
            return 0;
        }
        PublishedStream stream = current == null ? track.streams().getLast() : current;
        return retransmitter.pad(nowNs, stream, bytes, track.spec().extensions());
    }

    private void forgetDeferred() {
        Downlink downlink = seat.downlink();
        if (downlink != null) {
            downlink.forget(spec.ssrc());
        }
    }

    /// What waited is dropped: nothing can be decoded until the next key frame.
    void onPacedDropped(long nowNs) {
        current = null;
        if (target != null) {
            target.requestKeyFrame(nowNs);
        }
    }

    /// What the allocator is to know.
    VideoDemand demand(long nowNs) {
        List<Rung> rungs = track.rungs(nowNs);
        VideoLayer wish = isActive() ? wanted : VideoLayer.NONE;
        VideoDemand known = demand;
        if (known == null || known.rungs() != rungs || known.wanted() != wish) {
            known = new VideoDemand(
                    spec.subscription().value(), spec.priority(), spec.screen(), false, area(wish), wish, rungs);
            demand = known;
        }
        return known;
    }

    /// Clients ask for higher layers where they show a picture larger; that is all they tell of its size.
    private static int area(VideoLayer wish) {
        return switch (wish) {
            case NONE -> 0;
            case LOW -> 1;
            case MEDIUM -> 4;
            case HIGH -> 16;
        };
    }

    /// The connection carries no more than this layer.
    ///
    /// @param temporal highest temporal layer of it; [LayerGrid#TEMPORALS] = all
    /// @param less that is less than wanted
    void limit(long nowNs, VideoLayer layer, int temporal, boolean less) {
        if (layer == cap && temporal == temporalCap && less == capped) {
            return;
        }
        cap = layer;
        capped = less;
        temporalCap = temporal;
        choose(nowNs);
        VideoLayer before = granted;
        granted = offered();
        VideoLayer ideal = idealLayer(wanted);
        // Fewer pictures of the same size are no other layer: clients would show a warning for nothing.
        boolean smaller = less && granted.compareTo(ideal) < 0;
        boolean news = granted != before || smaller != subscriberDegraded;
        subscriberDegraded = smaller;
        if (news && isActive()) {
            tell(granted, ideal);
        }
    }

    private VideoLayer allowed() {
        return wanted.compareTo(cap) < 0 ? wanted : cap;
    }

    /// The layer that should flow.
    private VideoLayer offered() {
        PublishedStream chosen = target;
        return chosen == null ? VideoLayer.NONE : chosen.layer(allowed(), temporalCap);
    }

    private VideoLayer idealLayer(VideoLayer wish) {
        PublishedStream ideal = LayerSelector.ideal(track.streams(), wish);
        return ideal == null ? wish : ideal.idealLayer(wish);
    }

    private void tell(VideoLayer current, VideoLayer expected) {
        context.events()
                .onEvent(new SfuEvent.LayerChanged(
                        seat.id(), spec.subscription(), current, expected, subscriberDegraded, degraded));
    }

    /// Chooses the encoding anew: the connection or the publisher's encodings changed. Tells the subscriber when that
    /// takes something away from it or gives it back.
    void reselect(long nowNs) {
        choose(nowNs);
        if (target == null) {
            return;
        }
        VideoLayer chosen = offered();
        VideoLayer ideal = idealLayer(allowed());
        boolean lost = chosen != ideal && granted != VideoLayer.NONE && chosen.compareTo(granted) < 0;
        if (lost || degraded && chosen != granted) {
            degraded = chosen != ideal;
            tell(chosen, ideal);
        }
        granted = chosen;
    }

    private void choose(long nowNs) {
        PublishedStream chosen = isActive() ? LayerSelector.choose(track.streams(), allowed()) : null;
        if (chosen == target) {
            if (chosen != null && chosen == current) {
                askForSwitch(nowNs, chosen);
            }
            return;
        }
        target = chosen;
        if (chosen == null) {
            current = null;
            forgetDeferred();
        } else if (chosen != current && track.isVideo() && !replay(nowNs, chosen)) {
            stopIfTooMuch(nowNs, chosen);
            chosen.requestSwitch(nowNs);
        }
    }

    /// What flows until the cheaper encoding's key frame comes would delay that key frame.
    private void stopIfTooMuch(long nowNs, PublishedStream cheaper) {
        PublishedStream flowing = current;
        Downlink downlink = seat.downlink();
        if (flowing != null
                && downlink != null
                && flowing.index() < cheaper.index()
                && downlink.isOverloadedBy(nowNs, flowing.bitrateBps())) {
            current = null;
            downlink.forget(spec.ssrc());
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
        seat.onDemandChanged(nowNs);
        choose(nowNs);
        granted = offered();
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
        Downlink downlink = seat.downlink();
        long reported = stats.rttNs();
        long rttNs = reported == 0 && downlink != null ? downlink.rttNs() : reported;
        retransmitter.onNack(nowNs, seq16, rttNs, track.spec().extensions());
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

    /// @param why what bandwidth decided last
    TransportStatistics.Sent statistics(@Nullable Decision why) {
        return new TransportStatistics.Sent(
                spec.subscription(),
                track.id(),
                stats.packets(),
                stats.octets(),
                stats.remoteFractionLost(),
                stats.rttNs(),
                wanted,
                offered(),
                thinner.temporal(),
                why);
    }
}

package dev.stoa.media.sfu;

import dev.stoa.media.rtc.keyframe.KeyFrameThrottle;
import dev.stoa.media.rtc.nack.NackGenerator;
import dev.stoa.media.rtc.report.ReceptionStats;
import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.rtc.rtx.Rtx;
import dev.stoa.media.sfu.allocation.Rung;
import dev.stoa.media.sfu.layers.LayerGrid;
import dev.stoa.media.sfu.layers.LayerMarks;
import dev.stoa.media.wire.codec.Codecs;
import dev.stoa.media.wire.rtp.RtpPacket;
import dev.stoa.media.wire.rtp.SequenceNumbers;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One encoding of a published track: the receiving end of one primary SSRC and its RTX SSRC. Keeps the newest packets
/// in plaintext for all subscribers. Allocates nothing per packet.
final class PublishedStream {
    /// A key frame that does not come within this time is asked for again. Lower: faster repair of a lost request;
    /// higher: no second key frame where the way to the publisher and back is long.
    static final long KEY_FRAME_RETRY_NS = 500_000_000L;

    private static final int VIDEO_SLOT_BYTES = 1504;
    /// Holds Opus packets up to 200 kbit/s; longer ones are forwarded but not kept.
    private static final int AUDIO_SLOT_BYTES = 512;
    private static final long NEVER = Long.MAX_VALUE;

    private final PublishedTrack track;
    private final String rid;
    private final int index;
    private final VideoLayer layer;
    private final int ssrc;
    private final SfuCounters counters;
    private final Burst burst;
    private final PacketRing ring;
    private final ReceptionStats reception;
    private final SenderClock clock;
    private final KeyFrameThrottle throttle = new KeyFrameThrottle(KeyFrameThrottle.DEFAULT_INTERVAL_NS);
    private final @Nullable NackGenerator nack;
    private final RepairTime repairTime = new RepairTime();
    private final Liveness liveness = new Liveness();
    private final StreamRate rate = new StreamRate();
    private final @Nullable StreamLayers layers;

    private int rtxSsrc;
    private boolean rtxKnown;
    private long highestSeq = -1;
    private long keyFrameSeq = -1;
    private int keyFrameTimestamp;
    private long keyFrameNs;
    /// Number of the packet that is being received, -1 in between.
    private long handledSeq = -1;
    private boolean awaitingKeyFrame;
    private long askedNs;

    /// @param index place among the track's encodings, 0 is the best
    PublishedStream(PublishedTrack track, String rid, int index, int ssrc, WorkerContext context) {
        this.track = track;
        this.rid = rid;
        this.index = index;
        this.layer = LayerSelector.layer(rid, index);
        this.ssrc = ssrc;
        this.counters = context.counters();
        this.burst = context.burst();
        SfuSettings settings = context.settings();
        int clockRate = track.spec().codec().clockRate();
        this.ring = new PacketRing(
                track.isVideo() ? videoPackets(settings, index) : settings.audioRingPackets(),
                track.isVideo() ? VIDEO_SLOT_BYTES : AUDIO_SLOT_BYTES,
                Arena.ofAuto());
        this.reception = new ReceptionStats(ssrc, clockRate);
        this.clock = new SenderClock(clockRate);
        // Audio is asked for again only where the publisher can answer: late audio is worth little otherwise.
        boolean repairs = track.isVideo() || track.spec().rtxPayloadType() >= 0;
        this.layers = track.isVideo() ? new StreamLayers(track, ring) : null;
        this.nack = repairs ? new NackGenerator(settings.nack()) : null;
    }

    /// Lower encodings have fewer packets a second: half and a quarter of the slots hold as much time.
    private static int videoPackets(SfuSettings settings, int index) {
        return settings.videoRingPackets() >> Math.min(index, 2);
    }

    /// One opened packet of the primary SSRC, first sent or repaired.
    void receive(long nowNs, RtpPacket packet, boolean repaired) {
        int seq16 = packet.sequenceNumber();
        long seq = highestSeq < 0 ? SequenceNumbers.first(seq16) : SequenceNumbers.unwrap(highestSeq, seq16);
        if (nack != null && !nack.onPacket(nowNs, seq)) {
            counters.count(SfuCounter.DROPPED_DUPLICATE);
            return;
        }
        if (repaired) {
            repairTime.onRepaired(nowNs, seq16);
        } else {
            reception.onPacket(nowNs, seq, packet.timestamp());
        }
        boolean returned = !isAlive();
        highestSeq = Math.max(highestSeq, seq);
        track.onPacket(nowNs);
        liveness.onPacket(nowNs, packet.timestamp());
        rate.add(nowNs, packet.length());
        counters.count(track.publisher().arrivals());
        boolean keyFrame = track.isVideo() && startsKeyFrame(packet);
        if (keyFrame) {
            onKeyFrame(nowNs, seq, packet.timestamp());
        }
        boolean kept = ring.store(nowNs, seq, packet.buffer(), packet.offset(), packet.length());
        boolean relayered = layers != null && layers.receive(nowNs, seq, highestSeq, packet);
        // What may change who gets which encoding is delivered at once and overtakes nothing.
        boolean mayWait = track.isVideo() && kept && !returned && !relayered && !keyFrame && !repaired;
        if (!mayWait || !burst.add(nowNs, this, seq)) {
            burst.forward();
            handOut(nowNs, packet, seq, keyFrame, returned, relayered);
        }
    }

    private void handOut(
            long nowNs, RtpPacket packet, long seq, boolean keyFrame, boolean returned, boolean relayered) {
        handledSeq = seq;
        if (returned) {
            track.onStreamStarted(nowNs);
        } else if (relayered) {
            track.reselect(nowNs);
        }
        track.deliver(nowNs, this, packet, seq, keyFrame);
        handledSeq = -1;
    }

    /// One opened packet of the RTX SSRC; modified in place.
    void receiveRtx(long nowNs, RtpPacket packet) {
        if (!Rtx.decapsulate(packet, track.spec().payloadType(), ssrc)) {
            counters.count(SfuCounter.RTX_USELESS);
            return;
        }
        if (highestSeq < 0) {
            counters.count(SfuCounter.RTX_USELESS);
            return;
        }
        counters.count(SfuCounter.RTX_RECOVERED);
        receive(nowNs, packet, true);
    }

    private boolean startsKeyFrame(RtpPacket packet) {
        int length = packet.payloadLength();
        return length > 0 && Codecs.isKeyFrameStart(track.codecKind(), packet.buffer(), packet.payloadOffset(), length);
    }

    private void onKeyFrame(long nowNs, long seq, int timestamp) {
        awaitingKeyFrame = false;
        throttle.onKeyFrame();
        if (keyFrameSeq < 0 || timestamp != keyFrameTimestamp) {
            if (seq > keyFrameSeq) {
                keyFrameSeq = seq;
                keyFrameTimestamp = timestamp;
                keyFrameNs = nowNs;
            }
        } else if (seq < keyFrameSeq) {
            keyFrameSeq = seq;
        }
    }

    /// The sequence number nearest to the newest with these low bits; -1 before the first packet.
    long widen(int seq16) {
        return highestSeq < 0 ? -1 : SequenceNumbers.unwrap(highestSeq, seq16);
    }

    /// True when everything from the last key frame on is kept and it is at most `maxPackets` ago.
    boolean canReplay(int maxPackets) {
        if (keyFrameSeq < 0 || highestSeq - keyFrameSeq >= maxPackets) {
            return false;
        }
        for (long seq = keyFrameSeq; seq <= highestSeq; seq++) {
            if (!ring.contains(seq)) {
                return false;
            }
        }
        return true;
    }

    /// Somebody cannot decode without a key frame.
    void requestKeyFrame(long nowNs) {
        if (canAsk()) {
            ask(nowNs, throttle.request(nowNs));
        }
    }

    /// Somebody waits for a key frame to change to this encoding.
    void requestSwitch(long nowNs) {
        if (canAsk()) {
            ask(nowNs, throttle.requestUrgently(nowNs));
        }
    }

    private boolean canAsk() {
        return track.isVideo() && !track.isMuted();
    }

    private void ask(long nowNs, boolean now) {
        if (now) {
            askForKeyFrame(nowNs);
        }
        track.publisher().wakeBy(nextTimeoutNs());
    }

    private void askForKeyFrame(long nowNs) {
        awaitingKeyFrame = true;
        askedNs = nowNs;
        track.publisher().sendPli(this);
    }

    /// Asks for lost packets and for the key frames that are due.
    void handleTimeout(long nowNs) {
        if (throttle.poll(nowNs)) {
            askForKeyFrame(nowNs);
        } else if (awaitingKeyFrame && nowNs >= askedNs + KEY_FRAME_RETRY_NS) {
            awaitingKeyFrame = canAsk() && track.isAwaited(this);
            requestKeyFrameAgain(nowNs);
        }
        if (nack != null && nowNs >= nack.nextTimeoutNs()) {
            askForPackets(nowNs, nack);
        }
    }

    private void requestKeyFrameAgain(long nowNs) {
        if (awaitingKeyFrame && throttle.requestUrgently(nowNs)) {
            askForKeyFrame(nowNs);
        }
    }

    private void askForPackets(long nowNs, NackGenerator nack) {
        int[] seqs = track.publisher().nackBuffer();
        int count;
        do {
            count = nack.poll(nowNs, repairTime.estimateNs(), seqs);
            if (count > 0) {
                repairTime.onRequested(nowNs, seqs, count);
                track.publisher().sendNack(this, seqs, count);
            }
        } while (count == seqs.length);
        if (nack.takeKeyFrameNeeded() && track.isAwaited(this)) {
            requestKeyFrame(nowNs);
        }
    }

    long nextTimeoutNs() {
        long next = nack == null ? NEVER : nack.nextTimeoutNs();
        long kept = throttle.nextTimeoutNs();
        // A repetition the throttle keeps is due when the throttle says so, not before.
        long repeat = awaitingKeyFrame && kept == NEVER ? askedNs + KEY_FRAME_RETRY_NS : NEVER;
        return Math.min(next, Math.min(kept, repeat));
    }

    /// A muted stream is silent on purpose: nothing is missing.
    void onMuted() {
        awaitingKeyFrame = false;
        throttle.onKeyFrame();
    }

    /// The only encoding of a track is alive once it was seen; of several, those that send while others do.
    boolean isAlive() {
        return track.encodings() == 1 ? liveness.hasStarted() : liveness.isAlive(track.newestNs(), track.resumedNs());
    }

    boolean hasStarted() {
        return liveness.hasStarted();
    }

    /// What it costs to forward, in bits per second; 0 while unknown.
    long bitrateBps() {
        return rate.bps();
    }

    VideoLayer layer() {
        return layer;
    }

    /// What is known of the layers of the kept packets, null while there are none.
    @Nullable
    LayerMarks marks() {
        return layers == null ? null : layers.marks();
    }

    /// The layers inside a stream that has [#marks].
    LayerGrid grid() {
        return layers == null ? StreamLayers.NO_LAYERS : layers.grid();
    }

    /// What is sent of this stream when `wanted` is the best wanted and `temporal` the highest frame rate.
    VideoLayer layer(VideoLayer wanted, int temporal) {
        LayerGrid grid = grid();
        return marks() != null && grid.isSpatial() ? grid.layerOf(grid.target(wanted, temporal)) : layer;
    }

    /// As [#layer(VideoLayer,int)], had the publisher left nothing out.
    VideoLayer idealLayer(VideoLayer wanted) {
        return marks() != null && grid().isSpatial() ? grid().ideal(wanted) : layer;
    }

    /// Appends the qualities it can be had in, cheapest first.
    ///
    /// @param lowest no encoding of the track is smaller
    void addRungs(List<Rung> rungs, boolean lowest) {
        if (layers == null || layers.marks() == null) {
            rungs.add(new Rung(layer, 0, rate.bps()));
        } else {
            layers.addRungs(rungs, layer, lowest);
        }
    }

    /// Number of the packet that is being handed to subscribers, -1 in between.
    long handledSeq() {
        return handledSeq;
    }

    PublishedTrack track() {
        return track;
    }

    String rid() {
        return rid;
    }

    int index() {
        return index;
    }

    int ssrc() {
        return ssrc;
    }

    boolean isRtx(int ssrc) {
        return rtxKnown && rtxSsrc == ssrc;
    }

    boolean hasRtx() {
        return rtxKnown;
    }

    int rtxSsrc() {
        return rtxSsrc;
    }

    void rtxSsrc(int ssrc) {
        rtxSsrc = ssrc;
        rtxKnown = true;
    }

    PacketRing ring() {
        return ring;
    }

    ReceptionStats reception() {
        return reception;
    }

    SenderClock clock() {
        return clock;
    }

    long highestSeq() {
        return highestSeq;
    }

    long keyFrameSeq() {
        return keyFrameSeq;
    }

    /// When the last key frame began to arrive.
    long keyFrameNs() {
        return keyFrameNs;
    }

    TransportStatistics.Received statistics() {
        long jitterNs =
                reception.jitter() * 1_000_000_000L / track.spec().codec().clockRate();
        return new TransportStatistics.Received(
                track.id(),
                rid,
                layer,
                isAlive(),
                rate.bps(),
                rate.totalBytes(),
                liveness.pictures(),
                reception.received(),
                reception.cumulativeLost(),
                reception.fractionLost(),
                jitterNs,
                repairTime.measuredNs());
    }
}

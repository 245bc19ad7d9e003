package dev.stoa.media.sim;

import dev.stoa.media.rtc.nack.NackGenerator;
import dev.stoa.media.rtc.nack.NackSettings;
import dev.stoa.media.rtc.report.ReceptionStats;
import dev.stoa.media.rtc.rtx.Rtx;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.wire.rtcp.SenderReport;
import dev.stoa.media.wire.rtp.RtpPacket;
import dev.stoa.media.wire.rtp.SequenceNumbers;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The receiving end of one track: counts what a decoder and a person would notice. Asks for lost packets and, when
/// stuck, for key frames, as a browser does. Single owner thread.
public final class SimSink {
    /// Stuck for so long, a decoder asks for a key frame.
    private static final long STUCK_NS = 200_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final SimTrack track;
    private final ReceptionStats reception;
    private final @Nullable NackGenerator nack;
    private final FrameAssembly frames = new FrameAssembly();
    private final SimRed red;
    private final Vp8Continuity vp8 = new Vp8Continuity();
    private final LayeredFrames layered = new LayeredFrames();

    private long highestSeq = -1;
    private long firstSeq;
    private long highestTimestamp;
    private int headerLength = -1;
    private long shownNs = -1;
    private long askedNs;

    private long reportedNtp;
    private int reportedTimestamp;
    private long packets;
    private long bytes;
    private long repaired;
    private long duplicates;
    private long timestampsBack;
    private long headerLengthChanges;
    private long foreignMids;
    private long fillers;
    private long badPayloads;
    private long maxGapNs;
    private long firstShownNs = -1;
    private long latencySumNs;
    private long latencyMaxNs;
    private long latencies;
    private int framePackets;
    private int newestFrame = -1;
    private long earliestClockNs = Long.MAX_VALUE;
    private long latestClockNs = Long.MIN_VALUE;

    private @Nullable LongConsumer transits;

    SimSink(SimTrack track) {
        this.track = track;
        this.red = new SimRed(track.payloadType());
        this.reception = new ReceptionStats(track.ssrc(), track.codec().clockRate());
        this.nack = track.rtxPayloadType() >= 0 ? new NackGenerator(NackSettings.DEFAULT) : null;
    }

    void onRtp(long nowNs, RtpPacket packet) {
        boolean rtx = track.rtxPayloadType() >= 0 && packet.ssrc() == track.rtxSsrc();
        if (rtx && !Rtx.decapsulate(packet, track.payloadType(), track.ssrc())) {
            return;
        }
        boolean repeating = packet.payloadType() == track.redPayloadType();
        if (packet.payloadType() != track.payloadType() && !repeating) {
            badPayloads++;
            return;
        }
        int seq16 = packet.sequenceNumber();
        long seq = highestSeq < 0 ? SequenceNumbers.first(seq16) : SequenceNumbers.unwrap(highestSeq, seq16);
        if (nack != null && !nack.onPacket(nowNs, seq)) {
            duplicates++;
            return;
        }
        if (!rtx) {
            reception.onPacket(nowNs, seq, packet.timestamp());
        }
        repaired += rtx ? 1 : 0;
        count(nowNs, seq, packet, rtx);
        if (track.codec() == MediaCodec.VP8) {
            vp8.onPacket(seq, packet);
        }
        if (repeating) {
            onBlocks(nowNs, packet);
        } else {
            onPayload(nowNs, packet, packet.payloadOffset(), packet.payloadLength(), rtx);
        }
    }

    private void onBlocks(long nowNs, RtpPacket packet) {
        if (!red.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())) {
            badPayloads++;
            return;
        }
        while (red.next()) {
            onPayload(nowNs, packet, red.payloadOffset(), red.payloadLength(), !red.isLast());
        }
        badPayloads += red.isLast() ? 0 : 1;
    }

    private void count(long nowNs, long seq, RtpPacket packet, boolean rtx) {
        packets++;
        bytes += packet.length();
        if (highestSeq < 0) {
            askedNs = nowNs;
            firstSeq = seq;
            highestTimestamp = SequenceNumbers.firstTimestamp(packet.timestamp());
        }
        long timestamp = SequenceNumbers.unwrapTimestamp(highestTimestamp, packet.timestamp());
        if (seq > highestSeq && timestamp < highestTimestamp) {
            timestampsBack++;
        }
        highestSeq = Math.max(highestSeq, seq);
        highestTimestamp = Math.max(highestTimestamp, timestamp);
        headerLengthChanges += headerLength >= 0 && !rtx && headerLength != packet.headerLength() ? 1 : 0;
        headerLength = rtx ? headerLength : packet.headerLength();
        foreignMids +=
                packet.extensionLength(track.extensions().mid()) != track.mid().length() ? 1 : 0;
    }

    private void onPayload(long nowNs, RtpPacket packet, long payloadAt, int length, boolean again) {
        if (length == 0) {
            fillers++;
            return;
        }
        long at = FrameStamp.find(packet.buffer(), payloadAt, length);
        if (at < 0) {
            badPayloads++;
            return;
        }
        if (!again || track.isVideo()) {
            onStamp(packet, at);
        }
        LongConsumer watch = transits;
        if (watch != null && !again) {
            watch.accept(nowNs - FrameStamp.sentNs(packet.buffer(), at));
        }
        boolean key = FrameStamp.isKey(packet.buffer(), at) || !track.isVideo();
        if (FrameStamp.layers(packet.buffer(), at) != 0) {
            onLayer(packet, at, key);
            return;
        }
        long before = frames.shown();
        if (frames.onPacket(
                FrameStamp.frame(packet.buffer(), at),
                FrameStamp.index(packet.buffer(), at),
                FrameStamp.packets(packet.buffer(), at),
                key)) {
            onLatency(nowNs - FrameStamp.sentNs(packet.buffer(), at));
        }
        if (frames.shown() > before) {
            onShown(nowNs);
        }
    }

    private void onLayer(RtpPacket packet, long at, boolean key) {
        layered.onPacket(
                FrameStamp.frame(packet.buffer(), at),
                FrameStamp.index(packet.buffer(), at),
                FrameStamp.packets(packet.buffer(), at),
                key,
                FrameStamp.layers(packet.buffer(), at),
                packet.marker(),
                SequenceNumbers.unwrapTimestamp(highestTimestamp, packet.timestamp()));
    }

    /// How far the RTP clock is from the sender's when it made the frame.
    private void onStamp(RtpPacket packet, long at) {
        int frame = FrameStamp.frame(packet.buffer(), at);
        if (frame >= newestFrame) {
            newestFrame = frame;
            framePackets = FrameStamp.packets(packet.buffer(), at);
        }
        long ticks = SequenceNumbers.unwrapTimestamp(highestTimestamp, packet.timestamp());
        long clockNs = ticks * 1_000_000 / track.codec().clockRate() * 1_000 - FrameStamp.sentNs(packet.buffer(), at);
        earliestClockNs = Math.min(earliestClockNs, clockNs);
        latestClockNs = Math.max(latestClockNs, clockNs);
    }

    private void onLatency(long ns) {
        latencySumNs += ns;
        latencyMaxNs = Math.max(latencyMaxNs, ns);
        latencies++;
    }

    private void onShown(long nowNs) {
        if (shownNs >= 0) {
            maxGapNs = Math.max(maxGapNs, nowNs - shownNs);
        } else {
            firstShownNs = nowNs;
        }
        shownNs = nowNs;
    }

    /// Tells of each packet that was not sent again how long it took, in ns; sender and receiver share a clock.
    public void watchTransit(LongConsumer watch) {
        transits = watch;
    }

    /// Writes the numbers to ask for now; returns how many.
    int pollNack(long nowNs, int[] seqs) {
        return nack == null ? 0 : nack.poll(nowNs, 50_000_000, seqs);
    }

    /// True when a key frame has to be asked for.
    boolean needsKeyFrame(long nowNs) {
        boolean stuck =
                track.isVideo() && packets > 0 && frames.behind() > 1 && nowNs - Math.max(shownNs, askedNs) >= STUCK_NS;
        askedNs = stuck ? nowNs : askedNs;
        return stuck;
    }

    long nextTimeoutNs() {
        long next = nack == null ? NEVER : nack.nextTimeoutNs();
        boolean stuck = track.isVideo() && packets > 0 && frames.behind() > 1;
        return stuck ? Math.min(next, Math.max(shownNs, askedNs) + STUCK_NS) : next;
    }

    void onSenderReport(long nowNs, SenderReport report) {
        reception.onSenderReport(nowNs, report.compactNtp());
        reportedNtp = report.ntpTimestamp();
        reportedTimestamp = report.rtpTimestamp();
    }

    /// Wall clock (NTP) of the newest sender report, 0 before.
    public long reportedNtp() {
        return reportedNtp;
    }

    /// RTP timestamp that goes with [#reportedNtp].
    public int reportedTimestamp() {
        return reportedTimestamp;
    }

    ReceptionStats reception() {
        return reception;
    }

    public SimTrack track() {
        return track;
    }

    /// Different packets, repaired ones included.
    public long packets() {
        return packets;
    }

    /// Of these packets, opened, with their headers.
    public long bytes() {
        return bytes;
    }

    public long repaired() {
        return repaired;
    }

    public long duplicates() {
        return duplicates;
    }

    /// Numbers that never came, so far.
    public long missing() {
        return highestSeq < 0 ? 0 : highestSeq - firstSeq + 1 - packets;
    }

    /// Packets whose timestamp is before that of an earlier number.
    public long timestampsBack() {
        return timestampsBack;
    }

    public long headerLengthChanges() {
        return headerLengthChanges;
    }

    /// Frames of a source with layers, as a decoder sees them.
    public LayeredFrames layers() {
        return layered;
    }

    /// Packets without payload.
    public long fillers() {
        return fillers;
    }

    /// Packets without the track's mid.
    public long foreignMids() {
        return foreignMids;
    }

    /// Packets of another payload type, or damaged.
    public long badPayloads() {
        return badPayloads;
    }

    /// Frames all of whose packets came.
    public long framesComplete() {
        return frames.completed();
    }

    /// Frames a decoder could show.
    public long framesShown() {
        return frames.shown();
    }

    public long keyFramesShown() {
        return frames.keyFrames();
    }

    /// Longest time between two frames shown.
    public long maxGapNs() {
        return maxGapNs;
    }

    /// Begins a new measurement of [#maxGapNs].
    public void resetGap() {
        maxGapNs = 0;
    }

    /// When the first frame was shown, -1 before.
    public long firstShownNs() {
        return firstShownNs;
    }

    /// Unwrapped sequence number of the newest packet, -1 before the first.
    long highestSeq() {
        return highestSeq;
    }

    /// Unwrapped RTP timestamp of the newest packet.
    public long highestTimestamp() {
        return highestTimestamp;
    }

    /// Packets the newest frame is made of: tells sources of different sizes apart.
    public int framePackets() {
        return framePackets;
    }

    /// How much the distance between RTP timestamps and the moments frames were made has varied.
    public long clockSpreadNs() {
        return Math.max(0, latestClockNs - earliestClockNs);
    }

    /// Begins a new measurement of [#clockSpreadNs].
    public void resetClockSpread() {
        earliestClockNs = Long.MAX_VALUE;
        latestClockNs = Long.MIN_VALUE;
    }

    /// Packets next to each other whose VP8 numbers do not follow each other.
    public long vp8Breaks() {
        return vp8.breaks();
    }

    /// Packets next to each other whose VP8 numbers were looked at.
    public long vp8Compared() {
        return vp8.compared();
    }

    /// From sending to completion of a frame.
    public long latencyMaxNs() {
        return latencyMaxNs;
    }

    public long latencyMeanNs() {
        return latencies == 0 ? 0 : latencySumNs / latencies;
    }
}

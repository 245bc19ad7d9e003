package dev.stoa.media.sim;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.report.SenderStats;
import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.rtc.rtx.Rtx;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtp.RtpHeaderWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import dev.stoa.media.wire.rtp.SequenceNumbers;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A camera or microphone that sends made-up frames at a fixed pace: key frames when asked, retransmissions by RTX.
/// Allocates nothing per packet after its first. Single owner thread.
public final class SimSource {
    /// How a source sends.
    ///
    /// @param intervalNs from frame to frame
    /// @param frameBytes payload of a delta frame (or of an Opus packet)
    /// @param keyFrameBytes payload of a key frame
    /// @param firstSeq first RTP sequence number
    /// @param firstTimestamp first RTP timestamp
    public record Pace(long intervalNs, int frameBytes, int keyFrameBytes, int firstSeq, int firstTimestamp) {
        /// 30 frames a second, 1.5 Mbit/s.
        public static final Pace VIDEO = new Pace(33_333_333, 6_000, 24_000, 1000, 123_456);

        /// 20 ms packets, 32 kbit/s.
        public static final Pace AUDIO = new Pace(20_000_000, 80, 80, 2000, 654_321);

        public Pace startingAt(int seq, int timestamp) {
            return new Pace(intervalNs, frameBytes, keyFrameBytes, seq, timestamp);
        }
    }

    /// Sizes of an encoder's frames, which vary.
    ///
    /// @param deltaBytes payload of each frame, in turn, from the beginning again after the last
    /// @param keyBytes payload of a key frame
    public record FrameSizes(int[] deltaBytes, int keyBytes) {}

    /// Sends what was written into the reserved slot, sealed.
    interface Sealer {
        void rtp(long offset, int headerLength, int length);
    }

    private static final int MAX_PAYLOAD = 1150;
    private static final int MAX_PACKETS = 60;
    private static final int RING_SLOTS = 512;

    private final SimTrack track;
    private final Pace pace;
    private final DatagramOut out;
    private final Sealer sealer;
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final PacketRing ring = new PacketRing(RING_SLOTS, 1504);
    private final RtpPacket kept = new RtpPacket();
    private final SenderStats stats;

    private @Nullable FrameSizes sizes;
    private boolean running;
    private boolean keyFrameAsked = true;
    private boolean acknowledged;
    private long seq;
    private int rtxSeq = 7;
    private int timestamp;
    private long startedNs;
    private long nextFrameNs = Long.MAX_VALUE;
    private final int firstPicture;
    private int frame;
    private int keyFrames;
    private int transportSeq;
    private int audioLevel = 30;
    private int nextSize;
    private double spread;
    private int owedBytes;
    private final MemorySegment descriptor = MemorySegment.ofArray(new byte[256]);
    private @Nullable SimLayers layers;

    private long framesSent;
    private long keyFramesSent;
    private long packetsSent;
    private long retransmitted;

    SimSource(SimTrack track, Pace pace, DatagramOut out, Sealer sealer) {
        this.track = track;
        this.pace = pace;
        this.out = out;
        this.sealer = sealer;
        this.seq = SequenceNumbers.first(pace.firstSeq());
        this.firstPicture = track.ssrc() * 0x9E37;
        this.stats = new SenderStats(track.ssrc(), track.codec().clockRate());
    }

    /// Starts sending, or goes on after [#stop]: timestamps pass as real time does, numbers go on without a gap.
    public void start(long nowNs) {
        if (running) {
            return;
        }
        running = true;
        if (startedNs == 0) {
            startedNs = nowNs;
        }
        nextFrameNs = nowNs;
    }

    public void stop() {
        running = false;
        nextFrameNs = Long.MAX_VALUE;
    }

    /// Packets no longer name their encoding, as a browser's do not once reports show that the receiver knows the
    /// stream.
    public void acknowledge() {
        acknowledged = true;
    }

    /// Frames of these sizes from now on, instead of the pace's. Their packets differ by a byte, as libwebrtc's do.
    ///
    /// @param first where to begin: sources that share sizes need not send their large frames together
    public void frameSizes(FrameSizes recorded, int first) {
        sizes = recorded;
        nextSize = first;
    }

    /// -dBov of the following packets, 0 (loud) to 127.
    public void audioLevel(int level) {
        audioLevel = level;
    }

    /// Frames differ in size by up to this share of their mean, 0 to 1. Those after a key frame are smaller until it
    /// is paid for, as those of a real encoder are.
    public void vary(double share) {
        spread = share;
    }

    private int variedBytes() {
        double swing = ((frame * 7919) % 101 - 50) / 50.0 * spread;
        int saved = Math.min(owedBytes, pace.frameBytes() / 4);
        owedBytes -= saved;
        return (int) (pace.frameBytes() * (1 + swing)) - saved;
    }

    /// Sends pictures of several layers from now on.
    public void layers(SimLayers layers) {
        this.layers = layers;
    }

    void askKeyFrame() {
        keyFrameAsked = true;
    }

    long nextTimeoutNs() {
        return nextFrameNs;
    }

    void handleTimeout(long nowNs) {
        while (nowNs >= nextFrameNs) {
            sendFrame(nowNs);
            nextFrameNs += pace.intervalNs();
        }
    }

    private void sendFrame(long nowNs) {
        boolean key = keyFrameAsked && track.isVideo();
        keyFrameAsked = false;
        long elapsed = nowNs - startedNs;
        timestamp =
                pace.firstTimestamp() + (int) (elapsed / 1000 * track.codec().clockRate() / 1_000_000);
        int bytes = Math.min(frameBytes(key), MAX_PACKETS * MAX_PAYLOAD);
        owedBytes = key ? pace.keyFrameBytes() - pace.frameBytes() : owedBytes;
        int packets = Math.max(1, (bytes + MAX_PAYLOAD - 1) / MAX_PAYLOAD);
        int payload = Math.max(bytes / packets, SyntheticPayload.MAX_HEAD + FrameStamp.BYTES);
        int longer = sizes == null ? 0 : bytes % packets;
        if (!track.rid().isEmpty()) {
            // All encodings of a camera count the same pictures, whoever of them was switched off meanwhile.
            frame = Math.max(frame, (int) ((elapsed + pace.intervalNs() / 2) / pace.intervalNs()));
        }
        keyFrames += key ? 1 : 0;
        SimLayers layered = layers;
        if (layered != null) {
            sendLayers(nowNs, layered, key, packets, payload);
        } else {
            for (int i = 0; i < packets; i++) {
                sendPacket(nowNs, key, i, packets, i < packets - longer ? payload : payload + 1);
            }
            frame++;
        }
        framesSent++;
        keyFramesSent += key ? 1 : 0;
    }

    private int frameBytes(boolean key) {
        FrameSizes recorded = sizes;
        if (recorded == null) {
            return spread > 0 && !key ? variedBytes() : key ? pace.keyFrameBytes() : pace.frameBytes();
        }
        return key ? recorded.keyBytes() : recorded.deltaBytes()[nextSize++ % recorded.deltaBytes().length];
    }

    /// Each spatial layer has half as many packets as the one above.
    private void sendLayers(long nowNs, SimLayers layered, boolean key, int packets, int payload) {
        layered.begin(key);
        int top = layered.spatials() - 1;
        for (int spatial = 0; spatial <= top; spatial++) {
            int count = Math.max(1, packets >> top - spatial);
            for (int i = 0; i < count; i++) {
                sendLayerPacket(nowNs, layered, spatial, key && spatial == 0, i, count, payload);
            }
            frame++;
        }
    }

    private void sendLayerPacket(
            long nowNs, SimLayers layered, int spatial, boolean key, int index, int packets, int payload) {
        long at = out.reserve();
        MemorySegment slab = out.slab();
        boolean last = index == packets - 1;
        boolean marker = last && spatial == layered.spatials() - 1;
        header.begin(
                slab,
                at,
                DatagramOut.SLOT_BYTES,
                marker,
                track.payloadType(),
                SequenceNumbers.truncate(seq),
                timestamp,
                track.ssrc());
        header.text(track.extensions().mid(), track.mid());
        header.transportSequenceNumber(track.extensions().transportCc(), transportSeq);
        header.absSendTime(track.extensions().absSendTime(), RtpHeaderWriter.absSendTime24(nowNs));
        int bytes = layered.writeDescriptor(descriptor, spatial, frame, index == 0, last);
        int headerLength = header.finish();
        if (bytes > 0) {
            headerLength = appendDescriptor(slab, at, headerLength, bytes);
        }
        layered.writeHead(
                track.codec(), slab, at + headerLength, spatial, index == 0, last, firstPicture + (int) framesSent);
        long stampAt = at + headerLength + payload - FrameStamp.BYTES;
        FrameStamp.write(slab, stampAt, frame, index, packets, key, nowNs);
        FrameStamp.layers(slab, stampAt, layered.stamp(spatial));
        send(nowNs, at, headerLength, headerLength + payload, payload);
    }

    /// Descriptors may be longer than the 16 bytes of a one-byte element (RFC 8285 §4.2): all elements are written anew
    /// with two-byte headers.
    private int appendDescriptor(MemorySegment slab, long at, int headerLength, int bytes) {
        byte[] old = new byte[headerLength];
        MemorySegment.copy(slab, at, MemorySegment.ofArray(old), 0, headerLength);
        long to = at + 16;
        int from = 16;
        while (from < headerLength && old[from] != 0) {
            int length = (old[from] & 0x0F) + 1;
            Wire.put8(slab, to, old[from] >>> 4 & 0x0F);
            Wire.put8(slab, to + 1, length);
            MemorySegment.copy(MemorySegment.ofArray(old), from + 1, slab, to + 2, length);
            to += 2 + length;
            from += 1 + length;
        }
        Wire.put8(slab, to, track.extensions().dependencyDescriptor());
        Wire.put8(slab, to + 1, bytes);
        MemorySegment.copy(descriptor, 0, slab, to + 2, bytes);
        to += 2 + bytes;
        while ((to - at & 3) != 0) {
            Wire.put8(slab, to++, 0);
        }
        int length = (int) (to - at);
        Wire.put16(slab, at + 12, 0x1000);
        Wire.put16(slab, at + 14, (length - 16) / 4);
        return length;
    }

    private void sendPacket(long nowNs, boolean key, int index, int packets, int payload) {
        long at = out.reserve();
        MemorySegment slab = out.slab();
        boolean last = index == packets - 1;
        header.begin(
                slab,
                at,
                DatagramOut.SLOT_BYTES,
                last && track.isVideo(),
                track.payloadType(),
                SequenceNumbers.truncate(seq),
                timestamp,
                track.ssrc());
        header.text(track.extensions().mid(), track.mid());
        header.transportSequenceNumber(track.extensions().transportCc(), transportSeq);
        header.absSendTime(track.extensions().absSendTime(), RtpHeaderWriter.absSendTime24(nowNs));
        header.audioLevel(track.extensions().audioLevel(), true, audioLevel);
        if (!track.rid().isEmpty() && !acknowledged) {
            header.text(track.extensions().rid(), track.rid());
        }
        int headerLength = header.finish();
        SyntheticPayload.writeHead(
                track.codec(),
                slab,
                at + headerLength,
                key,
                index == 0,
                last,
                firstPicture + (int) framesSent,
                keyFrames);
        FrameStamp.write(slab, at + headerLength + payload - FrameStamp.BYTES, frame, index, packets, key, nowNs);
        send(nowNs, at, headerLength, headerLength + payload, payload);
    }

    private void send(long nowNs, long at, int headerLength, int length, int payload) {
        ring.store(nowNs, seq, out.slab(), at, length);
        stats.onPacket(nowNs, timestamp, payload);
        sealer.rtp(at, headerLength, length);
        seq++;
        transportSeq++;
        packetsSent++;
    }

    /// The receiver misses a packet.
    void resend(int seq16) {
        long wanted = SequenceNumbers.unwrap(seq, seq16);
        if (track.rtxPayloadType() < 0
                || !ring.contains(wanted)
                || !kept.wrap(ring.segment(), ring.offset(wanted), ring.length(wanted))) {
            return;
        }
        long at = out.reserve();
        int length = Rtx.encapsulate(
                kept.buffer(),
                kept.offset(),
                kept.headerLength(),
                kept.length(),
                out.slab(),
                at,
                track.rtxPayloadType(),
                rtxSeq++ & 0xFFFF,
                track.rtxSsrc());
        int transportCcAt = kept.extensionOffset(track.extensions().transportCc());
        if (transportCcAt >= 0) {
            Wire.put16(out.slab(), at + transportCcAt, transportSeq++);
        }
        nameRepaired(at);
        retransmitted++;
        sealer.rtp(at, kept.headerLength(), length);
    }

    /// What is repaired is named by an element of its own (RFC 8852 §3.2), of the same length.
    private void nameRepaired(long at) {
        int ridAt = kept.extensionOffset(track.extensions().rid());
        if (ridAt >= 0) {
            int length = kept.extensionLength(track.extensions().rid());
            Wire.put8(out.slab(), at + ridAt - 1, track.extensions().repairedRid() << 4 | length - 1);
        }
    }

    /// @param ntpNow NTP time of `nowNs`
    boolean writeReport(long nowNs, long ntpNow, RtcpWriter writer) {
        return stats.writeExtrapolatedReport(nowNs, ntpNow, writer) && writer.sdesCname(track.ssrc(), "sim");
    }

    public SimTrack track() {
        return track;
    }

    public long framesSent() {
        return framesSent;
    }

    public long keyFramesSent() {
        return keyFramesSent;
    }

    /// First transmissions.
    public long packetsSent() {
        return packetsSent;
    }

    public long retransmitted() {
        return retransmitted;
    }
}

package dev.stoa.media.sim.bwe;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.bwe.BandwidthEstimator;
import dev.stoa.media.rtc.bwe.BweSettings;
import dev.stoa.media.rtc.pacer.Pacer;
import dev.stoa.media.rtc.pacer.PacerOutput;
import dev.stoa.media.rtc.pacer.PacerSettings;
import dev.stoa.media.rtc.pacer.PacerVerdict;
import dev.stoa.media.rtc.pacer.PacketClass;
import dev.stoa.media.sim.SimNode;
import dev.stoa.media.sim.VirtualNetwork;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.TransportCc;
import java.lang.foreign.MemorySegment;
import java.util.function.LongUnaryOperator;

/// Sends video of 30 frames a second at a rate that follows the estimate, through the pacer, and optionally audio that
/// follows nothing. A datagram is its transport-wide number (2 bytes), the time it left (8 bytes) and nothing.
final class RateSender implements SimNode, PacerOutput {
    private static final long FRAME_NS = 33_333_333L;
    private static final long AUDIO_NS = 20_000_000L;
    private static final int MAX_PACKET = 1200;

    private final VirtualNetwork network;
    private final Remote self;
    private final Remote receiver;
    private final LongUnaryOperator encoder;
    private final int audioBytes;
    private final BandwidthEstimator estimator;
    private final Pacer pacer;
    private final MemorySegment packet = MemorySegment.ofArray(new byte[1500]);
    private final RtcpReader reader = new RtcpReader();
    private final TransportCc feedback = new TransportCc();
    private long nextFrameNs;
    private long nextAudioNs;
    private long seq;
    private long reference;
    private long dropped;
    private long padded;

    /// @param encoder the rate of the video for an estimate, both in bits per second
    /// @param audioBytes bytes of an audio packet each 20 ms, 0 = no audio
    RateSender(
            VirtualNetwork network,
            Remote self,
            Remote receiver,
            BweSettings settings,
            LongUnaryOperator encoder,
            int audioBytes,
            long nowNs) {
        this.network = network;
        this.self = self;
        this.receiver = receiver;
        this.encoder = encoder;
        this.audioBytes = audioBytes;
        this.estimator = new BandwidthEstimator(settings);
        this.pacer = new Pacer(PacerSettings.DEFAULT, this, settings.startBps());
        this.nextFrameNs = nowNs;
        this.nextAudioNs = audioBytes > 0 ? nowNs : Long.MAX_VALUE;
    }

    BandwidthEstimator estimator() {
        return estimator;
    }

    Pacer pacer() {
        return pacer;
    }

    long dropped() {
        return dropped;
    }

    long padded() {
        return padded;
    }

    @Override
    public void handleDatagram(long nowNs, Remote from, MemorySegment buffer, long offset, int length) {
        if (!reader.wrap(buffer, offset, length)) {
            return;
        }
        while (reader.next()) {
            if (feedback.wrap(reader)) {
                estimator.onTransportCc(nowNs, feedback);
            }
        }
        afterNews(nowNs);
    }

    private void afterNews(long nowNs) {
        pacer.target(estimator.targetBps());
        if (estimator.pollProbe(nowNs)) {
            pacer.startProbe(nowNs, estimator.probeId(), estimator.probeBps(), estimator.probeBytes());
        }
    }

    @Override
    public void handleTimeout(long nowNs) {
        if (nextAudioNs <= nowNs) {
            nextAudioNs += AUDIO_NS;
            offer(nowNs, PacketClass.AUDIO, audioBytes);
        }
        if (nextFrameNs <= nowNs) {
            nextFrameNs += FRAME_NS;
            frame(nowNs);
        }
        if (estimator.nextTimeoutNs() <= nowNs) {
            estimator.handleTimeout(nowNs);
            afterNews(nowNs);
        }
        pacer.handleTimeout(nowNs);
    }

    private void frame(long nowNs) {
        int left = (int) (encoder.applyAsLong(estimator.targetBps()) / 30 / 8);
        while (left > 0) {
            offer(nowNs, PacketClass.VIDEO, Math.min(MAX_PACKET, Math.max(60, left)));
            left -= MAX_PACKET;
        }
    }

    private void offer(long nowNs, PacketClass packetClass, int bytes) {
        long ref = reference++ << 16 | bytes;
        if (pacer.admit(nowNs, packetClass, packetClass.ordinal(), ref, bytes) == PacerVerdict.SEND) {
            transmit(nowNs, bytes);
        }
    }

    private int transmit(long nowNs, int bytes) {
        Wire.put16(packet, 0, (int) seq);
        Wire.put64(packet, 2, nowNs);
        estimator.onSent(nowNs, seq++, bytes, pacer.packetProbe());
        network.send(self, receiver, packet, 0, bytes);
        return bytes;
    }

    @Override
    public int send(long nowNs, PacketClass packetClass, int stream, long ref) {
        return transmit(nowNs, (int) ref & 0xFFFF);
    }

    @Override
    public int pad(long nowNs, int bytes) {
        padded += bytes;
        return transmit(nowNs, bytes);
    }

    @Override
    public void dropped(long nowNs, int stream, int packets) {
        dropped += packets;
    }

    @Override
    public long nextTimeoutNs() {
        long media = Math.min(nextFrameNs, nextAudioNs);
        return Math.min(media, Math.min(pacer.nextTimeoutNs(), estimator.nextTimeoutNs()));
    }
}

package dev.stoa.media.sim;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.srtp.SrtpSession;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.PacketKind;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The client side of one `RTCPeerConnection`, as a state machine: ICE controlling, DTLS client, SRTP, made-up media in
/// both directions, data channels. Without clock, socket or thread: tests drive it in virtual time, load generators
/// over real sockets. Single owner thread.
public final class SimPeer {
    private static final int MAX_STREAMS = 4096;
    private static final long DTLS_RETRY_NS = 100_000_000;

    private final SimPeerConfig config;
    private final DatagramOut out;
    private final SimIce ice;
    private final SimChannels channels;
    private final SimFeedback feedback;
    private final RtpPacket packet = new RtpPacket();
    private final List<SimSource> sources = new ArrayList<>();
    private final List<SimSink> sinks = new ArrayList<>();
    private @Nullable SrtpSession srtp;
    private long dtlsRetryNs = Long.MAX_VALUE;
    private long connectedNs = -1;

    private long strangers;
    private long refused;

    public SimPeer(SimPeerConfig config) {
        this.config = config;
        this.out = config.out();
        this.ice = new SimIce(out, config.server(), config.local(), config.remote(), config.random());
        this.channels = new SimChannels(config.dtls(), config.random());
        this.feedback = new SimFeedback(sources, sinks, out, this::sealRtcp, config.random());
    }

    /// Begins with connectivity checks.
    public void start(long nowNs) {
        ice.check(nowNs);
    }

    /// A track to send; packets leave once it is started and the peer is connected.
    public SimSource publish(SimTrack track, SimSource.Pace pace) {
        SimSource source = new SimSource(track, pace, out, this::sealRtp);
        sources.add(source);
        return source;
    }

    /// A track to expect.
    public SimSink receive(SimTrack track) {
        SimSink sink = new SimSink(track);
        sinks.add(sink);
        return sink;
    }

    public void handleDatagram(long nowNs, MemorySegment buffer, long offset, int length) {
        if (length < 2) {
            return;
        }
        switch (PacketKind.of(Wire.u8(buffer, offset))) {
            case STUN -> onStun(nowNs, buffer, offset, length);
            case DTLS -> {
                config.dtls().receive(buffer, offset, length);
                handleWakeup(nowNs);
            }
            case RTP_OR_RTCP -> onMedia(nowNs, buffer, offset, length);
            case ZRTP, TURN_CHANNEL, UNKNOWN -> refused++;
        }
    }

    private void onStun(long nowNs, MemorySegment buffer, long offset, int length) {
        boolean wasAnswered = ice.isAnswered();
        if (!ice.handle(nowNs, buffer, offset, length) || wasAnswered) {
            return;
        }
        if (config.dtls().state() == DtlsEndpoint.State.HANDSHAKING) {
            dtlsRetryNs = nowNs;
        }
    }

    private void onMedia(long nowNs, MemorySegment buffer, long offset, int length) {
        SrtpSession session = srtp;
        if (session == null) {
            refused++;
            return;
        }
        if (PacketKind.isRtcp(Wire.u8(buffer, offset + 1))) {
            int opened = session.openRtcp(buffer, offset, length);
            refused += opened < 0 ? 1 : 0;
            feedback.onRtcp(nowNs, buffer, offset, opened);
            return;
        }
        int opened = session.openRtp(buffer, offset, length);
        if (opened < 0 || !packet.wrap(buffer, offset, opened)) {
            refused++;
            return;
        }
        SimSink sink = sink(packet.ssrc());
        if (sink == null) {
            strangers++;
            return;
        }
        feedback.onArrival(nowNs, packet, sink.track());
        sink.onRtp(nowNs, packet);
    }

    private @Nullable SimSink sink(int ssrc) {
        for (int i = 0; i < sinks.size(); i++) {
            SimTrack track = sinks.get(i).track();
            if (track.ssrc() == ssrc || track.rtxPayloadType() >= 0 && track.rtxSsrc() == ssrc) {
                return sinks.get(i);
            }
        }
        return null;
    }

    /// DTLS has something to send, or its state changed.
    public void handleWakeup(long nowNs) {
        if (config.dtls().state() == DtlsEndpoint.State.CONNECTED && srtp == null) {
            connect(nowNs);
        }
        if (srtp != null) {
            channels.pump(nowNs);
        }
        while (true) {
            long at = out.reserve();
            int length = config.dtls().pollDatagram(out.slab(), at, DatagramOut.SLOT_BYTES);
            if (length <= 0) {
                return;
            }
            out.commit(config.server(), at, length);
        }
    }

    private void connect(long nowNs) {
        SrtpKeys keys = config.dtls().srtpKeys();
        if (keys != null) {
            srtp = SrtpSession.ofClient(config.ciphers(), keys, MAX_STREAMS);
            dtlsRetryNs = Long.MAX_VALUE;
            connectedNs = nowNs;
            feedback.start(nowNs);
            channels.connect(nowNs);
        }
    }

    public void handleTimeout(long nowNs) {
        ice.handleTimeout(nowNs);
        if (nowNs >= dtlsRetryNs) {
            dtlsRetryNs = nowNs + DTLS_RETRY_NS;
            config.dtlsRetry().run();
            handleWakeup(nowNs);
        }
        if (srtp == null) {
            return;
        }
        for (int i = 0; i < sources.size(); i++) {
            sources.get(i).handleTimeout(nowNs);
        }
        feedback.handleTimeout(nowNs);
        if (channels.handleTimeout(nowNs)) {
            handleWakeup(nowNs);
        }
    }

    public long nextTimeoutNs() {
        long next = Math.min(ice.nextTimeoutNs(), dtlsRetryNs);
        if (srtp == null) {
            return next;
        }
        for (int i = 0; i < sources.size(); i++) {
            next = Math.min(next, sources.get(i).nextTimeoutNs());
        }
        return Math.min(next, Math.min(feedback.nextTimeoutNs(), channels.nextTimeoutNs()));
    }

    /// Checks the path at once, as after a change of the own address.
    public void checkPath(long nowNs) {
        ice.check(nowNs);
    }

    public void restartIce(long nowNs, IceCredentials local, IceCredentials remote) {
        ice.restart(nowNs, local, remote);
    }

    /// Sends a PLI for a received track.
    public void askKeyFrame(SimSink sink) {
        feedback.pli(sink.track().ssrc());
    }

    /// Sends a NACK for the newest `count` packets of a received track, missing or not.
    public void askPackets(SimSink sink, int count) {
        feedback.nack(sink.track().ssrc(), sink.highestSeq() - count + 1, count);
    }

    /// Data channels of this connection.
    public SimChannels channels() {
        return channels;
    }

    public boolean isConnected() {
        return srtp != null;
    }

    /// When DTLS was done, -1 before.
    public long connectedNs() {
        return connectedNs;
    }

    /// RTP of SSRCs that no sink expects.
    public long strangers() {
        return strangers;
    }

    /// Datagrams that could not be opened.
    public long refused() {
        return refused;
    }

    /// What this peer's feedback said and heard.
    public SimFeedback feedback() {
        return feedback;
    }

    private void sealRtp(long offset, int headerLength, int length) {
        SrtpSession session = srtp;
        if (session != null) {
            commit(offset, session.sealRtp(out.slab(), offset, headerLength, length));
        }
    }

    private void sealRtcp(long offset, int length) {
        SrtpSession session = srtp;
        if (session != null) {
            commit(offset, session.sealRtcp(out.slab(), offset, length));
        }
    }

    private void commit(long offset, int sealed) {
        if (sealed > 0) {
            out.commit(config.server(), offset, sealed);
        }
    }
}

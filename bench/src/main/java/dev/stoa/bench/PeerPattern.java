package dev.stoa.bench;

import dev.stoa.media.crypto.OpensslSrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpSession;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.PacketKind;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The yardstick, as kind as possible: receive one datagram, open it, and per subscriber copy, rewrite the SSRC, seal
/// and send, each by one system call. No ICE, no DTLS, no retransmission, no statistics, no timers, no RTCP but
/// throwing it away.
public final class PeerPattern {
    private static final int SLOT_BYTES = 2048;

    private final PeerSocket socket;
    private final SrtpSession publisher;
    private final SrtpSession[] sessions;
    private final MemorySegment[] addresses;
    private final MemorySegment incoming;
    private final MemorySegment outgoing;
    private final RtpPacket packet = new RtpPacket();
    private long sent;
    private volatile long forwarded;

    /// Binds a port. Keys are those of [StaticDtls]: 0 for the publisher, from 1 for the subscribers.
    public PeerPattern(int subscribers) throws IOException {
        Arena arena = Arena.global();
        SrtpCiphers ciphers = OpensslSrtpCiphers.load().orElseThrow(() -> new IllegalStateException("no libcrypto 3"));
        socket = new PeerSocket(arena);
        incoming = arena.allocate(SLOT_BYTES, 64);
        outgoing = arena.allocate(SLOT_BYTES, 64);
        publisher = SrtpSession.ofServer(ciphers, StaticDtls.keys(0), 16);
        sessions = new SrtpSession[subscribers];
        addresses = new MemorySegment[subscribers];
        for (int i = 0; i < subscribers; i++) {
            sessions[i] = SrtpSession.ofServer(ciphers, StaticDtls.keys(i + 1), 16);
        }
    }

    public int port() {
        return socket.port();
    }

    /// Packets sent so far.
    public long forwarded() {
        return forwarded;
    }

    /// Begins in a thread of its own, which lives as long as the process.
    ///
    /// @param ports of the subscribers
    public Thread start(int[] ports) {
        for (int i = 0; i < ports.length; i++) {
            addresses[i] = PeerSocket.address(Arena.global(), ports[i]);
        }
        return Thread.ofPlatform().daemon().name("media-0").start(this::forward);
    }

    private void forward() {
        while (true) {
            int length = socket.receive(incoming);
            if (length >= 12 && !PacketKind.isRtcp(Wire.u8(incoming, 1))) {
                int opened = publisher.openRtp(incoming, 0, length);
                if (opened > 0 && packet.wrap(incoming, 0, opened)) {
                    sendToAll(packet.headerLength(), opened);
                }
            }
        }
    }

    private void sendToAll(int headerLength, int length) {
        int ssrc = packet.ssrc();
        for (int i = 0; i < sessions.length; i++) {
            MemorySegment.copy(incoming, 0, outgoing, 0, length);
            Wire.put32(outgoing, 8, ssrc + Feed.ssrcShift(i + 1));
            int sealed = sessions[i].sealRtp(outgoing, 0, headerLength, length);
            sent += socket.send(outgoing, sealed, addresses[i]) ? 1 : 0;
        }
        forwarded = sent;
    }
}

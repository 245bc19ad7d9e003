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

/// The peer pattern, as kind as possible: receive one datagram, open it, and per subscriber copy, rewrite the SSRC,
/// seal
/// and send, each by one system call. No ICE, no DTLS, no retransmission, no statistics, no timers, no RTCP but
/// throwing it away.
///
/// Argument: the subscribers' ports. Says `ready <port>`; ends with its input.
final class YardstickChild {
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

    private YardstickChild(Arena arena, int subscribers) throws IOException {
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

    /// The first line of the input names the subscribers' ports; the load opens them once it knows ours.
    static void run(int subscribers) throws IOException {
        Arena arena = Arena.global();
        YardstickChild child = new YardstickChild(arena, subscribers);
        Child.ready(child.socket.port());
        Child.untilInputEnds(line -> {
            if (!line.startsWith("ports ")) {
                return "forwarded " + child.forwarded;
            }
            String[] ports = line.substring("ports ".length()).split(" ");
            for (int i = 0; i < ports.length; i++) {
                child.addresses[i] = PeerSocket.address(arena, Integer.parseInt(ports[i]));
            }
            Thread.ofPlatform().daemon().name("media-0").start(child::forward);
            return "started";
        });
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

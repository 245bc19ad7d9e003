package dev.stoa.media.rtc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.ice.Checks;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.srtp.ChecksumCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.rtc.srtp.SrtpSession;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtp.RtpHeaderWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transport with fakes around it, and the client's side of its keys.
final class TransportFixture {
    static final long S = 1_000_000_000L;
    static final IceCredentials LOCAL = new IceCredentials("abcd", "password-of-22-characters");
    static final Fingerprint PEER = new Fingerprint("sha-256", "AA:BB");
    static final Remote A = Checks.remote(1111);
    static final Remote B = Checks.remote(2222);
    static final int SSRC = 0x0BAD_CAFE;
    static final SrtpKeys KEYS =
            new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, new byte[] {1}, new byte[] {2}, new byte[] {3}, new byte[] {4});

    final RecordingOut out;
    final FakeDtls dtls = new FakeDtls(PEER);
    final List<String> events = new ArrayList<>();
    final PeerTransport transport;
    final SrtpSession client = SrtpSession.ofClient(new ChecksumCiphers(), KEYS, 8);
    final MemorySegment buffer = MemorySegment.ofArray(new byte[DatagramOut.SLOT_BYTES]);

    @Nullable
    FakeSctp sctp;

    TransportFixture(@Nullable Fingerprint fingerprint, boolean keep) {
        this(fingerprint, keep, null);
    }

    /// @param factory null for a [FakeSctp]
    TransportFixture(@Nullable Fingerprint fingerprint, boolean keep, @Nullable SctpFactory factory) {
        out = new RecordingOut(keep);
        TransportConfig config = new TransportConfig(LOCAL, fingerprint, TransportSettings.DEFAULT);
        SctpFactory sctpFactory = factory == null ? this::association : factory;
        transport = new PeerTransport(config, dtls, new ChecksumCiphers(), sctpFactory, out, new Events(keep));
    }

    static TransportFixture connected() {
        TransportFixture fixture = new TransportFixture(PEER, true);
        fixture.connect();
        fixture.events.clear();
        fixture.out.take();
        return fixture;
    }

    void connect() {
        receive(0, A, Checks.nominating(LOCAL));
        dtls.connect(KEYS);
        transport.handleWakeup(0);
    }

    FakeSctp sctp() {
        if (sctp == null) {
            throw new IllegalStateException("made by the transport");
        }
        return sctp;
    }

    void receive(long nowNs, Remote remote, MemorySegment datagram) {
        transport.handleDatagram(nowNs, remote, datagram, 0, (int) datagram.byteSize());
    }

    /// A DTLS record of the fake with this application data.
    static MemorySegment record(String text) {
        byte[] bytes = ("-" + text).getBytes(StandardCharsets.UTF_8);
        bytes[0] = FakeDtls.APPLICATION;
        return MemorySegment.ofArray(bytes);
    }

    /// The texts of the application records sent since the last call.
    List<String> sentTexts() {
        List<String> texts = new ArrayList<>();
        for (RecordingOut.Sent sent : out.take()) {
            if (Wire.u8(sent.bytes(), 0) == FakeDtls.APPLICATION) {
                texts.add(new String(sent.bytes().toArray(JAVA_BYTE), StandardCharsets.UTF_8).substring(1));
            }
        }
        return texts;
    }

    /// A sealed RTP packet of the client in [#buffer]; returns its length.
    int sealRtp(int seq) {
        writeRtp(buffer, 0, seq);
        return client.sealRtp(buffer, 0, 12, 100);
    }

    MemorySegment sealedRtp(int seq) {
        int length = sealRtp(seq);
        return MemorySegment.ofArray(buffer.asSlice(0, length).toArray(JAVA_BYTE));
    }

    MemorySegment sealedRtcp() {
        writeRtcp(buffer);
        int length = client.sealRtcp(buffer, 0, 8);
        return MemorySegment.ofArray(buffer.asSlice(0, length).toArray(JAVA_BYTE));
    }

    static void writeRtcp(MemorySegment target) {
        Wire.put32(target, 0, 0x80C9_0001);
        Wire.put32(target, 4, SSRC);
    }

    private static final RtpHeaderWriter HEADER = new RtpHeaderWriter();

    static void writeRtp(MemorySegment target, long offset, int seq) {
        HEADER.begin(target, offset, 12, true, 96, seq & 0xFFFF, seq * 3000, SSRC)
                .finish();
        Wire.put64(target, offset + 12, seq);
    }

    boolean sendRtp(int seq) {
        long slot = out.reserve();
        writeRtp(out.slab(), slot, seq);
        return transport.sendRtp(slot, 12, 100);
    }

    private FakeSctp association(dev.stoa.media.rtc.sctp.SctpAssociation.Listener listener) {
        sctp = new FakeSctp(listener);
        return sctp;
    }

    private final class Events implements PeerTransport.Listener {
        private final boolean keep;

        Events(boolean keep) {
            this.keep = keep;
        }

        @Override
        public void onConnected() {
            events.add("connected");
        }

        @Override
        public void onDisconnected() {
            events.add("disconnected");
        }

        @Override
        public void onFailed(String reason) {
            events.add("failed " + reason);
        }

        @Override
        public void onRtp(long nowNs, RtpPacket packet) {
            if (keep) {
                events.add("rtp " + packet.sequenceNumber() + " " + packet.length());
            }
        }

        @Override
        public void onRtcp(long nowNs, RtcpReader compound) {
            if (keep) {
                compound.next();
                events.add("rtcp " + compound.type());
            }
        }

        @Override
        public void onChannelOpened(int streamId, String label) {
            events.add("channel " + streamId + " " + label);
        }

        @Override
        public void onText(int streamId, String text) {
            events.add("text " + streamId + " " + text);
            if (text.equals("echo")) {
                transport.sendText(1, streamId, "echoed");
            } else if (text.equals("close")) {
                transport.close();
            }
        }

        @Override
        public void onRemoteChanged(Remote remote) {
            events.add("remote " + remote.port());
        }

        @Override
        public void onRemoteForgotten(Remote remote) {
            events.add("forgotten " + remote.port());
        }
    }
}

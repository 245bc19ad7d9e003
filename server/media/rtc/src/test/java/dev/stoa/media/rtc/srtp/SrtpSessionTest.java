package dev.stoa.media.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpHeaderWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 3711 §3.3, §3.4; RFC 7714.
class SrtpSessionTest {
    private static final int SSRC = 0xCAFE_F00D;
    private static final int PLAIN = 60;

    private SrtpSession client = session(SrtpProfile.AEAD_AES_128_GCM, false);
    private SrtpSession server = session(SrtpProfile.AEAD_AES_128_GCM, true);

    static IntStream startsAroundTheWrap() {
        return IntStream.range(0, 16).map(i -> (65_536 - 8 + i) & 0xFFFF);
    }

    @ParameterizedTest
    @MethodSource("startsAroundTheWrap")
    void followsTheRollOverCounterThroughTwoWraps(int start) {
        for (long seq = start; seq < start + 140_000L; seq += 5) {
            assertThat(server.openRtp(sealed(client, SSRC, seq), 0, PLAIN + 16)).isEqualTo(PLAIN);
        }
    }

    @ParameterizedTest
    @MethodSource("startsAroundTheWrap")
    void opensReorderedPacketsAcrossTheWrap(int start) {
        List<MemorySegment> packets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            packets.add(sealed(client, SSRC, start + i));
        }
        // The very first fixes the roll-over counter, the rest may come in any order.
        assertThat(server.openRtp(packets.get(0), 0, PLAIN + 16)).isEqualTo(PLAIN);
        for (int i = 99; i > 0; i--) {
            assertThat(server.openRtp(packets.get(i), 0, PLAIN + 16)).isEqualTo(PLAIN);
        }
    }

    @Test
    void refusesAReplayedPacket() {
        MemorySegment packet = sealed(client, SSRC, 100);
        MemorySegment again = copy(packet);
        assertThat(server.openRtp(packet, 0, PLAIN + 16)).isEqualTo(PLAIN);
        assertThat(server.openRtp(again, 0, PLAIN + 16)).isEqualTo(SrtpSession.REPLAYED);
    }

    @Test
    void aForgedPacketChangesNoState() {
        server.openRtp(sealed(client, SSRC, 100), 0, PLAIN + 16);
        MemorySegment forged = sealed(session(SrtpProfile.AEAD_AES_128_GCM, false), SSRC, 30_000);
        Wire.put8(forged, 40, Wire.u8(forged, 40) ^ 1);
        assertThat(server.openRtp(forged, 0, PLAIN + 16)).isEqualTo(SrtpSession.AUTH_FAILED);
        assertThat(server.openRtp(sealed(client, SSRC, 101), 0, PLAIN + 16)).isEqualTo(PLAIN);
    }

    @Test
    void aPacketOfTheWrongDirectionFails() {
        MemorySegment own = sealed(server, SSRC, 1);
        assertThat(server.openRtp(own, 0, PLAIN + 16)).isEqualTo(SrtpSession.AUTH_FAILED);
    }

    @Test
    void holdsABoundedNumberOfStreams() {
        for (int ssrc = 1; ssrc <= 4; ssrc++) {
            assertThat(server.openRtp(sealed(client, ssrc, 1), 0, PLAIN + 16)).isEqualTo(PLAIN);
        }
        SrtpSession other = session(SrtpProfile.AEAD_AES_128_GCM, false);
        assertThat(server.openRtp(sealed(other, 5, 1), 0, PLAIN + 16)).isEqualTo(SrtpSession.TOO_MANY_STREAMS);
        assertThat(server.openRtp(sealed(other, 4, 2), 0, PLAIN + 16)).isEqualTo(PLAIN);
    }

    @Test
    void neverSealsTheSameIndexTwiceWithAead() {
        sealed(client, SSRC, 7);
        assertThat(client.sealRtp(packet(SSRC, 7), 0, 12, PLAIN)).isEqualTo(SrtpSession.INDEX_REUSED);
        assertThat(client.sealRtp(packet(SSRC, 8), 0, 12, PLAIN)).isEqualTo(PLAIN + 16);
    }

    @Test
    void repeatsAPacketWithCounterMode() {
        SrtpSession sender = session(SrtpProfile.AES_CM_128_HMAC_SHA1_80, false);
        sealed(sender, SSRC, 7);
        assertThat(sender.sealRtp(packet(SSRC, 7), 0, 12, PLAIN)).isEqualTo(PLAIN + 10);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void carriesControlPacketsBothWaysAndRefusesReplays(SrtpProfile profile) {
        SrtpSession us = session(profile, true);
        SrtpSession peer = session(profile, false);
        for (int i = 0; i < 300; i++) {
            MemorySegment sealed = control();
            int length = peer.sealRtcp(sealed, 0, 8);
            assertThat(length).isEqualTo(8 + profile.rtcpTagBytes() + 4);
            MemorySegment again = copy(sealed);
            assertThat(us.openRtcp(sealed, 0, length)).isEqualTo(8);
            assertThat(us.openRtcp(again, 0, length)).isEqualTo(SrtpSession.REPLAYED);
        }
        MemorySegment back = control();
        assertThat(peer.openRtcp(back, 0, us.sealRtcp(back, 0, 8))).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void refusesControlPacketsWithoutEncryption(SrtpProfile profile) {
        SrtpSession us = session(profile, true);
        MemorySegment sealed = control();
        int length = session(profile, false).sealRtcp(sealed, 0, 8);
        int word = profile == SrtpProfile.AEAD_AES_128_GCM ? length - 4 : 8;
        Wire.put8(sealed, word, Wire.u8(sealed, word) & 0x7F);
        assertThat(us.openRtcp(sealed, 0, length)).isEqualTo(SrtpSession.MALFORMED);
    }

    @Test
    void refusesTruncatedPackets() {
        MemorySegment packet = sealed(client, SSRC, 1);
        for (int length = 0; length < 12 + 16; length++) {
            assertThat(server.openRtp(packet, 0, length)).isEqualTo(SrtpSession.MALFORMED);
        }
        for (int length = 0; length < 8 + 20; length++) {
            assertThat(server.openRtcp(packet, 0, length)).isEqualTo(SrtpSession.MALFORMED);
        }
    }

    private static SrtpSession session(SrtpProfile profile, boolean server) {
        SrtpKeys keys = new SrtpKeys(profile, bytes(1), bytes(2), bytes(3), bytes(4));
        ChecksumCiphers ciphers = new ChecksumCiphers();
        return server ? SrtpSession.ofServer(ciphers, keys, 4) : SrtpSession.ofClient(ciphers, keys, 4);
    }

    private static byte[] bytes(int value) {
        return new byte[] {(byte) value};
    }

    private static MemorySegment packet(int ssrc, long seq) {
        MemorySegment packet = MemorySegment.ofArray(new byte[PLAIN + 20]);
        new RtpHeaderWriter()
                .begin(packet, 0, PLAIN, false, 96, (int) seq & 0xFFFF, 3000, ssrc)
                .finish();
        return packet;
    }

    private static MemorySegment sealed(SrtpSession session, int ssrc, long seq) {
        MemorySegment packet = packet(ssrc, seq);
        assertThat(session.sealRtp(packet, 0, 12, PLAIN)).isPositive();
        return packet;
    }

    private static MemorySegment control() {
        MemorySegment packet = MemorySegment.ofArray(new byte[64]);
        Wire.put32(packet, 0, 0x80C9_0001);
        Wire.put32(packet, 4, SSRC);
        return packet;
    }

    private static MemorySegment copy(MemorySegment segment) {
        return MemorySegment.ofArray(segment.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    }
}

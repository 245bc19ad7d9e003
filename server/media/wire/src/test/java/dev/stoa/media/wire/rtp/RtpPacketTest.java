package dev.stoa.media.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Hex;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

final class RtpPacketTest {
    private static final String PLAIN = "80e0 1234 89abcdef deadbeef 0102030405";
    /// Ids 1 (one byte), padding, 3 (two bytes), 4 (text "0").
    private static final String ONE_BYTE = "9060 0001 00000002 00000003 bede 0003 108a 00 31 abcd 40 30 00000000 ff";

    private final RtpPacket packet = new RtpPacket();

    private boolean wrap(String hex) {
        MemorySegment buf = Hex.segment(hex);
        return packet.wrap(buf, 0, (int) buf.byteSize());
    }

    /// RFC 3550 §5.1.
    @Test
    void readsTheFixedHeader() {
        assertThat(wrap(PLAIN)).isTrue();

        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.sequenceNumber()).isEqualTo(0x1234);
        assertThat(packet.timestamp()).isEqualTo(0x89ABCDEF);
        assertThat(packet.ssrc()).isEqualTo(0xDEADBEEF);
        assertThat(packet.csrcCount()).isZero();
        assertThat(packet.hasExtension()).isFalse();
        assertThat(packet.headerLength()).isEqualTo(12);
        assertThat(packet.payloadLength()).isEqualTo(5);
        assertThat(packet.paddingLength()).isZero();
        assertThat(packet.extensionOffset(1)).isEqualTo(-1);
    }

    @Test
    void readsAtAnyOffsetOfANativeSlab() {
        byte[] bytes = Hex.bytes(ONE_BYTE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slab = arena.allocate(200);
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, slab, 77, bytes.length);

            assertThat(packet.wrap(slab, 77, bytes.length)).isTrue();
            assertThat(packet.offset()).isEqualTo(77);
            assertThat(packet.payloadOffset()).isEqualTo(77 + 28);
            assertThat(packet.extensionOffset(4)).isEqualTo(23);
        }
    }

    @Test
    void writesThrough() {
        assertThat(wrap(PLAIN)).isTrue();

        packet.marker(false);
        packet.payloadType(127);
        packet.sequenceNumber(0x1_FFFF);
        packet.timestamp(-2);
        packet.ssrc(7);

        assertThat(packet.buffer().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
                .isEqualTo(Hex.bytes("807f ffff fffffffe 00000007 0102030405"));
    }

    @Test
    void countsContributingSourcesAsHeader() {
        assertThat(wrap("8260 0001 00000002 00000003 00000004 00000005 aa")).isTrue();

        assertThat(packet.csrcCount()).isEqualTo(2);
        assertThat(packet.csrc(1)).isEqualTo(5);
        assertThat(packet.headerLength()).isEqualTo(20);
        assertThat(packet.payloadLength()).isEqualTo(1);
    }

    /// RFC 8285 §4.2.
    @Test
    void findsOneByteElementsAcrossPadding() {
        assertThat(wrap(ONE_BYTE)).isTrue();

        assertThat(packet.hasExtension()).isTrue();
        assertThat(packet.headerLength()).isEqualTo(28);
        assertThat(packet.extensionOffset(1)).isEqualTo(17);
        assertThat(packet.extensionLength(1)).isEqualTo(1);
        assertThat(packet.extensionOffset(3)).isEqualTo(20);
        assertThat(packet.extensionLength(3)).isEqualTo(2);
        assertThat(packet.extensionLength(4)).isEqualTo(1);
        assertThat(packet.extensionOffset(2)).isEqualTo(-1);
        assertThat(packet.extensionLength(2)).isEqualTo(-1);
    }

    /// RFC 8285 §4.2: element 15, and element 0 with a length, end the block.
    @Test
    void stopsAtReservedOneByteElements() {
        assertThat(wrap("9060 0001 00000002 00000003 bede 0001 f0aa 10bb")).isTrue();
        assertThat(packet.extensionOffset(1)).isEqualTo(-1);
        assertThat(wrap("9060 0001 00000002 00000003 bede 0001 01aa 10bb")).isTrue();
        assertThat(packet.extensionOffset(1)).isEqualTo(-1);
    }

    /// RFC 8285 §4.3: ids up to 255, lengths from 0.
    @Test
    void findsTwoByteElements() {
        assertThat(wrap("9060 0001 00000002 00000003 1005 0003 0500 00 c803aabbcc 0000 0000"))
                .isTrue();

        assertThat(packet.extensionLength(5)).isZero();
        assertThat(packet.extensionOffset(200)).isEqualTo(21);
        assertThat(packet.extensionLength(200)).isEqualTo(3);
    }

    @Test
    void ignoresElementsThatLeaveTheBlock() {
        assertThat(wrap("9060 0001 00000002 00000003 bede 0001 13aabbcc dd")).isTrue();
        assertThat(packet.extensionOffset(1)).isEqualTo(-1);
        assertThat(wrap("9060 0001 00000002 00000003 1000 0001 0103aabb cc")).isTrue();
        assertThat(packet.extensionOffset(1)).isEqualTo(-1);
    }

    @Test
    void takesPaddingOffThePayload() {
        assertThat(wrap("a060 0001 00000002 00000003 aabb 000003")).isTrue();

        assertThat(packet.paddingLength()).isEqualTo(3);
        assertThat(packet.payloadLength()).isEqualTo(2);
    }

    @Test
    void acceptsAPacketOfPaddingAlone() {
        assertThat(wrap("a060 0001 00000002 00000003 0002")).isTrue();

        assertThat(packet.payloadLength()).isZero();
    }

    /// RFC 3711 §3.1: the padding count is encrypted, so it says nothing before opening.
    @Test
    void doesNotJudgeThePaddingOfProtectedPackets() {
        MemorySegment buf = Hex.segment("a060 0001 00000002 00000003 aabbff");

        assertThat(packet.wrap(buf, 0, 15)).isFalse();
        assertThat(packet.wrapProtected(buf, 0, 15)).isTrue();
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(packet.paddingLength()).isZero();
    }

    @Test
    void refusesWhatIsNotRtp() {
        assertThat(wrap("")).isFalse();
        assertThat(wrap("80e0 1234 89abcdef deadbe")).isFalse();
        assertThat(wrap("40e0 1234 89abcdef deadbeef")).isFalse();
        assertThat(wrap("81e0 1234 89abcdef deadbeef")).isFalse();
        assertThat(wrap("90e0 1234 89abcdef deadbeef")).isFalse();
        assertThat(wrap("90e0 1234 89abcdef deadbeef bede 0001")).isFalse();
        assertThat(wrap("a0e0 1234 89abcdef deadbeef")).isFalse();
        assertThat(wrap("a0e0 1234 89abcdef deadbeef 00")).isFalse();
        assertThat(packet.wrap(Hex.segment(PLAIN), 6, 17)).isFalse();
        assertThat(packet.wrap(Hex.segment(PLAIN), -1, 12)).isFalse();
    }

    @Test
    void keepsTheLastGoodPacketWhenTheNextIsRefused() {
        assertThat(wrap(PLAIN)).isTrue();
        assertThat(wrap("00")).isFalse();

        assertThat(packet.sequenceNumber()).isEqualTo(0x1234);
    }
}

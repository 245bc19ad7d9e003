package dev.stoa.media.wire.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Hex;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/// The short-term credential vectors of RFC 5769.
final class StunVectorsTest {
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
    private static final String TRANSACTION = "b7e7a701 bc34d686 fa87dfae";
    private static final String REQUEST = "00010058 2112a442" + TRANSACTION
            + "80220010 5354554e 20746573 7420636c 69656e74 00240004 6e0001ff 80290008 932ff9b1 51263b36"
            + "00060009 6576746a 3a683676 59202020"
            + "00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2 80280004 e57a3bcf";
    private static final String IPV4 = "0101003c 2112a442" + TRANSACTION
            + "8022000b 74657374 20766563 746f7220 00200008 0001a147 e112a643"
            + "00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7 80280004 c07d4c96";
    private static final String IPV6 = "01010048 2112a442" + TRANSACTION
            + "8022000b 74657374 20766563 746f7220 00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9"
            + "00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41 80280004 c8fb0b4c";

    private final StunMessage message = new StunMessage();
    private final StunKey key = new StunKey(PASSWORD);

    private void wrap(String hex) {
        MemorySegment buf = Hex.segment(hex);
        assertThat(StunMessage.isStun(buf, 0, (int) buf.byteSize())).isTrue();
        assertThat(message.wrap(buf, 0, (int) buf.byteSize())).isTrue();
    }

    /// RFC 5769 §2.1.
    @Test
    void readsTheSampleRequest() {
        wrap(REQUEST);

        assertThat(message.isBindingRequest()).isTrue();
        assertThat(message.messageClass()).isEqualTo(StunClass.REQUEST);
        assertThat(message.transactionId()).isEqualTo(Hex.bytes(TRANSACTION));
        assertThat(message.hasTransactionId(Hex.bytes(TRANSACTION))).isTrue();
        assertThat(message.software()).isEqualTo("STUN test client");
        assertThat(message.priority()).isEqualTo(0x6E0001FFL);
        assertThat(message.hasIceControlled()).isTrue();
        assertThat(message.hasIceControlling()).isFalse();
        assertThat(message.tieBreaker()).isEqualTo(0x932FF9B151263B36L);
        assertThat(message.username()).isEqualTo("evtj:h6vY");
        assertThat(message.hasUsername("evtj:h6vY")).isTrue();
        assertThat(message.hasUsername("evtj:h6vZ")).isFalse();
        assertThat(message.useCandidate()).isFalse();
        assertThat(message.unknownRequiredCount()).isZero();
        assertThat(message.verifyIntegrity(key)).isTrue();
        assertThat(message.verifyFingerprint()).isTrue();
    }

    /// RFC 5769 §2.2: 192.0.2.1 port 32853.
    @Test
    void readsTheSampleIpv4Response() {
        wrap(IPV4);

        assertThat(message.messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(message.software()).isEqualTo("test vector");
        assertThat(message.mappedHigh()).isZero();
        assertThat(message.mappedLow()).isEqualTo(0xFFFF_C0000201L);
        assertThat(message.mappedPort()).isEqualTo(32853);
        assertThat(message.verifyIntegrity(key)).isTrue();
        assertThat(message.verifyFingerprint()).isTrue();
    }

    /// RFC 5769 §2.3: 2001:db8:1234:5678:11:2233:4455:6677 port 32853.
    @Test
    void readsTheSampleIpv6Response() {
        wrap(IPV6);

        assertThat(message.mappedHigh()).isEqualTo(0x20010DB8_12345678L);
        assertThat(message.mappedLow()).isEqualTo(0x00112233_44556677L);
        assertThat(message.mappedPort()).isEqualTo(32853);
        assertThat(message.verifyIntegrity(key)).isTrue();
        assertThat(message.verifyFingerprint()).isTrue();
    }

    @Test
    void rejectsAnotherPassword() {
        wrap(REQUEST);

        assertThat(message.verifyIntegrity(new StunKey("VOkJxbRl1RmTxUk/WvJxBu")))
                .isFalse();
        assertThat(message.verifyIntegrity(key)).isTrue();
    }

    @Test
    void noticesEveryChangedBit() {
        byte[] good = Hex.bytes(REQUEST);
        for (int bit = 8 * 8; bit < 8 * (good.length - 8); bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            boolean read = message.wrap(MemorySegment.ofArray(bad), 0, bad.length);

            assertThat(read && message.verifyFingerprint()).as("bit %d", bit).isFalse();
            assertThat(read && message.verifyIntegrity(key)).as("bit %d", bit).isFalse();
        }
    }
}

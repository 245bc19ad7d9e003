package dev.stoa.media.wire.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Hex;
import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class StunMessageTest {
    private static final String HEAD = "2112a442 000102030405060708090a0b";
    private static final byte[] ID = Hex.bytes("000102030405060708090a0b");

    private final MemorySegment buf = MemorySegment.ofArray(new byte[1400]);
    private final StunWriter writer = new StunWriter();
    private final StunMessage message = new StunMessage();
    private final StunKey key = new StunKey("password-of-22-letters");

    private boolean wrap(String hex) {
        MemorySegment bytes = Hex.segment(hex);
        return message.wrap(bytes, 0, (int) bytes.byteSize());
    }

    /// RFC 8445 §7.1: what the controlling side sends.
    @Property
    void requestsAreReadBack(
            @ForAll @Size(12) byte[] id,
            @ForAll @StringLength(max = 120) String username,
            @ForAll @LongRange(min = 1, max = 0x7FFF_FFFFL) long priority,
            @ForAll long tieBreaker,
            @ForAll boolean nominate) {
        writer.beginRequest(buf, 5, 1000, id)
                .username(username)
                .priority(priority)
                .iceControlling(tieBreaker);
        if (nominate) {
            writer.useCandidate();
        }
        int length = writer.integrity(key).fingerprint().finish();

        assertThat(message.wrap(buf, 5, length)).isTrue();
        assertThat(message.isBindingRequest()).isTrue();
        assertThat(message.transactionId()).isEqualTo(id);
        assertThat(message.username().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(username.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(message.priority()).isEqualTo(priority);
        assertThat(message.tieBreaker()).isEqualTo(tieBreaker);
        assertThat(message.hasIceControlling()).isTrue();
        assertThat(message.useCandidate()).isEqualTo(nominate);
        assertThat(message.verifyIntegrity(key)).isTrue();
        assertThat(message.verifyFingerprint()).isTrue();
    }

    /// RFC 8489 §14.2.
    @Property
    void responsesAreReadBack(
            @ForAll @Size(12) byte[] id, @ForAll long high, @ForAll long low, @ForAll @IntRange(max = 65535) int port) {
        int length = writer.beginSuccess(buf, 0, 1000, id)
                .xorMappedAddress(high, low, port)
                .software("stoa")
                .integrity(key)
                .fingerprint()
                .finish();

        assertThat(message.wrap(buf, 0, length)).isTrue();
        assertThat(message.messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(message.mappedHigh()).isEqualTo(high);
        assertThat(message.mappedLow()).isEqualTo(low);
        assertThat(message.mappedPort()).isEqualTo(port);
        assertThat(message.software()).isEqualTo("stoa");
        assertThat(message.verifyIntegrity(key)).isTrue();
        assertThat(message.verifyFingerprint()).isTrue();
    }

    @Test
    void writesMappedIpv4AddressesAsIpv4() {
        int length = writer.beginSuccess(buf, 0, 1000, ID)
                .xorMappedAddress(0, 0xFFFF_C0000201L, 32853)
                .finish();

        assertThat(length).isEqualTo(32);
        assertThat(buf.asSlice(20, 12).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
                .isEqualTo(Hex.bytes("00200008 0001a147 e112a643"));
    }

    /// RFC 8489 §6.3.1, §14.8, §14.9.
    @Test
    void refusesUnknownRequiredAttributesWith420() {
        assertThat(wrap("0001000c" + HEAD + "7ffe0000 c0570000 7ffd0000")).isTrue();
        assertThat(message.unknownRequiredCount()).isEqualTo(2);
        int length = writer.beginError(buf, 0, 1000, message.transactionId())
                .errorCode(420, "Unknown Attribute")
                .unknownAttributes(message)
                .finish();
        var answer = new StunMessage();

        assertThat(answer.wrap(buf, 0, length)).isTrue();
        assertThat(answer.messageClass()).isEqualTo(StunClass.ERROR);
        assertThat(answer.errorCode()).isEqualTo(420);
        assertThat(answer.errorReason()).isEqualTo("Unknown Attribute");
        assertThat(buf.asSlice(length - 8, 8).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
                .isEqualTo(Hex.bytes("000a0004 7ffe7ffd"));
    }

    @Test
    void saysWhatIsAbsent() {
        assertThat(wrap("00010000" + HEAD)).isTrue();

        assertThat(message.priority()).isEqualTo(-1);
        assertThat(message.errorCode()).isEqualTo(-1);
        assertThat(message.mappedPort()).isEqualTo(-1);
        assertThat(message.hasMappedAddress()).isFalse();
        assertThat(message.hasUsername()).isFalse();
        assertThat(message.username()).isEmpty();
        assertThat(message.hasIntegrity()).isFalse();
        assertThat(message.verifyIntegrity(key)).isFalse();
        assertThat(message.hasFingerprint()).isFalse();
        assertThat(message.verifyFingerprint()).isFalse();
    }

    @Test
    void readsMethodAndClassOutOfTheirMixedBits() {
        assertThat(wrap("3eef0000" + HEAD)).isTrue();
        assertThat(message.method()).isEqualTo(0xFFF);
        assertThat(message.messageClass()).isEqualTo(StunClass.REQUEST);
        assertThat(wrap("00110000" + HEAD)).isTrue();
        assertThat(message.method()).isEqualTo(StunMessage.BINDING);
        assertThat(message.messageClass()).isEqualTo(StunClass.INDICATION);
    }

    /// RFC 8489 §14.5: what follows MESSAGE-INTEGRITY is not covered by it.
    @Test
    void ignoresAttributesBehindTheIntegrity() {
        int length = writer.beginRequest(buf, 0, 1000, ID)
                .priority(7)
                .integrity(key)
                .useCandidate()
                .fingerprint()
                .finish();

        assertThat(message.wrap(buf, 0, length)).isTrue();
        assertThat(message.useCandidate()).isFalse();
        assertThat(message.verifyIntegrity(key)).isTrue();
        assertThat(message.verifyFingerprint()).isTrue();
    }

    @Test
    void refusesMalformedMessages() {
        assertThat(wrap("0001000" + "4" + HEAD + "00240008"))
                .as("value outside")
                .isFalse();
        assertThat(wrap("00010008" + HEAD + "00240000 00000000"))
                .as("priority of no bytes")
                .isFalse();
        assertThat(wrap("00010002" + HEAD + "0024"))
                .as("length no multiple of 4")
                .isFalse();
        assertThat(wrap("00010008" + HEAD + "00240004 0000")).as("cut short").isFalse();
        assertThat(wrap("00010000 2112a443 000102030405060708090a0b"))
                .as("cookie")
                .isFalse();
        assertThat(wrap("40010000" + HEAD)).as("top bits").isFalse();
        assertThat(wrap("00010010" + HEAD + "80280004 00000000 00240004 00000001"))
                .as("after the fingerprint")
                .isFalse();
        assertThat(wrap("0001000c" + HEAD + "00200008 0003a147 e112a643"))
                .as("address family")
                .isFalse();
        assertThat(wrap("00")).isFalse();
    }

    @Test
    void reportsWhatDoesNotFit() {
        assertThat(writer.beginRequest(buf, 0, 19, ID).finish()).isEqualTo(-1);
        assertThat(writer.beginRequest(buf, 0, 20, ID).finish()).isEqualTo(20);
        assertThat(writer.beginRequest(buf, 0, 43, ID).integrity(key).finish()).isEqualTo(-1);
        assertThat(writer.beginRequest(buf, 0, 44, ID).integrity(key).finish()).isEqualTo(44);
        assertThat(writer.beginRequest(buf, 0, 1000, new byte[11]).finish()).isEqualTo(-1);
    }
}

package dev.stoa.media.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stoa.media.wire.stun.StunKey;
import dev.stoa.media.wire.stun.StunMessage;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.provider.MethodSource;

final class StunFuzzTest {
    private static final StunKey KEY = new StunKey("password-of-22-letters");

    @MethodSource("dev.stoa.media.wire.fuzz.Seeds#packets")
    @FuzzTest(maxDuration = "30s")
    void anyBytesLeaveTheParserStanding(byte[] bytes) {
        read(bytes);
    }

    static void read(byte[] bytes) {
        var buf = MemorySegment.ofArray(bytes);
        var message = new StunMessage();
        boolean stun = StunMessage.isStun(buf, 0, bytes.length);
        if (!message.wrap(buf, 0, bytes.length)) {
            return;
        }
        assertThat(stun).isTrue();
        assertThat(message.method()).isBetween(0, 0xFFF);
        assertThat(message.messageClass()).isNotNull();
        assertThat(message.transactionId()).hasSize(12);
        assertThat(message.errorCode()).isBetween(-1, 955);
        assertThat(message.mappedPort()).isBetween(-1, 65535);
        message.username();
        message.errorReason();
        message.software();
        message.priority();
        message.tieBreaker();
        message.mappedHigh();
        message.mappedLow();
        message.verifyFingerprint();
        message.verifyIntegrity(KEY);
        for (int i = 0; i < message.unknownRequiredCount(); i++) {
            assertThat(message.unknownRequired(i)).isLessThan(0x8000);
        }
    }
}

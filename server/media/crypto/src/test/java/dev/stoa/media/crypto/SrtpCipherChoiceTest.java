package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SrtpCipherChoiceTest {
    @Test
    void alwaysFindsAWorkingProvider() {
        assertThat(KnownAnswer.passes(SrtpCipherChoice.best())).isTrue();
    }

    @Test
    void selfTestRefusesAProviderThatDoesNotEncrypt() {
        assertThat(KnownAnswer.passes(new PlainText())).isFalse();
    }

    @Test
    void passesOverAProviderThatFailsTheSelfTest() {
        Optional<SrtpCiphers> broken = Optional.of(new PlainText());
        assertThat(SrtpCipherChoice.best(broken, broken).name()).isEqualTo("jdk");
    }

    @Test
    void fallsBackToTheJdkAlone() {
        assertThat(SrtpCipherChoice.best(Optional.empty(), Optional.empty()).name())
                .isEqualTo("jdk");
    }

    private static final class PlainText implements SrtpCiphers {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public SrtpCipher create(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
            return new SrtpCipher() {
                @Override
                public int sealRtp(MemorySegment buffer, long offset, int header, int length, int ssrc, long index) {
                    return length + profile.rtpTagBytes();
                }

                @Override
                public int openRtp(MemorySegment buffer, long offset, int header, int length, int ssrc, long index) {
                    return length - profile.rtpTagBytes();
                }

                @Override
                public int sealRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index) {
                    return length + profile.rtcpTagBytes() + 4;
                }

                @Override
                public int openRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index) {
                    return length - profile.rtcpTagBytes() - 4;
                }

                @Override
                public void close() {}
            };
        }
    }
}

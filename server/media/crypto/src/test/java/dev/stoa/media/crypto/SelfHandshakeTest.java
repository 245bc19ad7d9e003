package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SelfHandshakeTest {
    @Test
    void makesTheHandshakesItWasAskedFor() {
        BcDtlsFactory factory = BcDtlsFactory.create();
        SelfHandshake.Report report = SelfHandshake.run(factory, 5, Duration.ofSeconds(20));
        assertThat(report.handshakes()).isEqualTo(5);
        assertThat(report.last()).isPositive().isLessThanOrEqualTo(report.elapsed());
        assertThat(factory.counters().completed()).isEqualTo(5);
        assertThat(factory.counters().failed()).isZero();
    }

    @Test
    void stopsWhenItsTimeIsOver() {
        SelfHandshake.Report report =
                SelfHandshake.run(BcDtlsFactory.create(), Integer.MAX_VALUE, Duration.ofMillis(50));
        assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(5));
    }
}

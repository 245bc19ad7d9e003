package dev.stoa.media.rtc.remb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.rtcp.Remb;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/// draft-alvestrand-rmcat-remb-03 §2.2.
class RembScheduleTest {
    private static final long S = 1_000_000_000L;

    private final RembSchedule schedule = new RembSchedule(3_000_000);
    private final MemorySegment buffer = MemorySegment.ofArray(new byte[256]);

    @Test
    void staysSilentWithoutStreams() {
        assertThat(schedule.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(schedule.write(S, new RtcpWriter().wrap(buffer, 0, 256), 1)).isFalse();
    }

    @Test
    void tellsTheCeilingOncePerSecondForEachStreamOnce() {
        schedule.onStream(11);
        schedule.onStream(12);
        schedule.onStream(11);
        RtcpWriter writer = new RtcpWriter().wrap(buffer, 0, 256);
        assertThat(schedule.write(5 * S, writer, 1)).isTrue();
        assertThat(schedule.write(5 * S, writer, 1)).isFalse();
        assertThat(schedule.nextTimeoutNs()).isEqualTo(6 * S);
        RtcpReader reader = new RtcpReader();
        Remb remb = new Remb();
        assertThat(reader.wrap(buffer, 0, writer.length()) && reader.next() && remb.wrap(reader))
                .isTrue();
        assertThat(remb.bitrateBps()).isBetween(2_990_000L, 3_000_000L);
        assertThat(remb.ssrcCount()).isEqualTo(2);
        assertThat(remb.ssrc(1)).isEqualTo(12);
    }

    @Test
    void namesABoundedNumberOfStreams() {
        for (int i = 0; i < 100; i++) {
            schedule.onStream(i);
        }
        RtcpWriter writer = new RtcpWriter().wrap(buffer, 0, 256);
        assertThat(schedule.write(0, writer, 1)).isTrue();
        assertThat(writer.length()).isEqualTo(20 + 4 * 32);
    }
}

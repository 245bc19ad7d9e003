package dev.stoa.media.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stoa.media.wire.rtcp.Bye;
import dev.stoa.media.wire.rtcp.Fir;
import dev.stoa.media.wire.rtcp.Nack;
import dev.stoa.media.wire.rtcp.Remb;
import dev.stoa.media.wire.rtcp.ReportBlocks;
import dev.stoa.media.wire.rtcp.RtcpKind;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.Sdes;
import dev.stoa.media.wire.rtcp.SenderReport;
import dev.stoa.media.wire.rtcp.TransportCc;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.provider.MethodSource;

final class RtcpFuzzTest {
    @MethodSource("dev.stoa.media.wire.fuzz.Seeds#packets")
    @FuzzTest(maxDuration = "30s")
    void anyBytesLeaveTheParserStanding(byte[] bytes) {
        read(bytes);
    }

    static void read(byte[] bytes) {
        var reader = new RtcpReader();
        if (!reader.wrap(MemorySegment.ofArray(bytes), 0, bytes.length)) {
            return;
        }
        int total = 0;
        while (reader.next()) {
            total += reader.packetLength();
            assertThat(reader.packetLength()).isGreaterThanOrEqualTo(4);
            reader.senderSsrc();
            reader.mediaSsrc();
            body(reader);
        }
        assertThat(total).isLessThanOrEqualTo(bytes.length);
    }

    private static void body(RtcpReader reader) {
        switch (reader.kind()) {
            case SENDER_REPORT -> {
                var report = new SenderReport();
                assertThat(report.wrap(reader)).isTrue();
                report.octetCount();
                blocks(reader);
            }
            case RECEIVER_REPORT -> blocks(reader);
            case SDES -> sdes(reader);
            case BYE -> {
                var bye = new Bye();
                assertThat(bye.wrap(reader)).isTrue();
                while (bye.next()) {
                    bye.ssrc();
                }
            }
            case NACK -> {
                var nack = new Nack();
                assertThat(nack.wrap(reader)).isTrue();
                while (nack.next()) {
                    assertThat(nack.sequenceNumber()).isBetween(0, 65535);
                }
            }
            case FIR -> {
                var fir = new Fir();
                assertThat(fir.wrap(reader)).isTrue();
                while (fir.next()) {
                    fir.ssrc();
                    fir.sequenceNumber();
                }
            }
            case REMB -> remb(reader);
            case TRANSPORT_CC -> transportCc(reader);
            case PLI, APP, EXTENDED_REPORT, OTHER, MALFORMED ->
                assertThat(reader.kind()).isNotEqualTo(RtcpKind.BYE);
        }
    }

    private static void blocks(RtcpReader reader) {
        var blocks = new ReportBlocks();
        assertThat(blocks.wrap(reader)).isTrue();
        while (blocks.next()) {
            blocks.ssrc();
            blocks.delaySinceLastSenderReport();
        }
    }

    private static void sdes(RtcpReader reader) {
        var sdes = new Sdes();
        assertThat(sdes.wrap(reader)).isTrue();
        while (sdes.next()) {
            sdes.text();
        }
    }

    private static void remb(RtcpReader reader) {
        var remb = new Remb();
        assertThat(remb.wrap(reader)).isTrue();
        assertThat(remb.bitrateBps()).isNotNegative();
        for (int i = 0; i < remb.ssrcCount(); i++) {
            remb.ssrc(i);
        }
    }

    private static void transportCc(RtcpReader reader) {
        var feedback = new TransportCc();
        if (!feedback.wrap(reader)) {
            return;
        }
        int statuses = 0;
        while (feedback.next()) {
            statuses++;
            feedback.arrivalUs();
        }
        assertThat(statuses).isEqualTo(feedback.statusCount());
    }
}

package dev.stoa.media.wire.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Hex;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RtcpReaderTest {
    private static final String SR = "80c80006 00000001 e0000001 80000000 00010000 0000000a 000003e8";
    private static final String SDES = "81ca0003 00000001 01046162 63640000";
    private static final String PLI = "81ce0002 00000001 00000002";

    private final RtcpReader reader = new RtcpReader();

    private boolean wrap(String hex) {
        MemorySegment buf = Hex.segment(hex);
        return reader.wrap(buf, 0, (int) buf.byteSize());
    }

    private List<RtcpKind> kinds() {
        var kinds = new ArrayList<RtcpKind>();
        while (reader.next()) {
            kinds.add(reader.kind());
        }
        return kinds;
    }

    /// RFC 3550 §6.1.
    @Test
    void walksACompound() {
        assertThat(wrap(SR + SDES + PLI)).isTrue();

        assertThat(kinds()).containsExactly(RtcpKind.SENDER_REPORT, RtcpKind.SDES, RtcpKind.PLI);
        assertThat(reader.next()).isFalse();
    }

    /// RFC 5506: feedback alone.
    @Test
    void readsReducedSizePackets() {
        assertThat(wrap(PLI)).isTrue();
        assertThat(reader.next()).isTrue();

        assertThat(reader.type()).isEqualTo(RtcpReader.PSFB);
        assertThat(reader.format()).isEqualTo(1);
        assertThat(reader.senderSsrc()).isEqualTo(1);
        assertThat(reader.mediaSsrc()).isEqualTo(2);
    }

    /// RFC 3550 §6.4.1.
    @Test
    void readsASenderReport() {
        assertThat(wrap(SR)).isTrue();
        assertThat(reader.next()).isTrue();
        var report = new SenderReport();

        assertThat(report.wrap(reader)).isTrue();
        assertThat(report.ssrc()).isEqualTo(1);
        assertThat(report.ntpTimestamp()).isEqualTo(0xE0000001_80000000L);
        assertThat(report.compactNtp()).isEqualTo(0x00018000);
        assertThat(report.rtpTimestamp()).isEqualTo(0x10000);
        assertThat(report.packetCount()).isEqualTo(10);
        assertThat(report.octetCount()).isEqualTo(1000);
    }

    /// RFC 4585 §6.2.1: packet id and the 16 after it.
    @Test
    void listsTheLostPacketsOfANackAcrossTheWrap() {
        assertThat(wrap("81cd0004 00000001 00000002 fffe8003 00640000")).isTrue();
        assertThat(reader.next()).isTrue();
        var nack = new Nack();
        var lost = new ArrayList<Integer>();

        assertThat(nack.wrap(reader)).isTrue();
        while (nack.next()) {
            lost.add(nack.sequenceNumber());
        }
        assertThat(lost).containsExactly(65534, 65535, 0, 14, 100);
        assertThat(nack.mediaSsrc()).isEqualTo(2);
    }

    @Test
    void readsTheCnameOfEverySource() {
        assertThat(wrap("82ca0006 00000001 01026162 00000000 00000002 02016101 01780000"))
                .isTrue();
        assertThat(reader.next()).isTrue();
        var sdes = new Sdes();

        assertThat(sdes.wrap(reader)).isTrue();
        assertThat(sdes.next()).isTrue();
        assertThat(sdes.ssrc()).isEqualTo(1);
        assertThat(sdes.itemType()).isEqualTo(Sdes.CNAME);
        assertThat(sdes.text()).isEqualTo("ab");
        assertThat(sdes.next()).isTrue();
        assertThat(sdes.itemType()).isEqualTo(2);
        assertThat(sdes.next()).isTrue();
        assertThat(sdes.ssrc()).isEqualTo(2);
        assertThat(sdes.text()).isEqualTo("x");
        assertThat(sdes.next()).isFalse();
    }

    @Test
    void stopsAtAnSdesItemThatLeavesThePacket() {
        assertThat(wrap("81ca0002 00000001 01ff6162")).isTrue();
        assertThat(reader.next()).isTrue();
        var sdes = new Sdes();

        assertThat(sdes.wrap(reader)).isTrue();
        assertThat(sdes.next()).isFalse();
    }

    @Test
    void readsReasonedByes() {
        assertThat(wrap("82cb0003 00000001 00000002 03627965")).isTrue();
        assertThat(reader.next()).isTrue();
        var bye = new Bye();

        assertThat(bye.wrap(reader)).isTrue();
        assertThat(bye.next()).isTrue();
        assertThat(bye.ssrc()).isEqualTo(1);
        assertThat(bye.next()).isTrue();
        assertThat(bye.ssrc()).isEqualTo(2);
        assertThat(bye.next()).isFalse();
    }

    /// draft-alvestrand-rmcat-remb-03 §2.2: mantissa 18 bits, exponent 6.
    @Test
    void limitsRembsThatDoNotFit() {
        assertThat(wrap("8fce0005 00000001 00000000 52454d42 01ffffff 00000007"))
                .isTrue();
        assertThat(reader.next()).isTrue();
        var remb = new Remb();

        assertThat(remb.wrap(reader)).isTrue();
        assertThat(remb.bitrateBps()).isEqualTo(Long.MAX_VALUE);
        assertThat(remb.ssrcCount()).isEqualTo(1);
        assertThat(remb.ssrc(0)).isEqualTo(7);
    }

    /// RFC 3550 §6.4.1.
    @Test
    void takesPaddingOffAPacket() {
        assertThat(wrap("a1ce0003 00000001 00000002 00000004")).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.kind()).isEqualTo(RtcpKind.PLI);
        assertThat(reader.packetLength()).isEqualTo(12);

        assertThat(wrap("a1ce0003 00000001 00000002 00000000")).isFalse();
        assertThat(wrap("a1ce0003 00000001 00000002 00000010")).isFalse();
    }

    /// Not as RFC 3550 §6.4.1 wants it (multiples of four, last packet only), but as libwebrtc fills up transport-cc
    /// feedback.
    @Test
    void takesOneToThreeBytesOfPaddingInAnyPacket() {
        for (String padding : List.of("01", "02", "03")) {
            String feedback = "afcd0005 00000001 00000002 00010001 00000100 200100" + padding;

            assertThat(wrap(feedback + feedback + PLI))
                    .as("padding %s", padding)
                    .isTrue();
            assertThat(kinds()).containsExactly(RtcpKind.TRANSPORT_CC, RtcpKind.TRANSPORT_CC, RtcpKind.PLI);
        }
    }

    @Test
    void refusesLengthsThatDoNotAddUp() {
        assertThat(wrap("")).isFalse();
        assertThat(wrap("81ce00")).isFalse();
        assertThat(wrap("81ce0003 00000001 00000002")).isFalse();
        assertThat(wrap(PLI + "81ce")).isFalse();
        assertThat(wrap(PLI + "00")).isFalse();
        assertThat(wrap("41ce0002 00000001 00000002")).isFalse();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void callsPacketsTooShortForTheirClaimMalformed() {
        assertThat(wrap("81c80006 00000001 e0000001 80000000 00010000 0000000a 000003e8"
                        + "81c90001 00000001"
                        + "82cb0001 00000001"
                        + "81cd0002 00000001 00000002"
                        + "8fcd0003 00000001 00000002 00000000"
                        + "84ce0002 00000001 00000002"
                        + "8fce0004 00000001 00000000 52454d42 01000001"
                        + "81ce0001 00000001"))
                .isTrue();

        assertThat(kinds()).hasSize(8).containsOnly(RtcpKind.MALFORMED);
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        assertThat(wrap("80d10000" + "83ce0002 00000001 00000002" + "8fce0003 00000001 00000000 41424344" + PLI))
                .isTrue();

        assertThat(kinds()).containsExactly(RtcpKind.OTHER, RtcpKind.OTHER, RtcpKind.OTHER, RtcpKind.PLI);
    }

    @Test
    void typedViewsRefuseOtherPackets() {
        assertThat(wrap(PLI)).isTrue();
        assertThat(reader.next()).isTrue();

        assertThat(new SenderReport().wrap(reader)).isFalse();
        assertThat(new ReportBlocks().wrap(reader)).isFalse();
        assertThat(new Sdes().wrap(reader)).isFalse();
        assertThat(new Bye().wrap(reader)).isFalse();
        assertThat(new Nack().wrap(reader)).isFalse();
        assertThat(new Fir().wrap(reader)).isFalse();
        assertThat(new Remb().wrap(reader)).isFalse();
        assertThat(new TransportCc().wrap(reader)).isFalse();
    }
}

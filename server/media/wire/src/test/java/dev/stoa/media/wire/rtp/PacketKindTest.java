package dev.stoa.media.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PacketKindTest {
    /// RFC 7983 §7, both ends of each range.
    @ParameterizedTest
    @CsvSource({
        "0, STUN",
        "3, STUN",
        "4, UNKNOWN",
        "15, UNKNOWN",
        "16, ZRTP",
        "19, ZRTP",
        "20, DTLS",
        "63, DTLS",
        "64, TURN_CHANNEL",
        "79, TURN_CHANNEL",
        "80, UNKNOWN",
        "127, UNKNOWN",
        "128, RTP_OR_RTCP",
        "191, RTP_OR_RTCP",
        "192, UNKNOWN",
        "255, UNKNOWN",
        "-128, RTP_OR_RTCP"
    })
    void sortsByTheFirstByte(int first, PacketKind kind) {
        assertThat(PacketKind.of(first)).isEqualTo(kind);
    }

    /// RFC 5761 §4: 200 is a sender report; 224 is payload type 96 with marker.
    @ParameterizedTest
    @CsvSource({
        "191, false",
        "192, true",
        "200, true",
        "206, true",
        "223, true",
        "224, false",
        "111, false",
        "-56, true"
    })
    void tellsRtcpFromRtp(int second, boolean rtcp) {
        assertThat(PacketKind.isRtcp(second)).isEqualTo(rtcp);
    }
}

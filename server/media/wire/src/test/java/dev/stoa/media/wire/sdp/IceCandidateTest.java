package dev.stoa.media.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IceCandidateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "candidate:3635690750 1 udp 2122194687 127.0.0.1 40014 typ host generation 0 ufrag XSo9 network-id 3",
                "candidate:1912328130 1 udp 2122134271 fd00::2 44202 typ host generation 0 ufrag XSo9 network-id 2",
                "candidate:138822122 1 tcp 1518083839 192.0.2.2 9 typ host tcptype active generation 0",
                "candidate:1 1 udp 1677729535 203.0.113.7 49152 typ srflx raddr 0.0.0.0 rport 0 generation 0",
                "candidate:a/+ 256 udp 4294967295 x.local 0 typ relay raddr 192.0.2.1 rport 65535"
            })
    void writesWhatItRead(String line) {
        assertThat(IceCandidate.parse(line).orElseThrow().format()).isEqualTo(line);
        assertThat(IceCandidate.parse("a=" + line)).isEqualTo(IceCandidate.parse(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "candidate:",
                "candidate:1 1 udp 1 192.0.2.1 9 host",
                "candidate:1 0 udp 1 192.0.2.1 9 typ host",
                "candidate:1 1 quic 1 192.0.2.1 9 typ host",
                "candidate:1 1 udp 4294967296 192.0.2.1 9 typ host",
                "candidate:1 1 udp 1 192.0.2.1 65536 typ host",
                "candidate:1 1 udp 1 192.0.2.1 9 typ guest",
                "1 1 udp 1 192.0.2.1 9 typ host"
            })
    void refusesWhatIsNoCandidate(String line) {
        assertThat(IceCandidate.parse(line)).isEmpty();
    }

    /// RFC 8445 §5.1.2.1: 126 for host, 65535 for the only address.
    @Test
    void computesPriorities() {
        assertThat(IceCandidate.priority(126, 65535, 1)).isEqualTo(2130706431L);
    }

    /// RFC 6544 §4.5.
    @Test
    void writesPassiveTcp() {
        assertThat(IceCandidate.tcpPassiveHost("2", 5, "192.0.2.1", 7882).format())
                .isEqualTo("candidate:2 1 tcp 5 192.0.2.1 7882 typ host tcptype passive");
    }

    @Test
    void keepsAddressesOutOfLogs() {
        assertThat(IceCandidate.udpHost("1", 5, "192.0.2.1", 7882).toString()).doesNotContain("192");
    }
}

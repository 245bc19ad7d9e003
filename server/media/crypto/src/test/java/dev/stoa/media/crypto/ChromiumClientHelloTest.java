package dev.stoa.media.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.DtlsEndpoint.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A recorded ClientHello of Chromium 156: 1413 bytes with a post-quantum key share, DTLS 1.3 offered, in two
/// datagrams.
class ChromiumClientHelloTest {
    private static final Path GOLDEN = Path.of("../../../protocol/golden/dtls/clienthello-chromium-156.hex");
    private static final int FIRST_FRAGMENT = 1175;
    private static final int SERVER_HELLO = 2;
    private static final List<Integer> FLIGHT = List.of(SERVER_HELLO, 11, 12, 13, 14);

    private final byte[] hello = golden();
    private final DtlsLink link = new DtlsLink();
    private final DtlsEndpoint server = new BcDtlsFactory(
                    DtlsIdentity.generate(new SecureRandom()),
                    new DtlsSettings(Duration.ofSeconds(10), Duration.ofSeconds(5), 8))
            .server(link.news::release);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void isAnsweredWithAFlight() throws Exception {
        assertThat(first(0)).hasSize(1200);
        assertThat(second(1)).hasSize(263);
        DtlsLink.deliver(server, first(0));
        DtlsLink.deliver(server, second(1));
        List<DtlsRecords.Message> flight = flight();
        assertThat(flight).extracting(DtlsRecords.Message::type).isEqualTo(FLIGHT);
        assertThat(server.state()).isEqualTo(State.HANDSHAKING);
    }

    /// DTLS 1.2, ECDHE_ECDSA with AES-128-GCM, extended master secret (RFC 7627) and AEAD_AES_128_GCM (RFC 7714 §14.2).
    @Test
    void negotiatesWhatWePrefer() throws Exception {
        DtlsLink.deliver(server, first(0));
        DtlsLink.deliver(server, second(1));
        ByteBuffer serverHello = ByteBuffer.wrap(flight().getFirst().body());
        assertThat(serverHello.getShort() & 0xFFFF).isEqualTo(0xFEFD);
        serverHello.position(serverHello.position() + 32);
        serverHello.position(serverHello.position() + 1 + serverHello.get(serverHello.position()));
        assertThat(serverHello.getShort() & 0xFFFF).isEqualTo(0xC02B);
        serverHello.get();
        Map<Integer, byte[]> extensions = extensions(serverHello);
        assertThat(extensions).containsKey(23);
        assertThat(extensions.get(14)).containsExactly(0, 2, 0, 7, 0);
    }

    /// The first half was lost; Chromium repeats both 50 ms later.
    @Test
    void isAnsweredWhenHalfOfItCameOnlyWithTheRepetition() throws Exception {
        DtlsLink.deliver(server, second(1));
        DtlsLink.deliver(server, first(2));
        assertThat(flight()).extracting(DtlsRecords.Message::type).isEqualTo(FLIGHT);
    }

    @Test
    void noDatagramOfTheAnswerExceedsTheSmallestPath() throws Exception {
        DtlsLink.deliver(server, first(0));
        DtlsLink.deliver(server, second(1));
        assertThat(datagrams())
                .allSatisfy(datagram -> assertThat(datagram.length).isLessThanOrEqualTo(1200));
    }

    private List<DtlsRecords.Message> flight() throws InterruptedException {
        return datagrams().stream()
                .flatMap(datagram -> DtlsRecords.messages(datagram).stream())
                .toList();
    }

    private List<byte[]> datagrams() throws InterruptedException {
        var datagrams = new ArrayList<byte[]>();
        while (datagrams.size() < FLIGHT.size()) {
            assertThat(link.news.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            datagrams.addAll(link.drain(server));
        }
        return datagrams;
    }

    private byte[] first(long recordNumber) {
        return DtlsRecords.fragment(1, hello, 0, FIRST_FRAGMENT, recordNumber);
    }

    private byte[] second(long recordNumber) {
        return DtlsRecords.fragment(1, hello, FIRST_FRAGMENT, hello.length, recordNumber);
    }

    private static Map<Integer, byte[]> extensions(ByteBuffer in) {
        var found = new HashMap<Integer, byte[]>();
        in.getShort();
        while (in.hasRemaining()) {
            int type = in.getShort();
            byte[] content = new byte[in.getShort()];
            in.get(content);
            found.put(type, content);
        }
        return found;
    }

    private static byte[] golden() {
        try (var lines = Files.lines(GOLDEN)) {
            return HexFormat.of()
                    .parseHex(lines.filter(line -> !line.startsWith("#")).collect(Collectors.joining()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

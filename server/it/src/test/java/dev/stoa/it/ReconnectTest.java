package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import dev.stoa.media.sim.SimSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a broken connection does to the peer and to the others.
@Timeout(60)
class ReconnectTest {
    private static final Duration GRACE = Duration.ofSeconds(3);

    @TempDir
    Path data;

    private TestServer server;
    private Conversation call;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(data, Map.of("grace-period", "3 s", "consent-timeout", "2 s"));
        call = new Conversation(server, server.room(), "host");
    }

    @AfterEach
    void stop() {
        call.close();
        server.close();
    }

    private List<String> gone(Participant viewer) {
        return viewer.signal().notices("on-peer-leave").stream()
                .map(peer -> peer.path("peer_id").asString())
                .toList();
    }

    @Test
    void aCutSocketInterruptsNeitherMediaNorMembership() {
        long before = call.asha.received(call.ravi.videoId(), SimSink::framesShown);
        call.ravi.signal().abort();

        Conversation.assertMoves(call.asha, call.ravi);
        call.ravi.reconnect();

        await().until(() -> !call.ravi.signal().notices("peer-list").isEmpty());
        assertThat(call.ravi.signal().notices().getFirst().path("method").asString())
                .isEqualTo("on-policy-change");
        assertThat(call.ravi
                        .signal()
                        .notices("peer-list")
                        .getFirst()
                        .path("peers")
                        .has(call.asha.peerId()))
                .isTrue();
        assertThat(call.asha.received(call.ravi.videoId(), SimSink::framesShown))
                .isGreaterThan(before);
        call.assertGoesOn();
        assertThat(call.asha.signal().notices("on-peer-join")).hasSize(1);
    }

    @Test
    void theNewestSocketOfAPeerWins() {
        var first = call.ravi.signal();

        call.ravi.reconnect();

        assertThat(first.closeCode()).isEqualTo(1000);
        call.assertGoesOn();
    }

    @Test
    void whoStaysAwayIsGoneAfterTheGracePeriodAndNotBefore() {
        call.ravi.signal().abort();
        long cut = System.nanoTime();

        await().atMost(GRACE.plusSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> gone(call.asha).contains(call.ravi.peerId()));

        assertThat(Duration.ofNanos(System.nanoTime() - cut)).isBetween(GRACE.minusMillis(50), GRACE.plusSeconds(2));
        call.ravi.reconnect();
        await().until(() -> !call.ravi.signal().notices("on-error").isEmpty());
        assertThat(call.ravi
                        .signal()
                        .notices("on-error")
                        .getFirst()
                        .path("code")
                        .intValue())
                .isEqualTo(410);
        assertThat(call.ravi.signal().closeCode()).isEqualTo(1000);
    }

    /// The media path alone breaks: consent runs out (RFC 7675 §5.1), the server restarts ICE of the connection it
    /// offers, and the picture comes back without the socket noticing.
    @Test
    void aBlackoutOfTheMediaPathHeals() {
        call.ravi.subscribeConnection().blackOut(true);
        long before = call.ravi.received(call.asha.videoId(), SimSink::framesShown);
        int offers = call.ravi.signal().notices("offer").size();

        await().atMost(Duration.ofSeconds(15))
                .until(() -> call.ravi.signal().notices("offer").size() > offers);
        call.ravi.subscribeConnection().blackOut(false);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> call.ravi.received(call.asha.videoId(), SimSink::framesShown) > before + 15);
        call.assertGoesOn();
    }
}

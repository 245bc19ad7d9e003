package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.client.Participant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A stranger's connectivity test: a token without any other, a place, tracks that are received; and nobody else.
final class DiagnosticsTest {
    @TempDir
    private Path data;

    private static String token(TestServer server) {
        Http.Answer answer = server.send("GET", "/v2/diagnostics/token?region=eu", null, null);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().path("token").asString();
    }

    private static Participant testing(TestServer server, String token) {
        Participant stranger = server.enter(token);
        stranger.join("stranger");
        stranger.publish();
        return stranger;
    }

    @Test
    void strangersJoinAndPublishEachInARoomOfTheirOwn() throws IOException {
        try (TestServer server = new TestServer(data, Map.of("diagnostics", "on"))) {
            String token = token(server);
            Participant one = testing(server, token);
            Participant other = testing(server, token(server));

            await().until(() -> server.sfu("rtp_in") > 20);
            await().untilAsserted(() -> {
                JsonNode sessions =
                        server.get("/v2/sessions?active=true").json().path("data");
                assertThat(sessions.findValuesAsString("room_id"))
                        .doesNotHaveDuplicates()
                        .hasSize(2);
            });
            assertThat(one.say("is anybody there?").path("result").isObject()).isTrue();
            assertThat(other.signal().notices("on-broadcast")).isEmpty();
            assertThat(other.signal().notices("on-peer-join")).isEmpty();
            assertThat(server.send("GET", "/init?peer_id=" + UUID.randomUUID(), null, token)
                            .status())
                    .as("nobody joins them, even with the same token")
                    .isEqualTo(403);
            one.leave();
            other.leave();
        }
    }

    @Test
    void switchedOffThereIsNothing() throws IOException {
        try (TestServer server = new TestServer(data, Map.of())) {
            Http.Answer refused = server.send("GET", "/v2/diagnostics/token", null, null);

            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.json().path("message").asString())
                    .isEqualTo("connectivity tests are switched off on this server");
        }
    }
}

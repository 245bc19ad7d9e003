package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.api.token.JwtTokens;
import dev.stoa.app.Domain;
import dev.stoa.app.settings.SettingsLoader;
import dev.stoa.client.Participant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A webhook that was due when the process was killed is delivered after the next start.
@Timeout(120)
class WebhookDurabilityTest {
    @TempDir
    Path data;

    private StoaProcess serve(int port) {
        StoaProcess process = StoaProcess.java(
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--media-port",
                "0",
                "--public-address",
                "127.0.0.1",
                "--webhook-network",
                "127.0.0.0/8",
                "--data",
                data.toString());
        process.ready();
        return process;
    }

    @Test
    void whatAKilledProcessCouldNotDeliverIsDeliveredByTheNext() throws IOException {
        int port = StoaProcess.freePort();
        String base = "http://127.0.0.1:" + port;
        String management;
        String guest;
        try (Domain domain = Domain.open(SettingsLoader.load(null, Map.of(), Map.of("data", data.toString())))) {
            JwtTokens tokens = new JwtTokens(domain.store().workspaces(), domain.ids(), domain.time());
            String room = domain.demoRooms().getFirst().room().id();
            management = tokens.issueManagement(domain.workspace(), Duration.ofHours(1))
                    .token();
            guest = tokens.issueApp(domain.workspace(), room, "host", "user-7", Duration.ofHours(1))
                    .token();
        }
        try (Receiver receiver = new Receiver()) {
            receiver.answer(event -> 503);
            try (StoaProcess process = serve(port)) {
                Http.send("POST", base + "/v2/webhooks", "{\"url\":\"" + receiver.url() + "\"}", management);
                Http.Answer init = Http.get(base + "/init?peer_id=" + UUID.randomUUID(), guest);
                try (Participant asha = Participant.connect(
                        Http.CLIENT, init.json().path("endpoint").asString(), guest)) {
                    asha.join("Asha");
                    await().until(() -> !receiver.hooks.isEmpty());
                    process.kill();
                }
            }
            assertThat(receiver.taken()).isEmpty();
            receiver.answer(event -> 200);
            try (StoaProcess process = serve(port)) {
                await().atMost(Duration.ofSeconds(40))
                        .until(() -> receiver.taken().contains("session.close.success"));
                assertThat(receiver.taken())
                        .containsExactly(
                                "session.open.success",
                                "peer.join.success",
                                "peer.leave.success",
                                "session.close.success");
                assertThat(receiver.first("peer.leave.success")
                                .data()
                                .path("reason")
                                .asString())
                        .isEqualTo("server removed peer");
                process.kill();
            }
        }
    }
}

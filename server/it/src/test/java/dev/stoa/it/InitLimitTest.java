package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.room.Room;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens cannot be tried one after the other, and who has a good one comes in all the same.
final class InitLimitTest {
    private static final int MANY = 300;

    @TempDir
    private Path data;

    private static Http.Answer init(TestServer server, String token) {
        return server.send("GET", "/init?peer_id=" + UUID.randomUUID(), null, token);
    }

    @Test
    void refusedCallsAreLimitedAndGoodOnesAreNot() throws IOException {
        try (TestServer server =
                new TestServer(data, Map.of("public-requests-per-second", "1", "public-request-burst", "3"))) {
            Room room = server.room();
            String good = server.token(room, "host");
            int limited = 0;
            for (int i = 0; i < MANY; i++) {
                Http.Answer refused = init(server, "forged");
                assertThat(refused.status()).isIn(401, 429);
                if (refused.status() == 429) {
                    limited++;
                    assertThat(refused.raw().headers().firstValue("Retry-After"))
                            .isPresent();
                    assertThat(refused.json().path("code").asInt()).isEqualTo(429);
                }
            }
            assertThat(limited).isPositive();

            for (int i = 0; i < 20; i++) {
                assertThat(init(server, good).status()).isEqualTo(200);
            }
        }
    }
}

package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The contract itself: complete, served, readable, and able to find fault. Every answer of [ApiServer] is held
/// against it as well.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContractTest {
    private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final Contract contract = new Contract();
    private ApiServer api;

    @BeforeAll
    void start() {
        api = new ApiServer();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void itFindsFault() {
        assertThat(contract.problems("GET", "/v2/rooms/1", 200, NONE, "{\"id\":\"1\"}"))
                .anySatisfy(problem -> assertThat(problem).contains("customer_id"));
        assertThat(contract.problems("GET", "/v2/rooms/1", 418, NONE, "{}"))
                .singleElement()
                .asString()
                .contains("not in the contract");
        assertThat(contract.problems("GET", "/v2/rooms/1", 404, NONE, "{\"code\":404,\"message\":\"x\",\"trace\":1}"))
                .isNotEmpty();
        assertThat(contract.problems("GET", "/v2/rooms/1", 404, NONE, "{\"code\":404,\"message\":\"x\"}"))
                .isEmpty();
        assertThat(contract.problems("GET", "/v2/rooms/1", 429, NONE, "{\"code\":429,\"message\":\"x\"}"))
                .singleElement()
                .asString()
                .contains("Retry-After");
        assertThat(contract.problems("DELETE", "/v2/templates/1/roles/a", 204, NONE, "{}"))
                .isNotEmpty();
    }

    /// Without a token each operation but the open ones says 401, so none is unknown to the server.
    @Test
    void everyOperationIsServed() {
        Map<String, Integer> open = Map.of(
                "get /v2/diagnostics/token", 200,
                "post /v2/token", 400,
                "post /v2/dashboard/session", 400,
                "post /v2/dashboard/invitation", 400);
        for (String operation : contract.operations()) {
            String[] parts = operation.split(" ");
            String path = parts[1].replaceAll("\\{\\w+}", "x");
            ApiServer.Answer answer = api.send(parts[0].toUpperCase(java.util.Locale.ROOT), path, null, Map.of());
            assertThat(answer.status()).as(operation).isEqualTo(open.getOrDefault(operation, 401));
        }
    }

    @Test
    void whatIsNotThereYetSaysSo() {
        for (String path : List.of("/v2/recordings", "/v2/live-streams/x", "/v2/stream-keys/room/x")) {
            ApiServer.Answer refused = api.get(path);
            assertThat(refused.status()).isEqualTo(501);
            assertThat(refused.text("message")).endsWith("are not available on this server yet");
        }
        String app = api.tokens
                .issueApp(api.workspace, "r", "host", "u", Duration.ofHours(1))
                .token();
        ApiServer.Answer tones =
                api.send("POST", "/v2/sip/dtmf", "{\"digits\":[\"1\"]}", Map.of("Authorization", "Bearer " + app));
        assertThat(tones.status()).isEqualTo(501);
        assertThat(api.post("/v2/sip/dtmf", "{}").status()).isEqualTo(401);
    }

    @Test
    void itIsServedWithAPageThatLoadsNothingFromElsewhere() {
        ApiServer.Page yaml = api.page("/v2/openapi.yaml");
        assertThat(yaml.contentType()).startsWith("application/yaml");
        assertThat(yaml.body()).startsWith("# The contract").contains("openapi: 3.1.0");

        ApiServer.Page page = api.page("/v2/docs");
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.body()).doesNotContain("://");
        assertThat(page.policy()).contains("default-src 'none'");
        for (String part : List.of("/v2/docs/viewer.js", "/v2/docs/docs.js", "/v2/docs/viewer.css")) {
            assertThat(page.body() + "/v2/docs/docs.js").contains(part);
            assertThat(api.page(part).body()).isNotEmpty();
        }
    }

    @Test
    void requestsAboveTheRateAreToldWhenToComeBack() {
        try (ApiServer slow = new ApiServer(new ApiSettings(1, 2))) {
            assertThat(slow.get("/v2/rooms").status()).isEqualTo(200);
            assertThat(slow.get("/v2/rooms").status()).isEqualTo(200);
            ApiServer.Answer refused = slow.get("/v2/rooms");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.raw().headers().firstValue("Retry-After")).hasValue("1");
            assertThat(refused.text("message")).isEqualTo("rate limit exceeded, retry after 1 seconds");
            assertThat(slow.send("GET", "/v2/rooms", null, Map.of()).status())
                    .as("strangers cannot use up what a key may do")
                    .isEqualTo(401);
        }
    }
}

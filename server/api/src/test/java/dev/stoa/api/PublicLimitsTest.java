package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.api.http.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients call is limited by address. The bucket of these tests holds three requests and gets one more per
/// second:
/// a slow machine lets more through, so only what is refused after many is asserted.
final class PublicLimitsTest {
    private static final int MANY = 200;

    private static ApiServer server(Network... proxies) {
        return new ApiServer(new ApiSettings(100_000, 100_000, 1, 3, List.of(proxies)));
    }

    private static long refused(ApiServer api, String method, String path, Map<String, String> headers) {
        long refused = 0;
        for (int i = 0; i < MANY; i++) {
            ApiServer.Answer answer = api.send(method, path, method.equals("POST") ? "{}" : null, headers);
            if (answer.status() == 429) {
                assertThat(answer.raw().headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.raw().headers().firstValue("Access-Control-Allow-Origin"))
                        .hasValue("*");
                refused++;
            }
        }
        return refused;
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v2/token",
        "POST, /v2/token/",
        "GET, /v2/diagnostics/token",
        "GET, /v2/layouts/ui",
        "POST, /v2/client/report",
        "POST, /v2/client/feedback"
    })
    void moreThanAFewAreRefused(String method, String path) {
        try (ApiServer api = server()) {
            assertThat(refused(api, method, path, Map.of())).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/rooms", "/v2/openapi.yaml", "/v2/docs"})
    void otherEndpointsAreNot(String path) {
        try (ApiServer api = server()) {
            for (int i = 0; i < 20; i++) {
                assertThat(api.page(path).body()).doesNotContain("rate limit");
            }
        }
    }

    @Test
    void preflightsAreAlwaysAnswered() {
        try (ApiServer api = server()) {
            assertThat(refused(api, "OPTIONS", "/v2/token", Map.of())).isZero();
        }
    }

    @Test
    void whoIsNoProxyOfOursIsNotBelieved() {
        try (ApiServer api = server()) {
            long refused = 0;
            for (int i = 0; i < MANY; i++) {
                ApiServer.Answer answer =
                        api.send("POST", "/v2/token", "{}", Map.of("X-Forwarded-For", "203.0.113." + i));
                refused += answer.status() == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
        }
    }

    @Test
    void behindAProxyEachClientCountsForItself() {
        try (ApiServer api = server(Network.of("127.0.0.0/8"))) {
            assertThat(refused(api, "POST", "/v2/token", Map.of("X-Forwarded-For", "203.0.113.7")))
                    .isPositive();
            assertThat(api.send("POST", "/v2/token", "{}", Map.of("X-Forwarded-For", "203.0.113.8"))
                            .status())
                    .isEqualTo(400);
            assertThat(api.send("POST", "/v2/token", "{}", Map.of("X-Forwarded-For", "evil, 2001:db8::1"))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void whatAClientSaysItselfDoesNotCountBehindAProxy() {
        try (ApiServer api = server(Network.of("127.0.0.0/8"))) {
            long refused = 0;
            for (int i = 0; i < MANY; i++) {
                String forged = "198.51.100." + i + ", 203.0.113.7";
                refused += api.send("POST", "/v2/token", "{}", Map.of("X-Forwarded-For", forged))
                                        .status()
                                == 429
                        ? 1
                        : 0;
            }
            assertThat(refused).isPositive();
        }
    }

    @Test
    void oneIpv6NetworkIsOneClient() {
        try (ApiServer api = server(Network.of("127.0.0.0/8"))) {
            long refused = 0;
            for (int i = 0; i < MANY; i++) {
                Map<String, String> from = Map.of("X-Forwarded-For", "2001:db8:0:1::" + Integer.toHexString(i));
                refused += api.send("POST", "/v2/token", "{}", from).status() == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
            assertThat(api.send("POST", "/v2/token", "{}", Map.of("X-Forwarded-For", "2001:db8:0:2::1"))
                            .status())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "unknown", ",,,", "203.0.113.7/8", "[2001:db8::1]", "a.b.c.d", "1.2.3.4:80", "%", "::%x"
            })
    void whateverStandsInTheHeaderIsNoFailure(String forwarded) {
        try (ApiServer api = server(Network.of("127.0.0.0/8"))) {
            assertThat(api.send("POST", "/v2/token", "{}", Map.of("X-Forwarded-For", forwarded))
                            .status())
                    .isEqualTo(400);
        }
    }
}

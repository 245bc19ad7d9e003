package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier.Check;
import dev.stoa.rooms.access.TokenVerifier.Expiry;
import dev.stoa.rooms.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens: section 1.4 of the server API reference, 1.2 of the signal reference, RFC 7519, RFC 8725. Tokens of callers
/// are signed here by the JDK, so that both sides are not the same library.
final class TokenCheckTest {
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = new ApiServer();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static long now() {
        return api.time.now().getEpochSecond();
    }

    private static Map<String, Object> claims(String type) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("access_key", api.workspace.accessKey());
        claims.put("type", type);
        claims.put("version", 2);
        claims.put("jti", "5b0f0d36-9a47-4a4e-8f0e-1d7e7a3c2f11");
        claims.put("iat", now());
        claims.put("nbf", now());
        claims.put("exp", now() + 60);
        claims.put("room_id", "6601f0a1c2d3e4f5a6b7c820");
        claims.put("role", "host");
        claims.put("user_id", "u-1");
        return claims;
    }

    private static String sign(Map<String, Object> header, Map<String, Object> claims, Workspace signer) {
        String input = base64(ApiServer.JSON.writeValueAsBytes(header)) + "."
                + base64(ApiServer.JSON.writeValueAsBytes(claims));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(signer.appSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String token(String type, Consumer<Map<String, Object>> change) {
        Map<String, Object> claims = claims(type);
        change.accept(claims);
        return sign(Map.of("alg", "HS256", "typ", "JWT"), claims, api.workspace);
    }

    private static void assertRefused(String token, String reason) {
        assertThat(api.tokens.verify(token, Expiry.ENFORCED))
                .isEqualTo(new Check.Rejected(401, "Token validation error: " + reason));
    }

    @Test
    void aTokenSignedElsewhereIsAccepted() {
        assertThat(api.tokens.verify(token("app", claims -> {}), Expiry.ENFORCED))
                .isEqualTo(new Check.Accepted(new AppToken(
                        api.workspace.id(),
                        "6601f0a1c2d3e4f5a6b7c820",
                        "host",
                        "u-1",
                        "5b0f0d36-9a47-4a4e-8f0e-1d7e7a3c2f11")));
    }

    @Test
    void aTokenWithoutIdIsKnownByItsSignature() {
        String token = token("app", claims -> claims.remove("jti"));
        assertThat(api.tokens.verify(token, Expiry.ENFORCED))
                .isInstanceOfSatisfying(
                        Check.Accepted.class,
                        accepted -> assertThat(accepted.token().tokenId()).isEqualTo(token.split("\\.")[2]));
    }

    @Test
    void secretsShorterThanTheHashAreUsableAsTheyAre() {
        Map<String, Object> claims = claims("app");
        claims.put("access_key", api.stranger.accessKey());
        String token = sign(Map.of("alg", "HS256"), claims, api.stranger);

        assertThat(api.tokens.verify(token, Expiry.ENFORCED)).isInstanceOf(Check.Accepted.class);
        assertThat(api.tokens.verify(
                        api.tokens
                                .issueApp(api.stranger, "r", "host", "u", Duration.ofHours(1))
                                .token(),
                        Expiry.ENFORCED))
                .isInstanceOf(Check.Accepted.class);
    }

    @Test
    void anExpiredTokenIsRefusedUnlessTheHolderIsInside() {
        String expired = token("app", claims -> claims.put("exp", now()));
        assertRefused(expired, "token is expired");
        assertThat(api.tokens.verify(expired, Expiry.IGNORED)).isInstanceOf(Check.Accepted.class);
        assertRefused(token("app", claims -> claims.remove("exp")), "exp is missing");
    }

    @Test
    void clocksMayDifferByAMinute() {
        assertThat(api.tokens.verify(
                        token("app", claims -> {
                            claims.put("nbf", now() + 60);
                            claims.put("iat", now() + 60);
                            claims.put("exp", now() + 600);
                        }),
                        Expiry.ENFORCED))
                .isInstanceOf(Check.Accepted.class);
        assertRefused(token("app", claims -> claims.put("nbf", now() + 61)), "token is not valid yet");
        assertRefused(token("app", claims -> claims.put("iat", now() + 61)), "token was issued in the future");
    }

    @Test
    void forgedTokensAreRefused() {
        String good = token("app", claims -> {});
        String[] parts = good.split("\\.");
        String other = token("app", claims -> claims.put("role", "guest"));
        assertRefused(parts[0] + "." + other.split("\\.")[1] + "." + parts[2], "signature is invalid");
        assertRefused(sign(Map.of("alg", "HS256"), claims("app"), api.stranger), "signature is invalid");
        assertRefused(token("app", claims -> claims.put("access_key", "nobody")), "access key is unknown");
        assertRefused(token("app", claims -> claims.remove("access_key")), "access key is unknown");
        assertRefused(token("app", claims -> claims.put("access_key", 7)), "access key is unknown");
    }

    @Test
    void onlyHs256IsAccepted() {
        assertRefused(sign(Map.of("alg", "HS384"), claims("app"), api.workspace), "signing method must be HS256");
        assertRefused(sign(Map.of("alg", "RS256"), claims("app"), api.workspace), "signing method must be HS256");
        String none = sign(Map.of("alg", "none"), claims("app"), api.workspace);
        assertRefused(none, "token is malformed");
        assertRefused(none.substring(0, none.lastIndexOf('.') + 1), "token is malformed");
        assertRefused(
                sign(Map.of("alg", "HS256", "crit", List.of("x"), "x", 1), claims("app"), api.workspace),
                "signature is invalid");
    }

    @Test
    void theTwoKindsOfTokensDoNotOpenEachOthersDoors() {
        assertRefused(token("management", claims -> {}), "token type must be app");
        assertRefused(token("app", claims -> claims.remove("type")), "token type must be app");
        ApiServer.Answer refused =
                api.send("GET", "/v2/rooms", null, Map.of("Authorization", "Bearer " + token("app", claims -> {})));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("message")).isEqualTo("Token validation error");
        assertThat(refused.details()).contains("token type must be management");
    }

    @Test
    void roomAndRoleMustBeNamed() {
        assertRefused(token("app", claims -> claims.remove("room_id")), "room_id is missing");
        assertRefused(token("app", claims -> claims.put("room_id", "")), "room_id is missing");
        assertRefused(token("app", claims -> claims.put("role", 3)), "role is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "a.b.c", "...", "e30.e30.e30", "e30.W10.e30", "e30.bnVsbA.e30"})
    void whatIsNoTokenIsRefused(String text) {
        assertRefused(text, "token is malformed");
        assertThat(api.send("GET", "/v2/rooms", null, Map.of("Authorization", "Bearer " + text))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void hugeAndDeepTokensAreRefused() {
        assertRefused("a".repeat(1_000_000), "token is malformed");
        String deep = base64("[".repeat(4000).getBytes(StandardCharsets.UTF_8));
        assertRefused(
                base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "." + deep + ".AAAA",
                "token is malformed");
    }

    @Test
    void managementCallsWithoutTokenAreRefused() {
        ApiServer.Answer none = api.send("GET", "/v2/rooms", null, Map.of());
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.json().path("code").asInt()).isEqualTo(401);
        assertThat(none.details()).contains("token is missing");
        String expired = token("management", claims -> claims.put("exp", now() - 1));
        assertThat(api.send("GET", "/v2/rooms", null, Map.of("Authorization", "Bearer " + expired))
                        .details())
                .contains("token is expired");
        assertThat(api.send("GET", "/v2/rooms", null, Map.of("Authorization", "Basic " + api.management))
                        .status())
                .isEqualTo(401);
    }
}

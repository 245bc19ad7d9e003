package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// `/v2/room-codes` and `POST /v2/token`: sections 4 and 17.1 of the server API reference.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoomCodesTest {
    private static final String NO_ROOM = "6601f0a1c2d3e4f5a6b7c8ff";

    private ApiServer api;

    @BeforeAll
    void start() {
        api = new ApiServer();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private String room() {
        return api.post("/v2/rooms", "{}").text("id");
    }

    private String codeOf(String room, String role) {
        return api.post("/v2/room-codes/room/" + room + "/role/" + role, "{}").text("code");
    }

    private ApiServer.Answer exchange(String body) {
        return api.send("POST", "/v2/token", body, Map.of("Content-Type", "text/plain;charset=UTF-8"));
    }

    @Test
    void aRoomGetsOneCodePerRoleAndKeepsThem() {
        String room = room();
        ApiServer.Answer made = api.post("/v2/room-codes/room/" + room, "{}");

        assertThat(made.status()).isEqualTo(200);
        assertThat(roles(made)).containsExactlyInAnyOrder("host", "guest");
        for (JsonNode code : made.json().path("data")) {
            assertThat(code.path("code").asString()).matches("[a-z]{3}-[a-z]{4}-[a-z]{3}");
            assertThat(code.path("room_id").asString()).isEqualTo(room);
            assertThat(code.path("enabled").asBoolean()).isTrue();
        }
        assertThat(api.post("/v2/room-codes/room/" + room, "").json()).isEqualTo(made.json());
        assertThat(api.get("/v2/room-codes/room/" + room).json().path("data")).hasSize(2);
    }

    private static List<String> roles(ApiServer.Answer answer) {
        List<String> roles = new ArrayList<>();
        answer.json().path("data").forEach(code -> roles.add(code.path("role").asString()));
        return roles;
    }

    @Test
    void aRoleMayHaveSeveralCodes() {
        String room = room();
        assertThat(codeOf(room, "host")).isNotEqualTo(codeOf(room, "host"));

        ApiServer.Answer list = api.get("/v2/room-codes/room/" + room + "?role=host&enabled=true");
        assertThat(list.json().path("data")).hasSize(2);
        assertThat(list.json().path("limit").asInt()).isEqualTo(20);
        assertThat(api.get("/v2/room-codes/room/" + room + "?role=guest").json().path("data"))
                .isEmpty();
    }

    @Test
    void codesArePaged() {
        String room = room();
        for (int i = 0; i < 12; i++) {
            codeOf(room, "guest");
        }
        ApiServer.Answer first = api.get("/v2/room-codes/room/" + room + "?limit=10");
        ApiServer.Answer second = api.get("/v2/room-codes/room/" + room + "?limit=10&start=" + first.text("last"));
        assertThat(first.json().path("data")).hasSize(10);
        assertThat(second.json().path("data")).hasSize(2);
    }

    @Test
    void aRoomHoldsAHundredCodes() {
        String room = room();
        for (int i = 0; i < 100; i++) {
            codeOf(room, "guest");
        }
        assertThat(api.post("/v2/room-codes/room/" + room + "/role/guest", "").status())
                .isEqualTo(400);
        assertThat(api.get("/v2/room-codes/room/" + room + "?limit=100").json().path("data"))
                .hasSize(100);
    }

    @Test
    void unknownRoomsAndRolesAreNotFound() {
        assertThat(api.post("/v2/room-codes/room/" + NO_ROOM, "").text("message"))
                .isEqualTo("room not found");
        assertThat(api.get("/v2/room-codes/room/" + NO_ROOM).status()).isEqualTo(404);
        ApiServer.Answer role = api.post("/v2/room-codes/room/" + room() + "/role/king", "");
        assertThat(role.status()).isEqualTo(404);
        assertThat(role.text("message")).isEqualTo("role not found");
        assertThat(api.get("/v2/room-codes/room/" + room() + "?role=king").status())
                .isEqualTo(404);
    }

    @Test
    void aDisabledRoomGivesNoCodes() {
        String room = room();
        String code = codeOf(room, "guest");
        api.post("/v2/rooms/" + room, "{\"enabled\":false}");

        for (ApiServer.Answer answer : List.of(
                api.post("/v2/room-codes/room/" + room, ""),
                api.post("/v2/room-codes/room/" + room + "/role/guest", ""),
                api.get("/v2/room-codes/room/" + room),
                exchange("{\"code\":\"" + code + "\"}"))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().path("code").asInt()).isEqualTo(403);
            assertThat(answer.text("message")).isEqualTo("room is disabled");
        }
        api.post("/v2/rooms/" + room, "{\"enabled\":true}");
        assertThat(exchange("{\"code\":\"" + code + "\"}").status()).isEqualTo(200);
    }

    @Test
    void aCodeIsDisabledAndEnabled() {
        String code = codeOf(room(), "guest");
        ApiServer.Answer disabled = api.post("/v2/room-codes/code", "{\"code\":\"" + code + "\",\"enabled\":false}");
        assertThat(disabled.json().path("enabled").asBoolean(true)).isFalse();
        assertThat(exchange("{\"code\":\"" + code + "\"}").status()).isEqualTo(403);

        assertThat(api.post("/v2/room-codes/code", "{\"code\":\"" + code + "\",\"enabled\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(exchange("{\"code\":\"" + code + "\"}").status()).isEqualTo(200);
    }

    @Test
    void aCodeOfADisabledRoomCannotBeEnabled() {
        String room = room();
        String code = codeOf(room, "guest");
        api.post("/v2/room-codes/code", "{\"code\":\"" + code + "\",\"enabled\":false}");
        api.post("/v2/rooms/" + room, "{\"enabled\":false}");

        assertThat(api.post("/v2/room-codes/code", "{\"code\":\"" + code + "\",\"enabled\":true}")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"code\":\"abc-defg-hij\"}",
                "{\"enabled\":true}",
                "{\"code\":\"abc-defg-hij\",\"enabled\":\"true\"}",
                "{\"code\":5,\"enabled\":true}",
                "{\"code\":\"abc-defg-hij\",\"enabled\":true,\"extra\":1}"
            })
    void aBadCodeChangeIsRefused(String body) {
        assertThat(api.post("/v2/room-codes/code", body).status()).isEqualTo(400);
    }

    @Test
    void anUnknownCodeIsNotFound() {
        assertThat(api.post("/v2/room-codes/code", "{\"code\":\"abc-defg-hij\",\"enabled\":true}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void codesOfDeletedRolesAreDisabledByTheNextBulkCreation() {
        String template = api.post("/v2/templates", "{\"name\":\"two roles\",\"roles\":{\"a\":{},\"b\":{}}}")
                .text("id");
        String room =
                api.post("/v2/rooms", "{\"template_id\":\"" + template + "\"}").text("id");
        ApiServer.Answer before = api.post("/v2/room-codes/room/" + room, "");
        assertThat(roles(before)).containsExactly("a", "b");
        String codeOfB = before.json().at("/data/1/code").asString();
        assertThat(api.delete("/v2/templates/" + template + "/roles/b").status())
                .isEqualTo(204);

        assertThat(exchange("{\"code\":\"" + codeOfB + "\"}").status()).isEqualTo(403);
        assertThat(roles(api.post("/v2/room-codes/room/" + room, ""))).containsExactly("a");
        assertThat(roles(api.get("/v2/room-codes/room/" + room + "?enabled=false")))
                .containsExactly("b");
    }

    @Test
    void aCodeIsExchangedForATokenOfItsRoomAndRole() {
        String room = room();
        ApiServer.Answer answer = exchange("{\"code\":\"" + codeOf(room, "guest") + "\",\"user_id\":\"u-42\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("expires_at")).isEqualTo("2026-03-03T08:00:00.000Z");
        assertThat(answer.text("expiresAt")).isEqualTo(answer.text("expires_at"));
        JsonNode claims = Tokens.claims(answer.text("token"));
        assertThat(claims.path("room_id").asString()).isEqualTo(room);
        assertThat(claims.path("role").asString()).isEqualTo("guest");
        assertThat(claims.path("user_id").asString()).isEqualTo("u-42");
        assertThat(claims.path("type").asString()).isEqualTo("app");
        assertThat(claims.path("version").asInt()).isEqualTo(2);
        assertThat(claims.path("access_key").asString()).isEqualTo(api.workspace.accessKey());
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(24 * 3600);
    }

    @Test
    void whoGivesNoUserIdGetsARandomOne() {
        String token =
                exchange("{\"code\":\"" + codeOf(room(), "guest") + "\"}").text("token");
        assertThat(Tokens.claims(token).path("user_id").asString()).matches("[0-9a-f-]{36}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "{\"code\":null}", "{\"code\":12}", "{\"code\":\"\"}", "[]", "\"abc\"", "{"})
    void aBadExchangeIsRefused(String body) {
        ApiServer.Answer refused = exchange(body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("code").asInt()).isEqualTo(400);
    }

    @Test
    void anUnknownCodeIsNotExchanged() {
        ApiServer.Answer refused = exchange("{\"code\":\"abc-defg-hij\"}");
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.json().path("code").asInt()).isEqualTo(404);
        assertThat(exchange("{\"code\":\"" + "x".repeat(100) + "\"}").status()).isEqualTo(400);
    }

    @Test
    void everyStockRoomHasACodePerRole() {
        for (String name : List.of("video-conferencing", "live-streaming", "webinar", "audio-room")) {
            JsonNode room = api.get("/v2/rooms?name=" + name).json().at("/data/0");
            JsonNode roles = api.get("/v2/templates/" + room.path("template_id").asString())
                    .json()
                    .path("roles");
            assertThat(roles(api.get("/v2/room-codes/room/" + room.path("id").asString())))
                    .containsExactlyInAnyOrderElementsOf(roles.propertyNames());
        }
    }
}

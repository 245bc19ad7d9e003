package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.template.Role;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Strangers test their connection, each in a room of their own.
final class DiagnosticsTest {
    private static final String TOKEN = "/v2/diagnostics/token";
    private static final int ROOMS = 300;

    private final ApiServer api = new ApiServer();

    @AfterEach
    void stop() {
        api.close();
    }

    private AppToken token(String path) {
        ApiServer.Answer answer = api.send("GET", path, null, Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("Cache-Control")).hasValue("no-store");
        return verified(answer.text("token"));
    }

    private AppToken verified(String token) {
        if (api.tokens.verify(token, TokenVerifier.Expiry.ENFORCED) instanceof TokenVerifier.Check.Accepted(var app)) {
            return app;
        }
        throw new AssertionError("the token is no good");
    }

    private Room room(AppToken token) {
        return api.store.rooms().byId(token.roomId()).orElseThrow();
    }

    @Test
    void theRoomIsForOneWhoPublishesAndSeesNobody() {
        AppToken token = token(TOKEN + "?region=mars");

        Room room = room(token);
        assertThat(room.size()).isEqualTo(1);
        assertThat(room.maxDurationSeconds()).isEqualTo(300);
        Role role = api.store
                .templates()
                .byId(api.workspace.id(), room.templateId())
                .orElseThrow()
                .roles()
                .get(token.role());
        assertThat(role.publishParams().allowed()).containsExactly("audio", "video");
        assertThat(role.subscribeParams().subscribeToRoles()).isEmpty();
        assertThat(role.permissions().sendRoomState()).isFalse();
    }

    @Test
    void whoAsksAtTheSameTimeGetsAnotherRoomAsLongAsThereAreSome() {
        Set<String> rooms = new HashSet<>();
        for (int i = 0; i < ROOMS; i++) {
            assertThat(rooms.add(token(TOKEN).roomId())).isTrue();
            api.time.advance(Duration.ofMillis(1));
        }

        assertThat(room(token(TOKEN)).name()).as("the one that is free soonest").isEqualTo("diagnostics-1");
        assertThat(room(token(TOKEN)).name()).isEqualTo("diagnostics-2");
        api.time.advance(Duration.ofHours(1));
        assertThat(room(token(TOKEN)).name()).isEqualTo("diagnostics-1");
    }

    @Test
    void theTokenIsGoodForFiveMinutes() {
        String token = api.send("GET", TOKEN, null, Map.of()).text("token");

        api.time.advance(Duration.ofMinutes(5).minusSeconds(2));
        verified(token);
        api.time.advance(Duration.ofSeconds(3));
        assertThat(api.tokens.verify(token, TokenVerifier.Expiry.ENFORCED))
                .isInstanceOf(TokenVerifier.Check.Rejected.class);
    }

    @Test
    void roomsAndTemplatesThatOnlyHaveTheNamesAreNotOpened() {
        String template = api.post("/v2/templates", "{\"name\":\"diagnostics\",\"roles\":{\"tester\":{}}}")
                .text("id");
        String room = api.post("/v2/rooms", "{\"name\":\"diagnostics-1\",\"template_id\":\"" + template + "\"}")
                .text("id");

        Room opened = room(token(TOKEN));

        assertThat(opened.id()).isNotEqualTo(room);
        assertThat(opened.templateId()).isNotEqualTo(template);
        assertThat(opened.name()).startsWith("diagnostics-1-");
    }

    @Test
    void theRoomsStandAtTheEndOfLists() {
        String room = token(TOKEN).roomId();
        api.post("/v2/rooms", "{}");

        assertThat(api.get("/v2/rooms").json().path("data").findValuesAsString("id"))
                .last()
                .isEqualTo(room);
    }

    @Test
    void anAdministratorMayDisableThem() {
        String room = token(TOKEN).roomId();
        api.post("/v2/rooms/" + room, "{\"enabled\":false}");
        api.time.advance(Duration.ofHours(1));

        assertThat(api.send("GET", TOKEN, null, Map.of()).status()).isEqualTo(403);
    }
}

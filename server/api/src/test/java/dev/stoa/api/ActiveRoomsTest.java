package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.live.RoomRequest;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/v2/active-rooms`: section 5 of the server API reference.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ActiveRoomsTest {
    private ApiServer api;
    private String room;
    private String path;

    @BeforeAll
    void start() {
        api = new ApiServer();
        room = api.post("/v2/rooms", "{\"name\":\"physics-7b\"}").text("id");
        path = "/v2/active-rooms/" + room;
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @BeforeEach
    void run() {
        api.live.running.put(room, Optional.empty());
        api.live.requests.clear();
    }

    private static String json(String text) {
        return ApiServer.JSON.readTree(text).toString();
    }

    @Test
    void theSessionAndItsPeersAreShown() {
        assertThat(api.get(path).json().toString())
                .isEqualTo(json("""
                {"id":"%s","name":"physics-7b","customer_id":"%s",
                 "session":{"id":"6601f0a1c2d3e4f5a6b7c830","created_at":"2026-03-02T16:00:04.510Z",
                   "peers":["%s","%s"]}}""".formatted(room, api.workspace.id(), FakeLiveRooms.ANNA, FakeLiveRooms.BEN)));
    }

    @Test
    void peersAreAMapWithoutTracks() {
        assertThat(api.get(path + "/peers?role=host&user_id=u-1").json().toString())
                .isEqualTo(json("""
                {"peers":{"%1$s":{"id":"%1$s","name":"Anna","user_id":"u-1","metadata":"{\\"seat\\":4}","role":"host",
                  "joined_at":"2026-03-02T16:00:04.510Z"}}}""".formatted(FakeLiveRooms.ANNA)));
        assertThat(api.live.requests).containsExactly(new RoomRequest.ReadPeers("u-1", "host"));
    }

    @Test
    void onePeerIsShownWithItsTracks() {
        assertThat(api.get(path + "/peers/" + FakeLiveRooms.ANNA)
                        .json()
                        .path("tracks")
                        .toString())
                .isEqualTo(json("""
                        {"track-1":{"id":"track-1","stream_id":"stream-1","mute":true,"type":"video","source":"regular",
                          "started_at":"2026-03-02T16:00:05.510Z","description":""}}"""));
        assertThat(api.get(path + "/peers/nobody").status()).isEqualTo(404);
    }

    @Test
    void anUpdateNamesWhatChanges() {
        ApiServer.Answer updated = api.post(path + "/peers/" + FakeLiveRooms.ANNA, "{\"role\":\"guest\"}");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.json().has("tracks")).isTrue();
        assertThat(api.live.requests)
                .containsExactly(new RoomRequest.UpdatePeer(FakeLiveRooms.ANNA, null, "guest", null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            {"message":"hi"}                                   | chat   | hi | -    | -
            {"message":"hi","type":"note","role":"host"}       | note   | hi | host | -
            {"message":"hi","peer_id":"p","role":"host"}       | chat   | hi | host | p
            {"message":"hi","peerId":"p","type":""}            | chat   | hi | -    | p
            """)
    void messagesAreAddressed(String body, String type, String text, String role, String peer) {
        ApiServer.Answer sent = api.post(path + "/send-message", body);
        assertThat(sent.json().toString()).isEqualTo(json("{\"message\":\"message sent\"}"));
        assertThat(api.live.requests).containsExactly(new RoomRequest.SendMessage(type, text, role, peer));
    }

    @Test
    void peersAreRemovedAndRoomsEnded() {
        assertThat(api.post(path + "/remove-peers", "{\"role\":\"guest\",\"reason\":\"late\"}")
                        .text("message"))
                .isEqualTo("peer remove request submitted");
        assertThat(api.post(path + "/end-room", "{\"lock\":true,\"reason\":\"over\"}")
                        .text("message"))
                .isEqualTo("session is ending");
        assertThat(api.post(path + "/end-room", "").status()).isEqualTo(200);
        assertThat(api.live.requests)
                .containsExactly(
                        new RoomRequest.RemovePeers(null, "guest", "late"),
                        new RoomRequest.EndRoom(true, "over"),
                        new RoomRequest.EndRoom(false, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /send-message | {}                          | message is missing
            /send-message | {"message":7}               | message must be a string
            /send-message | {"message":" "}             | message is missing
            /send-message | {"message":"m","type":[]}   | type must be a string
            /remove-peers | {}                          | peer_id or role is needed
            /remove-peers | {"peer_id":1}               | peer_id must be a string
            /remove-peers | {"role":"a","reason":false} | reason must be a string
            /end-room     | {"lock":"yes"}              | lock must be a boolean
            /peers/p      | {"name":1,"role":[]}        | role must be a string
            """)
    void badRequestsNeverReachTheRoom(String call, String body, String detail) {
        ApiServer.Answer refused = api.post(path + call, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.details()).contains(detail);
        assertThat(api.live.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/peers", "/peers/p"})
    void roomsThatDoNotRunAreNotFound(String call) {
        String quiet = api.post("/v2/rooms", "{}").text("id");
        assertThat(api.get("/v2/active-rooms/" + quiet + call).text("message")).isEqualTo("active session not found");
        assertThat(api.get("/v2/active-rooms/unknown" + call).text("message")).isEqualTo("room not found");
    }

    @Test
    void anOverloadedRoomSaysSo() {
        api.live.running.put(room, Optional.of(new RoomReply.Refused(503, "the room is overloaded; try again")));
        assertThat(api.get(path).status()).isEqualTo(503);
        api.live.running.put(room, Optional.of(new RoomReply.Refused(400, "role single is full")));
        assertThat(api.post(path + "/peers/x", "{\"role\":\"single\"}").details())
                .contains("role single is full");
    }

    @Test
    void runningRoomsAreToldOfEdits() {
        api.live.changedRooms.clear();
        api.post("/v2/rooms/" + room, "{\"enabled\":false}");
        api.post("/v2/rooms/" + room, "{\"enabled\":true}");
        assertThat(api.live.changedRooms).extracting("enabled").containsExactly(false, true);

        String template = api.post("/v2/templates", "{\"name\":\"edited\"}").text("id");
        api.live.changedTemplates.clear();
        api.post("/v2/templates/" + template + "/roles/host", "{}");
        assertThat(api.live.changedTemplates)
                .singleElement()
                .satisfies(now -> assertThat(now.roles()).containsKey("host"));
    }
}

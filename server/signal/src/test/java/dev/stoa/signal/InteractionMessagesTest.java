package dev.stoa.signal;

import static dev.stoa.signal.Conversation.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerView;
import dev.stoa.rooms.live.PolicyView;
import dev.stoa.rooms.live.StoredValue;
import dev.stoa.rooms.template.Permissions;
import dev.stoa.rooms.template.PublishParams;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.SubscribeParams;
import dev.stoa.signal.json.NoticeWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What peers ask of each other, on the wire: protocol sections 2.4.3, 2.6 to 2.8, 2.12.
class InteractionMessagesTest {
    private final Conversation conversation = new Conversation();

    record Good(String method, String params, PeerCommand command) {
        @Override
        public String toString() {
            return method + " " + params;
        }
    }

    static List<Good> good() {
        return List.of(
                new Good("peer-update", "{\"name\":\"Asha\"}", new PeerCommand.UpdateProfile("Asha", null)),
                new Good("peer-update", "{\"data\":\"{}\",\"name\":null}", new PeerCommand.UpdateProfile(null, "{}")),
                new Good("peer-update", "{}", new PeerCommand.UpdateProfile(null, null)),
                new Good("group-join", "{\"name\":\"_handraise\"}", new PeerCommand.JoinGroup("_handraise")),
                new Good("group-leave", "{\"name\":\"_handraise\"}", new PeerCommand.LeaveGroup("_handraise")),
                new Good("group-add", "{\"name\":\"g\",\"peer_id\":\"p\"}", new PeerCommand.AddToGroup("g", "p")),
                new Good(
                        "group-remove",
                        "{\"name\":\"g\",\"peer_id\":\"p\"}",
                        new PeerCommand.RemoveFromGroup("g", "p")),
                new Good(
                        "track-update-request",
                        "{\"requested_for\":\"p\",\"track_id\":\"t\",\"stream_id\":\"s\",\"mute\":true}",
                        new PeerCommand.RequestTrackMute("p", "t", true)),
                new Good(
                        "change-track-mute-state-request",
                        "{\"value\":true}",
                        new PeerCommand.RequestMute(true, null, null, List.of())),
                new Good(
                        "change-track-mute-state-request",
                        "{\"value\":false,\"type\":\"video\",\"source\":\"screen\",\"roles\":[\"guest\"]}",
                        new PeerCommand.RequestMute(false, "video", "screen", List.of("guest"))),
                new Good(
                        "peer-leave-request",
                        "{\"requested_for\":\"p\",\"reason\":\"bye\"}",
                        new PeerCommand.RemovePeer("p", "bye")),
                new Good("end-room", "{\"lock\":true,\"reason\":\"over\"}", new PeerCommand.EndRoom(true, "over")),
                new Good("end-room", "{}", new PeerCommand.EndRoom(false, "")),
                new Good(
                        "role-change-request",
                        "{\"requested_for\":\"p\",\"role\":\"host\",\"force\":false}",
                        new PeerCommand.ChangeRole("p", "host", false)),
                new Good(
                        "role-change-request",
                        "{\"requested_for\":\"p\",\"role\":\"host\",\"force\":true}",
                        new PeerCommand.ChangeRole("p", "host", true)),
                new Good(
                        "role-change-request",
                        "{\"roles\":[\"guest\"],\"role\":\"viewer\",\"force\":true}",
                        new PeerCommand.ChangeRoles(List.of("guest"), "viewer")),
                new Good(
                        "role-change",
                        "{\"requested_by\":\"p\",\"role\":\"host\",\"token\":\"t\"}",
                        new PeerCommand.AcceptRole("host", "t")),
                new Good("role-change", "{\"role\":\"host\",\"token\":\"t\"}", new PeerCommand.AcceptRole("host", "t")),
                new Good("get-peer", "{\"peer_id\":\"p\"}", new PeerCommand.GetPeer("p")),
                new Good("find-peer", "{}", new PeerCommand.FindPeers(null, null, List.of(), 10)),
                new Good(
                        "find-peer",
                        "{\"role\":\"guest\",\"group\":\"g\",\"peers\":[\"a\"],\"peerIds\":[\"b\"],\"limit\":5}",
                        new PeerCommand.FindPeers("guest", "g", List.of("a", "b"), 5)),
                new Good("peer-iter-next", "{\"iterator\":\"i\",\"limit\":5}", new PeerCommand.NextPeers("i", 5)),
                new Good("peer-name-search", "{}", new PeerCommand.SearchNames("", 10, 0)),
                new Good(
                        "peer-name-search",
                        "{\"query\":\"ra\",\"limit\":5,\"offset\":10}",
                        new PeerCommand.SearchNames("ra", 5, 10)),
                new Good(
                        "set-metadata", "{\"key\":\"k\",\"data\":\"x\"}", new PeerCommand.SetValue("k", "\"x\"", null)),
                new Good(
                        "set-metadata",
                        "{\"key\":\"k\",\"data\":{\"a\":[1,true]},\"if_change_version\":7}",
                        new PeerCommand.SetValue("k", "{\"a\":[1,true]}", 7L)),
                new Good(
                        "set-metadata", "{\"key\":\"k\",\"data\":false}", new PeerCommand.SetValue("k", "false", null)),
                new Good("set-metadata", "{\"key\":\"k\"}", new PeerCommand.SetValue("k", null, null)),
                new Good("set-metadata", "{\"key\":\"k\",\"data\":null}", new PeerCommand.SetValue("k", null, null)),
                new Good("get-metadata", "{\"key\":\"k\"}", new PeerCommand.GetValue("k")),
                new Good("get-metadata", "{}", new PeerCommand.GetValue("default")),
                new Good(
                        "listen-metadata-change",
                        "{\"keys\":[\"a\",\"b\"]}",
                        new PeerCommand.Observe(List.of("a", "b"))),
                new Good("listen-metadata-change", "{\"keys\":[]}", new PeerCommand.Observe(List.of())),
                new Good("whiteboard-create", "{}", new PeerCommand.CreateBoard("", null, null, null)),
                new Good(
                        "whiteboard-create",
                        "{\"title\":\"Plan\",\"reader\":[],\"writer\":[\"guest\",\"host\"],\"admin\":[\"host\"]}",
                        new PeerCommand.CreateBoard("Plan", List.of(), List.of("guest", "host"), List.of("host"))),
                new Good("whiteboard-get", "{\"id\":\"wb-1\"}", new PeerCommand.GetBoard("wb-1")),
                new Good("whiteboard-close", "{\"id\":\"wb-1\"}", new PeerCommand.CloseBoard("wb-1")),
                new Good("metadata-add", "{\"key\":\"k\"}", new PeerCommand.AddToValue("k", 1)),
                new Good("metadata-add", "{\"key\":\"k\",\"by\":-7}", new PeerCommand.AddToValue("k", -7)),
                new Good(
                        "metadata-append",
                        "{\"key\":\"k\",\"data\":[1, {}]}",
                        new PeerCommand.AppendToValue("k", "[1,{}]")),
                new Good(
                        "metadata-writers",
                        "{\"key\":\"k\",\"roles\":[\"host\"]}",
                        new PeerCommand.ProtectValue("k", List.of("host"))),
                new Good("metadata-history", "{}", new PeerCommand.ReadHistory(null, 0, 10)),
                new Good(
                        "metadata-history",
                        "{\"key\":\"k\",\"after_version\":5,\"limit\":2}",
                        new PeerCommand.ReadHistory("k", 5, 2)));
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodRequestReachesTheRoomAsMeant(Good good) {
        conversation.say(request(good.method(), good.params()));

        assertThat(conversation.command()).isEqualTo(good.command());
        assertThat(conversation.reply().path("result").isObject()).isTrue();
    }

    record Bad(String method, String params, String reason) {
        @Override
        public String toString() {
            return method + " " + (params.length() < 80 ? params : params.substring(0, 80));
        }
    }

    static List<Bad> bad() {
        String manyPeers = "[" + "\"p\",".repeat(1000) + "\"p\"]";
        return List.of(
                new Bad("peer-update", "{\"name\":7}", "name"),
                new Bad("peer-update", "{\"name\":\"" + "n".repeat(513) + "\"}", "name is longer"),
                new Bad("peer-update", "{\"data\":{}}", "data"),
                new Bad("peer-update", "{\"data\":\"" + "d".repeat(16_385) + "\"}", "data is longer"),
                new Bad("group-join", "{}", "name is missing"),
                new Bad("group-leave", "{\"name\":[]}", "name"),
                new Bad("group-add", "{\"name\":\"g\"}", "peer_id is missing"),
                new Bad("group-remove", "{\"peer_id\":\"p\"}", "name is missing"),
                new Bad("track-update-request", "{\"track_id\":\"t\",\"mute\":true}", "requested_for is missing"),
                new Bad("track-update-request", "{\"requested_for\":\"p\",\"mute\":true}", "track_id is missing"),
                new Bad("track-update-request", "{\"requested_for\":\"p\",\"track_id\":\"t\"}", "mute is missing"),
                new Bad("change-track-mute-state-request", "{}", "value is missing"),
                new Bad("change-track-mute-state-request", "{\"value\":1}", "value"),
                new Bad("change-track-mute-state-request", "{\"value\":true,\"type\":\"smell\"}", "type"),
                new Bad("change-track-mute-state-request", "{\"value\":true,\"roles\":\"guest\"}", "roles"),
                new Bad("peer-leave-request", "{}", "requested_for is missing"),
                new Bad("peer-leave-request", "{\"requested_for\":\"p\",\"reason\":7}", "reason"),
                new Bad("end-room", "{\"lock\":\"yes\"}", "lock"),
                new Bad("end-room", "{\"reason\":\"" + "r".repeat(1025) + "\"}", "reason is longer"),
                new Bad("role-change-request", "{\"role\":\"host\"}", "requested_for is missing"),
                new Bad("role-change-request", "{\"requested_for\":\"p\"}", "role is missing"),
                new Bad("role-change-request", "{\"requested_for\":\"p\",\"role\":\"r\",\"force\":1}", "force"),
                new Bad("role-change-request", "{\"roles\":[\"a\"],\"role\":\"r\"}", "with force only"),
                new Bad(
                        "role-change-request",
                        "{\"roles\":[\"a\"],\"requested_for\":\"p\",\"role\":\"r\",\"force\":true}",
                        "exclude each other"),
                new Bad("role-change", "{\"role\":\"host\"}", "token is missing"),
                new Bad("role-change", "{\"token\":\"t\"}", "role is missing"),
                new Bad("get-peer", "{}", "peer_id is missing"),
                new Bad("find-peer", "{\"limit\":\"ten\"}", "limit"),
                new Bad("find-peer", "{\"limit\":1.5}", "limit"),
                new Bad("find-peer", "{\"peerIds\":" + manyPeers + "}", "peerIds"),
                new Bad("find-peer", "{\"role\":7}", "role"),
                new Bad("peer-iter-next", "{\"limit\":5}", "iterator is missing"),
                new Bad("peer-name-search", "{\"query\":7}", "query"),
                new Bad("peer-name-search", "{\"offset\":\"0\"}", "offset"),
                new Bad("set-metadata", "{\"data\":1}", "key is missing"),
                new Bad("set-metadata", "{\"key\":7}", "key"),
                new Bad("set-metadata", "{\"key\":\"k\",\"if_change_version\":\"1\"}", "if_change_version"),
                new Bad("set-metadata", "{\"key\":\"k\",\"if_change_version\":1e400}", "if_change_version"),
                new Bad("get-metadata", "{\"key\":7}", "key"),
                new Bad("listen-metadata-change", "{}", "keys is missing"),
                new Bad("listen-metadata-change", "{\"keys\":\"k\"}", "keys"),
                new Bad("listen-metadata-change", "{\"keys\":[7]}", "keys"),
                new Bad("whiteboard-get", "{}", "id is missing"),
                new Bad("whiteboard-close", "{}", "id is missing"),
                new Bad("whiteboard-create", "{\"admin\":[1]}", "admin holds something that is not a string"),
                new Bad("metadata-add", "{\"by\":1}", "key is missing"),
                new Bad("metadata-add", "{\"key\":\"k\",\"by\":1.5}", "by is not an integer"),
                new Bad("metadata-add", "{\"key\":\"k\",\"by\":9223372036854775808}", "by is not an integer"),
                new Bad("metadata-append", "{\"key\":\"k\"}", "data is missing"),
                new Bad("metadata-append", "{\"data\":1}", "key is missing"),
                new Bad("metadata-writers", "{\"key\":\"k\"}", "roles is missing"),
                new Bad("metadata-writers", "{\"key\":\"k\",\"roles\":[1]}", "roles"),
                new Bad("metadata-history", "{\"key\":1}", "key"),
                new Bad("metadata-history", "{\"after_version\":\"1\"}", "after_version"),
                new Bad("metadata-history", "{\"limit\":\"1\"}", "limit"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadRequestIsAnsweredWithWhatIsWrong(Bad bad) {
        conversation.say(request(bad.method(), bad.params()));

        JsonNode error = conversation.reply().path("error");
        assertThat(error.path("code").intValue()).isEqualTo(400);
        assertThat(error.path("message").stringValue()).contains(bad.reason());
        assertThat(conversation.room.commands).isEmpty();
        assertThat(conversation.counters.malformed.sum()).isEqualTo(1);
    }

    /// Values of an application come back as they were, whatever they look like.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"'; DROP TABLE rooms; --\"",
                "\"</script><script>alert(1)</script>\"",
                "\"\\u0000\\ud83d\\ude00 \\u202e\"",
                "{\"$ref\":\"#\",\"__proto__\":{\"a\":1}}",
                "[1,2.5,-3e10,true,false,null,\"x\",[],{}]",
                "12345678901234567890"
            })
    void aValueComesBackAsItWasSet(String data) {
        conversation.room.answer = command -> new CommandResult.Value(
                new StoredValue("k", ((PeerCommand.SetValue) command).data(), 1_767_225_603_000L, "p-1", 4));

        conversation.say(request("set-metadata", "{\"key\":\"k\",\"data\":" + data + "}"));

        assertThat(conversation.reply().path("result").path("data")).isEqualTo(Conversation.JSON.readTree(data));
    }

    @Test
    void aFoundPeerIsTheResultItself() {
        PeerView ravi = new PeerView("p-2", "guest", "Ravi", "", "u-7", List.of("g"), 1_767_225_500_000L, List.of());
        conversation.room.answer = command -> new CommandResult.FoundPeer(ravi);

        conversation.say(request("get-peer", "{\"peer_id\":\"p-2\"}"));

        JsonNode result = conversation.reply().path("result");
        assertThat(result.path("peer_id").stringValue()).isEqualTo("p-2");
        assertThat(result.path("groups").path(0).stringValue()).isEqualTo("g");
        assertThat(result.path("info").path("name").stringValue()).isEqualTo("Ravi");
        assertThat(result.path("tracks").isObject()).isTrue();
    }

    @Test
    void aPeerOfAPageIsComplete() {
        PeerView ravi = new PeerView("p-2", "guest", "Ravi", "", "u-7", List.of(), 1_767_225_500_000L, List.of());
        conversation.room.answer = command -> new CommandResult.PeerPage("it-1", 1, true, List.of(ravi));

        conversation.say(request("find-peer", "{}"));

        JsonNode peer = conversation.reply().path("result").path("peers").path(0);
        assertThat(peer.path("realtime").booleanValue()).isTrue();
        assertThat(peer.path("joined_at").longValue()).isEqualTo(1_767_225_500_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hls-start",
                "hls-stop",
                "hls-timed-metadata",
                "rtmp-start",
                "rtmp-stop",
                "transcription-start",
                "transcription-stop",
                "transcription-config-update"
            })
    void aFeatureThatIsNotThereIsRefusedByName(String method) {
        conversation.say(request(method, "{}"));

        JsonNode error = conversation.reply().path("error");
        assertThat(error.path("code").intValue()).isEqualTo(400);
        assertThat(error.path("message").stringValue()).isEqualTo(method + " is not available on this server yet");
        assertThat(conversation.room.commands).isEmpty();
    }

    /// Official web clients throw when the role a peer is given has no picture size (function
    /// `getSimulcastDefinitionsForPeer` of 0.15.2).
    @Test
    void everyRoleOfAPolicyHasThePicturesSize() {
        Role viewer = new Role(
                "viewer",
                new PublishParams(List.of(), null, null, null, null),
                new SubscribeParams(List.of("host"), 3200, null),
                Permissions.DEFAULT,
                1,
                0);
        PolicyView policy = new PolicyView("viewer", "tpl-1", Map.of("viewer", viewer), Map.of());

        JsonNode message = Conversation.JSON.readTree(
                new NoticeWriter(Conversation.JSON).write(new PeerNotice.PolicyChanged(policy)));

        JsonNode publish =
                message.path("params").path("known_roles").path("viewer").path("publishParams");
        assertThat(publish.path("allowed").isEmpty()).isTrue();
        assertThat(publish.path("video").path("width").intValue()).isPositive();
        assertThat(publish.path("screen").path("height").intValue()).isPositive();
    }
}

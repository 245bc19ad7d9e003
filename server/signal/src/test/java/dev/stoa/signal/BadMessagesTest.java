package dev.stoa.signal;

import static dev.stoa.signal.Conversation.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.PeerCommand;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whatever a client says, a request is answered exactly once and the room sees only what was understood.
class BadMessagesTest {
    private static final String TRACK = "{\"t\":{\"type\":\"audio\"%s}}";
    private static final String DESC = "\"desc\":{\"type\":\"offer\",\"sdp\":\"v=0\"}";

    private final Conversation conversation = new Conversation();

    private static String repeat(String text, int times) {
        return text.repeat(times);
    }

    record Bad(String method, String params, String reason) {
        @Override
        public String toString() {
            return method + ": " + reason;
        }
    }

    static List<Bad> bad() {
        String longName = "\"" + repeat("n", 513) + "\"";
        String longId = "\"" + repeat("i", 257) + "\"";
        String manyTracks = "{"
                + String.join(
                        ",",
                        IntStream.range(0, 65)
                                .mapToObj(i -> "\"t" + i + "\":{\"type\":\"audio\"}")
                                .toList()) + "}";
        String manyRoles = "[" + repeat("\"r\",", 100) + "\"r\"]";
        return List.of(
                new Bad("join", "{}", "name is missing"),
                new Bad("join", "{\"name\":null}", "name is missing"),
                new Bad("join", "{\"name\":[]}", "name is missing or not a string"),
                new Bad("join", "{\"name\":" + longName + "}", "name is longer than 512"),
                new Bad("join", "{\"name\":\"a\",\"data\":{}}", "data is missing or not a string"),
                new Bad("join", "{\"name\":\"a\",\"data\":\"" + repeat("d", 16_385) + "\"}", "data is longer"),
                new Bad("join", "{\"name\":\"a\",\"disableVidAutoSub\":1}", "disableVidAutoSub is missing or not"),
                new Bad("join", "{\"name\":\"a\",\"offer\":[]}", "offer"),
                new Bad("join", "{\"name\":\"a\",\"offer\":{\"type\":\"offer\"}}", "offer: sdp is missing"),
                new Bad("join", "{\"name\":\"a\",\"offer\":{\"type\":\"answer\",\"sdp\":\"\"}}", "offer.type"),
                new Bad("leave", "{\"client_reason\":7}", "client_reason"),
                new Bad("offer", "{\"tracks\":{}}", "desc"),
                new Bad("offer", "{" + DESC + "}", "tracks is not an object"),
                new Bad("offer", "{" + DESC + ",\"tracks\":{\"t\":7}}", "not an object"),
                new Bad("offer", "{" + DESC + ",\"tracks\":{\"t\":{}}}", "track: type"),
                new Bad("offer", "{" + DESC + ",\"tracks\":{\"\":{\"type\":\"audio\"}}}", "track: track id"),
                new Bad("offer", "{" + DESC + ",\"tracks\":{" + longId + ":{\"type\":\"audio\"}}}", "track: track id"),
                new Bad(
                        "offer",
                        "{" + DESC + ",\"tracks\":" + TRACK.formatted(",\"mute\":\"no\"") + "}",
                        "track: mute"),
                new Bad("offer", "{" + DESC + ",\"tracks\":" + TRACK.formatted(",\"source\":1") + "}", "track: source"),
                new Bad("offer", "{" + DESC + ",\"tracks\":" + manyTracks + "}", "at most 64"),
                new Bad("offer", "{" + DESC + ",\"tracks\":{},\"sfu_node_id\":17}", "sfu_node_id"),
                new Bad(
                        "offer",
                        "{\"desc\":{\"type\":\"offer\",\"sdp\":\"" + repeat("a", 256 * 1024 + 1) + "\"},\"tracks\":{}}",
                        "sdp is longer"),
                new Bad("answer", "{}", "desc"),
                new Bad("answer", "{" + DESC + "}", "desc.type is not answer"),
                new Bad("trickle", "{\"target\":0}", "candidate"),
                new Bad("trickle", "{\"candidate\":{}}", "target"),
                new Bad("trickle", "{\"target\":\"0\",\"candidate\":{}}", "target"),
                new Bad("trickle", "{\"target\":1,\"candidate\":{\"candidate\":7}}", "candidate: candidate"),
                new Bad(
                        "trickle",
                        "{\"target\":1,\"candidate\":{\"sdpMLineIndex\":\"x\"}}",
                        "candidate: sdpMLineIndex"),
                new Bad("trickle", "{\"target\":1,\"candidate\":{\"sdpMLineIndex\":99999999999}}", "sdpMLineIndex"),
                new Bad("track-update", "{}", "tracks"),
                new Bad("track-update", "{\"tracks\":[]}", "tracks"),
                new Bad("broadcast", "{\"info\":[]}", "info"),
                new Bad("broadcast", "{\"info\":{}}", "info: message"),
                new Bad("broadcast", "{\"info\":{\"message\":\"" + repeat("m", 65_537) + "\"}}", "message is longer"),
                new Bad("broadcast", "{\"info\":{\"message\":\"m\"},\"roles\":[7]}", "roles"),
                new Bad("broadcast", "{\"info\":{\"message\":\"m\"},\"roles\":" + manyRoles + "}", "at most 100"),
                new Bad("broadcast", "{\"info\":{\"message\":\"m\"},\"peer_id\":7}", "peer_id"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadFieldIsNamedInTheAnswer(Bad bad) {
        conversation.say(request(bad.method(), bad.params()));

        JsonNode error = conversation.reply().path("error");
        assertThat(error.path("code").intValue()).isEqualTo(400);
        assertThat(error.path("message").stringValue()).contains(bad.reason());
        assertThat(conversation.room.commands).isEmpty();
        assertThat(conversation.counters.malformed.sum()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"join", "offer", "broadcast", "ping", "leave", "unheard-of"})
    void paramsThatAreNoObjectAreRefused(String method) {
        for (String params : List.of("[]", "7", "\"x\"", "true")) {
            Conversation fresh = new Conversation();
            fresh.say(request(method, params));
            assertThat(fresh.reply().path("error").path("message").stringValue())
                    .isEqualTo("params is not an object");
            assertThat(fresh.room.commands).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":7,\"method\":\"ping\"}",
                "{\"id\":null,\"method\":\"ping\"}",
                "{\"id\":{},\"method\":\"ping\"}",
                "{\"method\":\"ping\",\"id\":\"r\"",
                "{\"method\":\"ping\",,}",
                "\u0000",
                "[{\"method\":\"ping\",\"id\":\"r\"}]"
            })
    void whatCannotBeAnsweredIsCounted(String text) {
        conversation.say(text);

        assertThat(conversation.replies).isEmpty();
        assertThat(conversation.counters.malformed.sum()).isEqualTo(1);
    }

    @Test
    void anIdOfMoreThan128CharactersIsNotEchoed() {
        conversation.say("{\"method\":\"ping\",\"id\":\"" + repeat("i", 129) + "\"}");
        assertThat(conversation.replies).isEmpty();
        conversation.say("{\"method\":\"ping\",\"id\":\"" + repeat("i", 128) + "\"}");
        assertThat(conversation.replies).hasSize(1);
    }

    @Test
    void deepNestingIsRefusedWithoutExhaustingTheStack() {
        conversation.say(repeat("{\"a\":", 100_000));
        conversation.say(request("ping", "{\"a\":" + repeat("[", 40) + repeat("]", 40) + "}"));

        assertThat(conversation.replies).isEmpty();
        assertThat(conversation.counters.malformed.sum()).isEqualTo(2);
    }

    @Test
    void aNumberOfThousandsOfDigitsIsRefused() {
        conversation.say(request("ping", "{\"timestamp\":" + repeat("9", 5_000) + "}"));

        assertThat(conversation.replies).isEmpty();
        assertThat(conversation.counters.malformed.sum()).isEqualTo(1);
    }

    @Test
    void anUnknownMethodIsNamedWithoutItsControlCharactersAndShort() {
        conversation.say(request("no\\n<such>" + repeat("x", 100), "{}"));

        String message = conversation.reply().path("error").path("message").stringValue();
        assertThat(message)
                .startsWith("this server does not support no??such?x")
                .hasSizeLessThan(100);
        assertThat(conversation.counters.unknownMethods.sum()).isEqualTo(1);
    }

    @Test
    void anUnknownNotificationIsCountedAndNotAnswered() {
        conversation.say("{\"method\":\"unheard-of\",\"params\":{}}");

        assertThat(conversation.replies).isEmpty();
        assertThat(conversation.counters.unknownMethods.sum()).isEqualTo(1);
    }

    @Test
    void aMethodOfTheSocketIsUnknownOnTheChannelAndTheReverse() {
        conversation.sayOnChannel(request("leave", "{}"));
        assertThat(conversation.channelReply().path("error").path("code").intValue())
                .isEqualTo(400);
        conversation.say(request("prefer-audio-track-state", "{\"track_id\":\"t\",\"subscribed\":true}"));
        assertThat(conversation.reply().path("error").path("code").intValue()).isEqualTo(400);
        assertThat(conversation.room.commands).isEmpty();
    }

    /// On the channel of a peer that comes back, requests may be faster than its new connection.
    @Test
    void aChannelRequestBeforeTheConnectionIsCompleteIsAnsweredAfterwards() {
        Conversation early = Conversation.beforeItsRoom();
        early.sayOnChannel(request("prefer-audio-track-state", "{\"track_id\":\"t\",\"subscribed\":true}"));
        assertThat(early.room.channelTexts).isEmpty();

        early.complete();

        assertThat(early.channelReply().path("result").path("track_id").stringValue())
                .isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource({"400", "403", "404", "409", "410", "421", "429", "500"})
    void aRefusalOfTheRoomBecomesAnErrorWithItsCode(int code) {
        conversation.room.answer = command -> new CommandResult.Refused(code, "why");

        conversation.say(request("leave", "{}"));

        JsonNode reply = conversation.reply();
        assertThat(reply.path("error").path("code").intValue()).isEqualTo(code);
        assertThat(reply.path("error").path("message").stringValue()).isEqualTo("why");
        assertThat(reply.has("result")).isFalse();
    }

    /// Clients take a falsy result for a failure.
    @Test
    void anEmptyResultIsStillAnObject() {
        conversation.say(request("leave", "{}"));

        assertThat(conversation.reply().path("result").isObject()).isTrue();
    }

    @Test
    void pingComesBackWithItsTimeAndDoesNotReachTheRoom() {
        conversation.say(request("ping", "{\"timestamp\":1767225600123}"));

        assertThat(conversation.reply().path("result").path("timestamp").longValue())
                .isEqualTo(1_767_225_600_123L);
        assertThat(conversation.room.commands).isEmpty();
    }

    /// `disableVidAutoSub` says the opposite of what the room is asked.
    @ParameterizedTest
    @CsvSource({"'', false", "',\"disableVidAutoSub\":true', false", "',\"disableVidAutoSub\":false', true"})
    void joinIsUnderstood(String flag, boolean autoSubscribe) {
        conversation.say(request("join", "{\"name\":\"Asha\"" + flag + "}"));

        assertThat(conversation.command()).isEqualTo(new PeerCommand.Join("Asha", "", null, autoSubscribe));
    }

    @Property(tries = 500)
    void noTextThrows(@ForAll String text) {
        Conversation fresh = new Conversation();
        fresh.say(text);
        fresh.sayOnChannel(text);
        assertThat(fresh.room.commands).isEmpty();
        assertThat(fresh.counters.malformed.sum()).isEqualTo(2);
    }

    @Property(tries = 500)
    void everyRequestIsAnsweredOnce(@ForAll String method, @ForAll String value) {
        Conversation fresh = new Conversation();
        String quoted = Conversation.JSON.writeValueAsString(value);
        fresh.say("{\"method\":" + Conversation.JSON.writeValueAsString(method) + ",\"id\":\"r1\",\"params\":{\"name\":"
                + quoted + ",\"tracks\":" + quoted + "}}");
        assertThat(fresh.reply().path("id").stringValue()).isEqualTo("r1");
    }
}

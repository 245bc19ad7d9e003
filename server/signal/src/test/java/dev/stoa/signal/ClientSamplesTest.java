package dev.stoa.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.signal.Samples.Sample;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Client messages of the contract: the good ones reach the room, the bad ones are answered with an error or counted.
class ClientSamplesTest {
    /// What this server offers. Other methods of the contract are answered as unknown until they are built.
    private static final Set<String> METHODS = Set.of(
            "ping",
            "analytics",
            "join",
            "leave",
            "offer",
            "answer",
            "trickle",
            "track-update",
            "broadcast",
            "peer-update",
            "group-join",
            "group-leave",
            "group-add",
            "group-remove",
            "track-update-request",
            "change-track-mute-state-request",
            "peer-leave-request",
            "end-room",
            "role-change-request",
            "role-change",
            "get-peer",
            "find-peer",
            "peer-iter-next",
            "peer-name-search",
            "set-metadata",
            "get-metadata",
            "listen-metadata-change",
            "metadata-add",
            "metadata-append",
            "metadata-writers",
            "metadata-history",
            "whiteboard-create",
            "whiteboard-get",
            "whiteboard-close",
            "poll-info-set",
            "poll-info-get",
            "poll-questions-set",
            "poll-questions-get",
            "poll-start",
            "poll-stop",
            "poll-response",
            "poll-responses",
            "poll-list",
            "poll-result",
            "poll-leaderboard");

    /// Answered by the connection itself.
    private static final Set<String> WITHOUT_ROOM = Set.of("ping", "analytics");

    /// Served although a client should not say it so: nobody is better off when a leaving peer is kept, a ping without
    /// a time goes unanswered, or a track is refused whose id is its key anyway.
    private static final Set<String> TOLERATED =
            Set.of("leave+no-reason", "ping+no-timestamp", "offer+track-without-id");

    private final Conversation conversation = new Conversation();

    static Stream<Sample> goodRequests() {
        return Samples.in("good/client-request");
    }

    static Stream<Sample> goodNotifications() {
        return Samples.in("good/client-notification");
    }

    static Stream<Sample> badRequests() {
        return Samples.in("bad/client-request").filter(sample -> !TOLERATED.contains(sample.name()));
    }

    static Stream<Sample> badNotifications() {
        return Samples.in("bad/client-notification").filter(sample -> !TOLERATED.contains(sample.name()));
    }

    static Stream<Sample> goodChannelRequests() {
        return Samples.in("good/channel-request");
    }

    static Stream<Sample> badChannelRequests() {
        return Samples.in("bad/channel-request");
    }

    static Stream<Sample> badFrames() {
        return Samples.in("bad/frame");
    }

    @ParameterizedTest
    @MethodSource("goodRequests")
    void aGoodRequestIsAnsweredOnceUnderItsId(Sample sample) {
        conversation.say(sample.text());

        JsonNode reply = conversation.reply();
        assertThat(reply.path("id")).isEqualTo(sample.json().path("id"));
        if (METHODS.contains(sample.method())) {
            assertThat(reply.path("result").isObject()).as(reply.toString()).isTrue();
            assertThat(conversation.room.commands).hasSize(WITHOUT_ROOM.contains(sample.method()) ? 0 : 1);
        } else {
            assertThat(reply.path("error").path("code").intValue()).isEqualTo(400);
            assertThat(conversation.counters.unknownMethods.sum()).isEqualTo(1);
        }
        assertThat(conversation.counters.malformed.sum()).isZero();
    }

    @ParameterizedTest
    @MethodSource("goodNotifications")
    void aGoodNotificationReachesTheRoomAndIsNotAnswered(Sample sample) {
        conversation.say(sample.text());

        assertThat(conversation.room.commands).hasSize(WITHOUT_ROOM.contains(sample.method()) ? 0 : 1);
        assertThat(conversation.replies).isEmpty();
        assertThat(conversation.counters.malformed.sum()).isZero();
        assertThat(conversation.counters.unknownMethods.sum()).isZero();
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void aBadRequestIsAnsweredWithAnError(Sample sample) {
        conversation.say(sample.text());

        JsonNode reply = conversation.reply();
        assertThat(reply.path("id")).isEqualTo(sample.json().path("id"));
        assertThat(reply.path("error").path("code").intValue())
                .as(reply.toString())
                .isEqualTo(400);
        assertThat(conversation.room.commands).isEmpty();
        boolean known = METHODS.contains(sample.method());
        assertThat(conversation.counters.malformed.sum()).isEqualTo(known ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("badNotifications")
    void aBadNotificationIsDroppedAndCounted(Sample sample) {
        conversation.say(sample.text());

        assertThat(conversation.replies).isEmpty();
        assertThat(conversation.room.commands).isEmpty();
        assertThat(conversation.counters.malformed.sum()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("goodChannelRequests")
    void aGoodChannelRequestIsAnsweredOnTheChannel(Sample sample) {
        conversation.sayOnChannel(sample.text());

        JsonNode reply = conversation.channelReply();
        assertThat(reply.path("id")).isEqualTo(sample.json().path("id"));
        assertThat(reply.path("result").path("track_id"))
                .isEqualTo(sample.json().path("params").path("track_id"));
        assertThat(conversation.room.commands).hasSize(1);
        assertThat(conversation.replies).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("badChannelRequests")
    void aBadChannelRequestIsAnsweredWithAnError(Sample sample) {
        conversation.sayOnChannel(sample.text());

        assertThat(conversation.channelReply().path("error").path("code").intValue())
                .isEqualTo(400);
        assertThat(conversation.room.commands).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("badFrames")
    void whatIsNoMessageIsDroppedAndCounted(Sample sample) {
        conversation.say(sample.text());

        assertThat(conversation.replies).isEmpty();
        assertThat(conversation.room.commands).isEmpty();
        assertThat(conversation.counters.malformed.sum()).isEqualTo(1);
    }
}

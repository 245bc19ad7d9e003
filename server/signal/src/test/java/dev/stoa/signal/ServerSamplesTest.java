package dev.stoa.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.board.BoardRights;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.MediaControl;
import dev.stoa.rooms.live.Message;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerView;
import dev.stoa.rooms.live.PolicyView;
import dev.stoa.rooms.live.PollNotice;
import dev.stoa.rooms.live.PollReply;
import dev.stoa.rooms.live.RoomView;
import dev.stoa.rooms.live.StoredValue;
import dev.stoa.rooms.live.TrackInfo;
import dev.stoa.rooms.template.AudioParams;
import dev.stoa.rooms.template.Permissions;
import dev.stoa.rooms.template.PublishParams;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.SubscribeParams;
import dev.stoa.rooms.template.VideoParams;
import dev.stoa.signal.json.NoticeWriter;
import dev.stoa.signal.json.ResultWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// What the server writes is the contract's sample, member for member; it may say more, never less.
class ServerSamplesTest {
    private static final TrackInfo VIDEO = new TrackInfo("t-v", "s-b", "video", "regular", "", false);
    private static final TrackInfo AUDIO = new TrackInfo("t-a", "s-a", "audio", "regular", "", false);
    private static final PeerView RAVI = ravi(List.of());
    private static final RoomView ROOM = new RoomView("room-1", "standup", "", "s-91", 1_767_225_600_000L, 100, false);

    record Written(String sample, PeerNotice notice) {
        @Override
        public String toString() {
            return sample;
        }
    }

    private static PeerView ravi(List<String> groups) {
        return new PeerView("p-2", "guest", "Ravi", "", "u-7", groups, 1_767_225_605_000L, List.of());
    }

    private static PeerView asha(String role, List<TrackInfo> tracks) {
        return new PeerView("p-1", role, "Asha", "", "u-1", List.of(), 1_767_225_590_000L, tracks);
    }

    static Stream<Written> notices() {
        return Stream.of(
                new Written("on-policy-change", new PeerNotice.PolicyChanged(policy())),
                new Written("room-info", new PeerNotice.RoomInfo(ROOM)),
                new Written("session-info", new PeerNotice.SessionInfo(ROOM, 3, 5)),
                new Written("room-state", new PeerNotice.RoomState(ROOM, 0, null)),
                new Written("peer-list", new PeerNotice.PeerList(ROOM, List.of(asha("guest", List.of(AUDIO))))),
                new Written("node-info", new PeerNotice.NodeInfo("n-18")),
                new Written("on-error", new PeerNotice.Failed(410, "session ended")),
                new Written("on-peer-join", new PeerNotice.PeerJoined(RAVI)),
                new Written("on-peer-leave", new PeerNotice.PeerLeft(RAVI)),
                new Written("on-peer-update", new PeerNotice.PeerUpdated(ravi(List.of("_handraise")))),
                new Written("on-peer-update+hidden", new PeerNotice.PeerHidden(RAVI)),
                new Written("on-track-add", new PeerNotice.TracksAdded(RAVI, List.of(VIDEO))),
                new Written("on-track-update", new PeerNotice.TracksUpdated(RAVI, List.of(VIDEO.withMute(true)))),
                new Written("on-track-remove", new PeerNotice.TracksRemoved(RAVI, List.of(VIDEO))),
                new Written("on-broadcast", new PeerNotice.MessageReceived(chat())),
                new Written(
                        "active-speakers", new PeerNotice.Speakers(List.of(new PeerNotice.Speaker("p-2", "t-a", 63)))),
                new Written(
                        "on-track-layer-update",
                        new PeerNotice.LayerChanged(
                                "t-v",
                                MediaControl.VideoPreference.NONE,
                                MediaControl.VideoPreference.HIGH,
                                true,
                                false)),
                new Written("on-peer-leave-request", new PeerNotice.LeaveRequested("p-1", "class is over", true)),
                new Written("on-role-change-request", new PeerNotice.RoleOffered("p-1", "guest", "rc-77")),
                new Written("on-track-update-request", new PeerNotice.TrackMuteRequested("p-1", "t-a", "s-a", true)),
                new Written(
                        "on-change-track-mute-state-request",
                        new PeerNotice.MuteRequested("p-1", true, "audio", "regular", List.of("guest"))),
                new Written("on-metadata-change", new PeerNotice.ValuesChanged(List.of(spotlight()))),
                new Written("on-poll-start", new PeerNotice.OfPoll(new PollNotice.Started(SamplePoll.started()))),
                new Written("on-poll-stop", new PeerNotice.OfPoll(new PollNotice.Stopped(SamplePoll.stopped()))),
                new Written("on-poll-stats", new PeerNotice.OfPoll(new PollNotice.Stats(SamplePoll.tally()))),
                new Written("on-whiteboard-update", new PeerNotice.BoardChanged("wb-1", "Board", "u-1", true)),
                new Written("on-whiteboard-update+closed", new PeerNotice.BoardChanged("wb-1", "Board", "u-1", false)),
                new Written("offer", new PeerNotice.SubscribeOffer("v=0", "n-17")));
    }

    private static StoredValue spotlight() {
        return value("spotlight", "\"p-2\"", 4);
    }

    private static StoredValue value(String key, String data, long version) {
        return new StoredValue(key, data, 1_767_225_603_000L, "p-1", version);
    }

    private static Message chat() {
        return new Message("m-1", 1_767_225_606_000L, "chat", "hello", false, List.of(), asha("host", List.of()));
    }

    private static PolicyView policy() {
        Role guest = new Role(
                "guest",
                new PublishParams(
                        List.of("audio", "video"),
                        new AudioParams(32, "opus"),
                        new VideoParams(300, "vp8", 25, 640, 360),
                        new VideoParams(500, "vp8", 10, 1920, 1080),
                        null),
                new SubscribeParams(List.of("guest"), 3200, null),
                new Permissions(false, false, false, false, false, false, true, false, false, false, false),
                2,
                0);
        JsonNode plugins = sample("on-policy-change").path("params").path("plugins");
        return new PolicyView(
                "guest",
                "tpl-1",
                Map.of("guest", guest),
                Conversation.JSON.convertValue(plugins, new TypeReference<Map<String, Object>>() {}));
    }

    private static JsonNode sample(String name) {
        return Samples.one("good/server-notification/" + name + ".json").json();
    }

    @ParameterizedTest
    @MethodSource("notices")
    void aNoticeSaysAllThatItsSampleSays(Written written) {
        JsonNode actual = Conversation.JSON.readTree(new NoticeWriter(Conversation.JSON).write(written.notice()));

        assertThat(missing("", sample(written.sample()), actual))
                .as(actual.toString())
                .isEmpty();
    }

    record Answer(String sample, CommandResult result) {
        @Override
        public String toString() {
            return sample;
        }
    }

    static Stream<Answer> answers() {
        return Stream.of(
                new Answer("good/server-result/join.json", new CommandResult.Answered("v=0", "n-17")),
                new Answer("good/server-result/offer.json", new CommandResult.Answered("v=0", "n-17")),
                new Answer("good/server-result/broadcast.json", new CommandResult.Sent("m-1", 1_767_225_602_000L)),
                new Answer("good/server-result/end-room.json", new CommandResult.Done()),
                new Answer("good/server-result/group-join.json", new CommandResult.Groups(List.of("_handraise"))),
                new Answer("good/server-result/group-leave.json", new CommandResult.Groups(List.of())),
                new Answer(
                        "good/server-result/find-peer.json", new CommandResult.PeerPage("it-5", 42, false, List.of())),
                new Answer(
                        "good/server-result/peer-iter-next.json",
                        new CommandResult.PeerPage("it-5", 42, true, List.of())),
                new Answer(
                        "good/server-result/peer-name-search.json",
                        new CommandResult.NamePage(10, 10, true, List.of(RAVI))),
                new Answer("good/server-result/set-metadata.json", new CommandResult.Value(spotlight())),
                new Answer(
                        "good/server-result/get-metadata.json",
                        new CommandResult.Value(new StoredValue("default", null, 0, null, 0))),
                new Answer("good/server-result/peer-update.json", new CommandResult.Done()),
                new Answer("good/server-result/role-change-request.json", new CommandResult.Done()),
                new Answer("good/server-result/role-change.json", new CommandResult.Done()),
                new Answer("good/server-result/track-update-request.json", new CommandResult.Done()),
                new Answer("good/server-result/change-track-mute-state-request.json", new CommandResult.Done()),
                new Answer("good/server-result/peer-leave-request.json", new CommandResult.Done()),
                new Answer("good/server-result/listen-metadata-change.json", new CommandResult.Done()),
                new Answer("good/server-result/group-add.json", new CommandResult.Groups(List.of("_handraise"))),
                new Answer("good/server-result/group-remove.json", new CommandResult.Groups(List.of())),
                new Answer("good/server-result/metadata-add.json", new CommandResult.Value(value("likes", "3", 5))),
                new Answer(
                        "good/server-result/metadata-append.json",
                        new CommandResult.Value(value("queue", "[{\"song\":\"x\"}]", 6))),
                new Answer("good/server-result/metadata-writers.json", new CommandResult.Done()),
                new Answer(
                        "good/server-result/metadata-history.json",
                        new CommandResult.Values(List.of(value("likes", "3", 5)))),
                new Answer(
                        "good/server-error/get-peer.json", new CommandResult.Refused(404, "no such peer in the room")),
                new Answer(
                        "good/server-error/set-metadata.json",
                        new CommandResult.Refused(409, "the value has version 4, not 3; read it and try again")),
                new Answer(
                        "good/server-error/broadcast.json",
                        new CommandResult.Refused(429, "too many messages of this peer; slow down and try again")),
                poll("poll-info-set", new PollReply.Saved("poll-1")),
                poll("poll-info-get", new PollReply.Info(SamplePoll.started())),
                poll("poll-questions-set", new PollReply.QuestionsSaved("poll-1", 1)),
                poll("poll-questions-get", new PollReply.Questions("poll-1", List.of(SamplePoll.question()), true)),
                poll("poll-start", new PollReply.Switched("poll-1", 60)),
                poll("poll-stop", new PollReply.Switched("poll-1", 60)),
                poll("poll-response", new PollReply.Judged("poll-1", List.of(new PollReply.Judgement(1, true, null)))),
                poll(
                        "poll-response+refused",
                        new PollReply.Judged(
                                "poll-1",
                                List.of(
                                        new PollReply.Judgement(1, true, null),
                                        new PollReply.Judgement(
                                                2,
                                                null,
                                                new CommandResult.Refused(400, "the question has no such option"))))),
                poll("poll-responses", new PollReply.Responses("poll-1", List.of(SamplePoll.given()), false, true)),
                poll("poll-list", new PollReply.Polls(List.of(SamplePoll.started()), "")),
                poll("poll-result", new PollReply.Result(SamplePoll.tally())),
                poll("poll-leaderboard", new PollReply.Ranking("poll-1", SamplePoll.leaderboard())),
                new Answer("good/server-result/whiteboard-create.json", new CommandResult.BoardMade("wb-1", "u-1")),
                new Answer(
                        "good/server-result/whiteboard-get.json",
                        new CommandResult.BoardAccess(SampleBoard.PASS, "u-1", new BoardRights(true, true, true))),
                new Answer(
                        "good/server-result/whiteboard-get+hidden.json",
                        new CommandResult.BoardAccess(SampleBoard.PASS, "u-1", BoardRights.NONE)),
                new Answer("good/server-result/whiteboard-close.json", new CommandResult.Done()),
                new Answer(
                        "good/server-error/whiteboard-create.json",
                        new CommandResult.Refused(403, "role guest lacks the permission whiteboard.admin")),
                new Answer(
                        "good/server-error/poll-start.json",
                        new CommandResult.Refused(403, "role guest lacks the permission pollWrite")),
                new Answer("good/server-error/join.json", new CommandResult.Refused(403, "room is full")),
                new Answer(
                        "good/server-error/offer.json", new CommandResult.Refused(421, "peer moved to another node")));
    }

    private static Answer poll(String sample, PollReply reply) {
        return new Answer("good/server-result/" + sample + ".json", new CommandResult.OfPoll(reply));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerSaysAllThatItsSampleSays(Answer answer) {
        JsonNode expected = Samples.one(answer.sample()).json();
        String id = expected.path("id").stringValue();

        JsonNode actual = Conversation.JSON.readTree(
                new ResultWriter(Conversation.JSON, SampleBoard.DOOR).write(id, answer.result()));

        assertThat(missing("", expected, actual)).as(actual.toString()).isEmpty();
    }

    /// Paths at which the sample says something that the message does not. An empty list may also be left out.
    private static List<String> missing(String path, JsonNode sample, JsonNode message) {
        List<String> found = new ArrayList<>();
        if (sample.isArray() && sample.isEmpty() && message.isMissingNode()) {
            return found;
        }
        if (sample.isObject() && message.isObject()) {
            for (Map.Entry<String, JsonNode> member : sample.properties()) {
                String at = path + "/" + member.getKey();
                found.addAll(missing(at, member.getValue(), message.path(member.getKey())));
            }
        } else if (sample.isArray() && message.isArray() && sample.size() == message.size()) {
            for (int i = 0; i < sample.size(); i++) {
                found.addAll(missing(path + "/" + i, sample.get(i), message.get(i)));
            }
        } else if (!sample.equals(message) && !sameNumber(sample, message)) {
            found.add(path + ": " + sample + " is " + message);
        }
        return found;
    }

    private static boolean sameNumber(JsonNode sample, JsonNode message) {
        return sample.isIntegralNumber() && message.isIntegralNumber() && sample.longValue() == message.longValue();
    }
}

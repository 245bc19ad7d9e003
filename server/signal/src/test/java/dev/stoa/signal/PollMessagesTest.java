package dev.stoa.signal;

import static dev.stoa.signal.Conversation.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PollCommand;
import dev.stoa.rooms.live.PollReply;
import dev.stoa.rooms.poll.PollAnswer;
import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollOption;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollState;
import dev.stoa.rooms.poll.PollType;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.Vote;
import dev.stoa.rooms.poll.VoterIdentity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Requests about polls on the wire: protocol section 2.13.
class PollMessagesTest {
    private final Conversation conversation = new Conversation();

    record Good(String method, String params, PollCommand command) {
        @Override
        public String toString() {
            return method + " " + params;
        }
    }

    static Stream<Good> good() {
        return Stream.of(
                new Good("poll-info-set", "{'title':'x'}", new PollCommand.SetInfo(null, bare(PollType.POLL))),
                new Good(
                        "poll-info-set",
                        "{'poll_id':null,'title':'x','type':'quiz','mode':null,'vote':null,'duration':null}",
                        new PollCommand.SetInfo(null, bare(PollType.QUIZ))),
                new Good(
                        "poll-info-set",
                        """
                        {'poll_id':'p','title':'x','type':'quiz','mode':'peerid','vote':['a'],'responses':['b'],
                        'duration':60,'anonymous':true,'visibility':true,'locked':true,'rolesThatCanVote':['z']}""",
                        new PollCommand.SetInfo(
                                "p",
                                new PollInfo(
                                        "x",
                                        PollType.QUIZ,
                                        60,
                                        true,
                                        true,
                                        true,
                                        VoterIdentity.PEERID,
                                        List.of("a"),
                                        List.of("b")))),
                new Good("poll-info-get", "{'poll_id':'p'}", new PollCommand.GetInfo("p")),
                new Good("poll-questions-set", "{'poll_id':'p'}", new PollCommand.SetQuestions("p", List.of())),
                new Good("poll-questions-set", """
                        {'poll_id':'p','questions':[{'question':{'text':'?','type':'multiple-choice','weight':5,
                        'negative':true,'once':true,'skippable':false,'duration':9,'options':[{'isCorrectAnswer':true}]},
                        'options':[{'text':'a'},{'index':2,'text':'b','weight':3}],
                        'answer':{'hidden':true,'options':[2,1]}}]}""", new PollCommand.SetQuestions("p", List.of(question()))),
                new Good("poll-questions-get", "{'poll_id':'p'}", new PollCommand.GetQuestions("p", 0, 50)),
                new Good(
                        "poll-questions-get",
                        "{'poll_id':'p','index':-3,'count':100000}",
                        new PollCommand.GetQuestions("p", 0, 100)),
                new Good("poll-start", "{'poll_id':'p'}", new PollCommand.Start("p")),
                new Good("poll-stop", "{'poll_id':'p'}", new PollCommand.Stop("p")),
                new Good(
                        "poll-response",
                        """
                        {'poll_id':'p','responses':[{'question':1,'option':2,'duration':70},
                        {'question':2,'options':[1,3]},{'question':3,'text':'hi','skipped':false},
                        {'question':4,'skipped':true}]}""",
                        new PollCommand.Respond(
                                "p",
                                List.of(
                                        new Vote(1, List.of(2), null, false, 70),
                                        new Vote(2, List.of(1, 3), null, false, 0),
                                        new Vote(3, List.of(), "hi", false, 0),
                                        new Vote(4, List.of(), null, true, 0)))),
                new Good(
                        "poll-responses",
                        "{'poll_id':'p','index':10,'count':5,'self':true}",
                        new PollCommand.GetResponses("p", 10, 5, true)),
                new Good("poll-list", "{}", new PollCommand.ListPolls(null, 50, null)),
                new Good(
                        "poll-list",
                        "{'state':'stopped','count':5,'start':'p'}",
                        new PollCommand.ListPolls(PollState.STOPPED, 5, "p")),
                new Good("poll-result", "{'poll_id':'p'}", new PollCommand.GetResult("p")),
                new Good(
                        "poll-leaderboard",
                        "{'poll_id':'p','count':10,'offset':20,'question':3}",
                        new PollCommand.GetLeaderboard("p", 20, 10, 3)),
                new Good("poll-leaderboard", "{'poll_id':'p'}", new PollCommand.GetLeaderboard("p", 0, 50, 0)));
    }

    private static PollInfo bare(PollType type) {
        return new PollInfo("x", type, 0, false, false, false, VoterIdentity.USERID, List.of(), List.of());
    }

    private static PollQuestion question() {
        return new PollQuestion(
                1,
                "?",
                QuestionType.MULTIPLE_CHOICE,
                "text",
                List.of(),
                false,
                9,
                true,
                5,
                true,
                0,
                1024,
                List.of(new PollOption(1, "a", 0), new PollOption(2, "b", 3)),
                new PollAnswer(true, List.of(1, 2), null, false, false));
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodRequestReachesTheRoomAsMeant(Good good) {
        conversation.say(request(good.method(), good.params().replace('\'', '"')));

        assertThat(conversation.command()).isEqualTo(new PeerCommand.OfPoll(good.command()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "poll-info-set {}",
                "poll-info-set {'title':7}",
                "poll-info-set {'title':'x','mode':'ip'}",
                "poll-info-set {'title':'x','vote':'host'}",
                "poll-info-set {'title':'x','duration':'60'}",
                "poll-info-set {'title':'x','duration':1e99}",
                "poll-info-set {'title':'x','anonymous':'yes'}",
                "poll-info-get {}",
                "poll-questions-set {'poll_id':'p','questions':[7]}",
                "poll-questions-set {'poll_id':'p','questions':[{}]}",
                "poll-questions-set {'poll_id':'p','questions':[{'question':{'text':'x'}}]}",
                "poll-questions-set {'poll_id':'p','questions':[{'question':{'text':'x','type':'single-choice'},"
                        + "'options':[{'index':1}]}]}",
                "poll-questions-set {'poll_id':'p','questions':[{'question':{'text':'x','type':'single-choice'},"
                        + "'answer':7}]}",
                "poll-questions-set {'poll_id':'p','questions':[{'question':{'text':'x','type':'single-choice'},"
                        + "'answer':{'options':['1']}}]}",
                "poll-questions-get {'poll_id':7}",
                "poll-response {'poll_id':'p','responses':'all'}",
                "poll-response {'poll_id':'p','responses':[{'question':1,'options':[1.5]}]}",
                "poll-response {'poll_id':'p','responses':[{'question':1,'duration':'long'}]}",
                "poll-response {'poll_id':'p','responses':[{'question':99999999999}]}",
                "poll-responses {'poll_id':'p','self':'me'}",
                "poll-list {'state':7}",
                "poll-leaderboard {'poll_id':'p','offset':{}}",
            })
    void aBadRequestIsAnsweredWithItsFault(String text) {
        int space = text.indexOf(' ');
        conversation.say(
                request(text.substring(0, space), text.substring(space + 1).replace('\'', '"')));

        JsonNode error = conversation.reply().path("error");
        assertThat(error.path("code").intValue()).isEqualTo(400);
        assertThat(error.path("message").stringValue()).isNotBlank();
        assertThat(conversation.room.commands).isEmpty();
    }

    @Test
    void votersOfAnAnonymousPollStayUnnamed() {
        conversation.room.answer = command ->
                new CommandResult.OfPoll(new PollReply.Responses("poll-1", List.of(SamplePoll.given()), true, true));
        conversation.say(request("poll-responses", "{\"poll_id\":\"poll-1\"}"));

        String text = conversation.reply().toString();
        assertThat(text).doesNotContain("u-7", "p-2", "Ravi", SamplePoll.RAVI.hash());
        assertThat(conversation.reply().at("/result/responses/0/peer/peerid").stringValue())
                .as("clients read it")
                .isEmpty();
    }
}

package dev.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollResponse;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.PollType;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.poll.VoterIdentity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `/v2/polls`: section 13 of the server API reference.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PollsTest {
    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00.125Z");
    private static final String QUIZ = """
            {"title":"Quiz","type":"quiz","duration":60,"anonymous":true,"mode":"peerid","start":"manual",
             "vote":["guest"],"questions":[
              {"text":"2+2","type":"single-choice","weight":5,"once":true,"skippable":false,
               "attachment":[{"type":"image/png","url":"https://example.org/a.png"}],
               "options":[{"text":"4"},{"index":2,"text":"5"},{"text":"6"}],"answer":{"hidden":true,"options":[1]}},
              {"text":"Capital?","type":"short-answer","answer":{"text":"Rome","trim":true}}]}""";
    private ApiServer api;

    @BeforeAll
    void start() {
        api = new ApiServer();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private String made() {
        return api.post("/v2/polls", QUIZ).text("id");
    }

    @Test
    void aPollIsMadeReadAndRewritten() {
        ApiServer.Answer made = api.post("/v2/polls", QUIZ);

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text("id")).matches("[0-9a-f]{24}");
        assertThat(made.text("start")).isEqualTo("manual");
        assertThat(made.json().at("/questions/0/index").asInt()).isEqualTo(1);
        assertThat(made.json().at("/questions/0/options/2/index").asInt()).isEqualTo(3);
        assertThat(made.json().at("/questions/0/answer/options/0").asInt()).isEqualTo(1);
        assertThat(made.json().at("/questions/1/answer_max_len").asInt()).isEqualTo(1024);
        String path = "/v2/polls/" + made.text("id");
        assertThat(api.get(path).json()).isEqualTo(made.json());

        ApiServer.Answer rewritten = api.post(path, "{\"title\":\"Lunch\"}");
        assertThat(rewritten.status()).isEqualTo(200);
        assertThat(rewritten.text("type")).isEqualTo("poll");
        assertThat(rewritten.text("start")).isEqualTo("auto");
        assertThat(rewritten.json().path("questions")).isEmpty();
        assertThat(rewritten.text("created_at")).isEqualTo(made.text("created_at"));
    }

    @Test
    void questionsAndOptionsAreChangedOneByOne() {
        String path = "/v2/polls/" + made();

        ApiServer.Answer added = api.post(path + "/questions/3", "{\"text\":\"Why?\",\"type\":\"long-answer\"}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.json().path("index").asInt()).isEqualTo(3);
        assertThat(api.post(path + "/questions/5", "{\"text\":\"x\",\"type\":\"long-answer\"}")
                        .status())
                .isEqualTo(404);
        assertThat(api.delete(path + "/questions/2").status()).isEqualTo(204);
        assertThat(api.get(path).json().at("/questions/1/text").asString()).isEqualTo("Why?");
        assertThat(api.get(path).json().at("/questions/1/index").asInt()).isEqualTo(2);

        assertThat(api.post(path + "/questions/1/options/4", "{\"text\":\"7\"}").status())
                .isEqualTo(200);
        assertThat(api.delete(path + "/questions/1/options/2").status()).isEqualTo(204);
        assertThat(api.get(path).json().at("/questions/0/options/1/text").asString())
                .isEqualTo("6");
        assertThat(api.delete(path + "/questions/1/options/1").status()).isEqualTo(204);
        assertThat(api.get(path).json().at("/questions/0/answer/options"))
                .as("the right one is gone")
                .isEmpty();
        assertThat(api.delete(path + "/questions/1/options/1").status())
                .as("one option is no choice")
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                         | title must have
            {"title":7}                                                                | title must be a string
            {"title":"x","type":"vote"}                                                | type must be one of
            {"title":"x","mode":"ip"}                                                  | mode must be one of
            {"title":"x","start":"now"}                                                | start must be one of
            {"title":"x","duration":-1}                                                | duration must be between
            {"title":"x","questions":{}}                                               | questions must be an array
            {"title":"x","questions":[7]}                                              | must be an object
            {"title":"x","questions":[{"text":"?","type":"colour"}]}                   | type must be one of
            {"title":"x","questions":[{"text":"?","options":[{"text":"a"}]}]}          | number of options
            {"title":"x","questions":[{"text":"?","type":"long-answer","index":2}]}    | numbered from 1
            {"title":"x","questions":[{"text":"?","answer":{"options":["1"]}}]}        | array of integers
            """)
    void aBadPollIsRefusedWithItsFault(String body, String fault) {
        ApiServer.Answer answer = api.post("/v2/polls", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.details()).contains(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/sessions",
                "/responses",
                "/responses/x",
                "/results",
                "/results/x",
            })
    void anUnknownPollIsNotFound(String rest) {
        assertThat(api.get("/v2/polls/nowhere" + rest).status()).isEqualTo(404);
    }

    @Test
    void questionsOfUnknownPollsAreNotFound() {
        assertThat(api.post("/v2/polls/nowhere", "{\"title\":\"x\"}").status()).isEqualTo(404);
        assertThat(api.delete("/v2/polls/nowhere/questions/1").status()).isEqualTo(404);
        assertThat(api.delete("/v2/polls/" + made() + "/questions/one").status())
                .isEqualTo(404);
        assertThat(api.delete("/v2/polls/" + made() + "/questions/1/options/9").status())
                .isEqualTo(404);
    }

    @Test
    void roomsAreLinkedToPollsThatExist() {
        String poll = made();

        ApiServer.Answer room = api.post("/v2/rooms", "{\"polls\":[\"" + poll + "\"]}");
        assertThat(room.status()).isEqualTo(200);
        assertThat(room.json().at("/polls/0").asString()).isEqualTo(poll);
        ApiServer.Answer refused = api.post("/v2/rooms/" + room.text("id"), "{\"polls\":[\"nowhere\"]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.details()).contains("a poll that does not exist");
        assertThat(api.post("/v2/rooms/" + room.text("id"), "{\"polls\":[]}")
                        .json()
                        .path("polls"))
                .isEmpty();
    }

    /// A poll that somebody made in a room, answered by one who changed the answer and by one who was anonymous.
    private void asked(String poll, String suffix) {
        PollInfo info = new PollInfo(
                "In the room", PollType.QUIZ, 0, false, false, false, VoterIdentity.USERID, List.of(), List.of());
        api.store
                .polls()
                .saveRun(new PollRun(
                        "run" + suffix,
                        api.workspace.id(),
                        poll,
                        "session" + suffix,
                        info,
                        List.<PollQuestion>of(),
                        T0,
                        T0.plusSeconds(9)));
        api.store
                .polls()
                .addResponses(List.of(response(poll, suffix, "a", 1, null), response(poll, suffix, "b", 2, null)));
        api.store.polls().addResponses(List.of(response(poll, suffix, "c", 1, "a" + suffix)));
    }

    private StoredResponse response(String poll, String suffix, String id, int voter, String original) {
        return new StoredResponse(
                new StoredResponse.PollRef(api.workspace.id(), "run" + suffix, poll, "session" + suffix),
                new PollResponse(
                        id + suffix,
                        voter,
                        QuestionType.SINGLE_CHOICE,
                        List.of(2),
                        null,
                        false,
                        original,
                        original == null ? 0 : 1,
                        4200,
                        T0.toEpochMilli(),
                        true,
                        5),
                voter,
                voter == 1 ? "peer" : null,
                voter == 1 ? "user" : null,
                false);
    }

    @Test
    void whatWasAnsweredInARoomCanBeRead() {
        asked("1767225600000", "1");
        String path = "/v2/polls/1767225600000";

        assertThat(api.get(path).text("title")).isEqualTo("In the room");
        ApiServer.Answer runs = api.get(path + "/sessions");
        assertThat(runs.json().at("/responses/0/session_id").asString()).isEqualTo("session1");
        assertThat(runs.json().at("/responses/0/total_responses").asInt()).isEqualTo(2);
        assertThat(runs.json().at("/responses/0/unique_participants").asInt()).isEqualTo(2);

        ApiServer.Answer counting = api.get(path + "/responses");
        assertThat(counting.json().path("responses")).hasSize(2);
        assertThat(counting.json().at("/responses/0/id").asString()).isEqualTo("c1");
        assertThat(counting.json().at("/responses/0/update").asBoolean()).isTrue();
        assertThat(counting.json().at("/responses/0/original_response").asString())
                .isEqualTo("a1");
        assertThat(counting.json().at("/responses/0/option").asInt()).isEqualTo(2);
        assertThat(counting.json().at("/responses/0/user_id").asString()).isEqualTo("user");
        assertThat(counting.json().at("/responses/1/user_id").isMissingNode())
                .as("anonymous")
                .isTrue();
        assertThat(api.get(path + "/responses?all=true").json().path("responses"))
                .hasSize(3);
        assertThat(api.get(path + "/responses?question=2").json().path("responses"))
                .hasSize(1);
        assertThat(api.get(path + "/responses?question=two").status()).isEqualTo(400);
        assertThat(api.get(path + "/responses/a1").text("sent_at")).isEqualTo("2026-03-02T08:00:00.125Z");
        assertThat(api.get(path + "/results").json().at("/results/0/score").asInt())
                .isEqualTo(5);
        assertThat(api.get(path + "/results/c1").json().path("score").asInt()).isEqualTo(5);
        assertThat(api.post(path, "{\"title\":\"x\"}").status())
                .as("it belongs to its room")
                .isEqualTo(404);
    }
}

package dev.stoa.rooms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.poll.PollAnswer;
import dev.stoa.rooms.poll.PollAttachment;
import dev.stoa.rooms.poll.PollDefinition;
import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollOption;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.poll.PollResponse;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.PollType;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.poll.VoterIdentity;
import dev.stoa.rooms.room.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every store has to do with polls; part of [RepositoryContract].
final class PollContract {
    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00.125Z");
    private static final Page.Request PAGE = new Page.Request(10, null);
    private final PollRepository polls;
    private final String workspace;
    private final String other;

    PollContract(PollRepository polls, String workspace, String other) {
        this.polls = polls;
        this.workspace = workspace;
        this.other = other;
    }

    private static PollInfo info() {
        return new PollInfo(
                "Quiz ü",
                PollType.QUIZ,
                60,
                true,
                true,
                false,
                VoterIdentity.PEERID,
                List.of("guest"),
                List.of("host", "guest"));
    }

    private static PollQuestion question() {
        return new PollQuestion(
                1,
                "2+2?",
                QuestionType.MULTIPLE_CHOICE,
                "text",
                List.of(new PollAttachment("image/png", "https://example.org/a.png")),
                false,
                30,
                true,
                5,
                true,
                1,
                99,
                List.of(new PollOption(1, "4", 2), new PollOption(2, "5", 0)),
                new PollAnswer(true, List.of(1), "four", true, true));
    }

    void definitionsComeBackAsTheyWent() {
        PollDefinition poll = new PollDefinition("p1", workspace, info(), true, List.of(question()), T0, T0);
        polls.save(poll);
        assertThat(polls.byId(workspace, "p1")).contains(poll);
        assertThat(polls.byId(other, "p1")).isEmpty();
        assertThat(polls.existing(workspace, List.of("p1", "p2"))).containsExactly("p1");
        assertThat(polls.existing(other, List.of("p1"))).isEmpty();
        assertThat(polls.existing(workspace, List.of())).isEmpty();

        PollDefinition changed = new PollDefinition("p1", workspace, info(), false, List.of(), T0, T0.plusMillis(7));
        polls.save(changed);
        assertThat(polls.byId(workspace, "p1")).contains(changed);
    }

    private PollRun run(String id, String sessionId) {
        return new PollRun(id, workspace, "p1", sessionId, info(), List.of(question()), T0, null);
    }

    /// @param sessions two that the store knows
    void runsComeBackAndEnd(List<String> sessions) {
        PollRun first = run("r1", sessions.get(0));
        PollRun second = run("r2", sessions.get(1));
        polls.saveRun(first);
        polls.saveRun(second);
        assertThat(polls.latestRun(workspace, "p1")).contains(second);
        assertThat(polls.latestRun(other, "p1")).isEmpty();

        polls.saveRun(second.stopped(T0.plusSeconds(5)));
        polls.endRuns(sessions.get(0), T0.plusSeconds(9));
        polls.endRuns(sessions.get(1), T0.plusSeconds(9));
        assertThat(polls.runs(workspace, "p1", PAGE).data())
                .containsExactly(
                        new PollRepository.RunSummary("r2", "p1", sessions.get(1), T0, T0.plusSeconds(5), 0, 0),
                        new PollRepository.RunSummary("r1", "p1", sessions.get(0), T0, T0.plusSeconds(9), 0, 0));
        assertThat(polls.runs(workspace, "p1", new Page.Request(10, "r2")).data())
                .extracting(PollRepository.RunSummary::id)
                .containsExactly("r1");
        assertThat(polls.runs(other, "p1", PAGE).data()).isEmpty();
    }

    private StoredResponse response(String id, String session, int question, int voter, @Nullable String original) {
        return new StoredResponse(
                new StoredResponse.PollRef(workspace, "r1", "p1", session),
                new PollResponse(
                        id,
                        question,
                        QuestionType.SINGLE_CHOICE,
                        List.of(2),
                        voter == 1 ? "text" : null,
                        false,
                        original,
                        original == null ? 0 : 1,
                        4200,
                        T0.toEpochMilli(),
                        true,
                        -5),
                voter,
                voter == 1 ? "peer" : null,
                voter == 1 ? "user" : null,
                false);
    }

    private static StoredResponse superseded(StoredResponse old) {
        return new StoredResponse(old.poll(), old.response(), old.voter(), old.peerId(), old.userId(), true);
    }

    void anAnswerTakesThePlaceOfTheOneBefore(String session) {
        polls.saveRun(run("r1", session));
        StoredResponse a = response("a", session, 1, 1, null);
        StoredResponse b = response("b", session, 2, 1, null);
        StoredResponse c = response("c", session, 1, 2, null);
        StoredResponse again = response("d", session, 1, 1, "a");
        polls.addResponses(List.of(a, b));
        polls.addResponses(List.of(c));
        polls.addResponses(List.of(again));

        assertThat(polls.responses(workspace, "p1", null, false, PAGE).data()).containsExactly(again, c, b);
        assertThat(polls.responses(workspace, "p1", null, true, PAGE).data())
                .containsExactly(again, c, b, superseded(a));
        assertThat(polls.responses(workspace, "p1", 2, false, PAGE).data()).containsExactly(b);
        assertThat(polls.responses(workspace, "p1", null, false, new Page.Request(10, "c"))
                        .data())
                .containsExactly(b);
        assertThat(polls.responses(other, "p1", null, true, PAGE).data()).isEmpty();
        assertThat(polls.response(workspace, "p1", "a")).contains(superseded(a));
        assertThat(polls.response(workspace, "p2", "a")).isEmpty();
        assertThat(polls.response(other, "p1", "a")).isEmpty();
        assertThat(polls.runs(workspace, "p1", PAGE).data())
                .extracting(PollRepository.RunSummary::responses, PollRepository.RunSummary::voters)
                .containsExactly(org.assertj.core.api.Assertions.tuple(3, 2));
    }
}

package dev.stoa.rooms.live;

import static dev.stoa.rooms.live.TestPolls.accepted;
import static dev.stoa.rooms.live.TestPolls.choice;
import static dev.stoa.rooms.live.TestPolls.chosen;
import static dev.stoa.rooms.live.TestPolls.draft;
import static dev.stoa.rooms.live.TestPolls.heard;
import static dev.stoa.rooms.live.TestPolls.info;
import static dev.stoa.rooms.live.TestPolls.refused;
import static dev.stoa.rooms.live.TestPolls.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.poll.PollAnswer;
import dev.stoa.rooms.poll.PollDefinition;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollRecord;
import dev.stoa.rooms.poll.PollState;
import dev.stoa.rooms.poll.PollTally;
import dev.stoa.rooms.poll.PollType;
import dev.stoa.rooms.poll.PollView;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.template.Permissions;
import dev.stoa.rooms.template.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Polls in a room (protocol sections 2.13, 3.6.4): who sees, votes, learns; clocks; what is kept.
class PollsTest {
    private static final Permissions READ =
            new Permissions(false, false, false, false, true, false, true, false, false, false, false);

    private final TestRoom room = room();
    private final Client host = room.join("host", "h");

    /// Hosts may do everything, guests and pupils read polls, viewers do not.
    private static TestRoom room() {
        List<Role> roles = new ArrayList<>();
        for (Role role : Rooms.template().roles().values()) {
            roles.add(
                    switch (role.name()) {
                        case "host" -> Rooms.with(role, Rooms.ALL_RIGHTS);
                        case "guest" -> Rooms.with(role, READ);
                        default -> role;
                    });
        }
        roles.add(Rooms.with(Rooms.role("pupil", List.of(), List.of("host"), 0, false), READ));
        return new TestRoom(Rooms.room(true, null), Rooms.template(Map.of(), roles));
    }

    private static PollTally tally(Client client, String poll) {
        return accepted(client, new PollCommand.GetResult(poll), PollReply.Result.class)
                .tally();
    }

    @Test
    void aPollGoesFromDraftToEnd() {
        Client guest = room.join("guest", "g");
        draft(host, "p", choice(1, 0));
        assertThat(heard(guest, PollNotice.Started.class))
                .as("a draft is told nobody")
                .isEmpty();

        assertThat(accepted(host, new PollCommand.Start("p"))).isEqualTo(new PollReply.Switched("p", 0));
        PollView seen = heard(guest, PollNotice.Started.class).getFirst().poll();
        assertThat(seen.state()).isEqualTo(PollState.STARTED);
        assertThat(seen.createdBy()).isEqualTo("h");
        assertThat(seen.startedBy()).isEqualTo("h");
        assertThat(seen.questions()).isEqualTo(1);

        accepted(guest, new PollCommand.Respond("p", List.of(chosen(1, 2))));
        assertThat(heard(host, PollNotice.Stats.class).getLast().tally().questions())
                .containsExactly(new PollTally.Question(1, QuestionType.SINGLE_CHOICE, List.of(0, 1, 0), 0, 0, 1));

        accepted(host, new PollCommand.Stop("p"));
        PollView over = heard(guest, PollNotice.Stopped.class).getFirst().poll();
        assertThat(over.state()).isEqualTo(PollState.STOPPED);
        assertThat(over.stoppedBy()).isEqualTo("h");
        assertThat(refused(guest, new PollCommand.Respond("p", List.of(chosen(1, 1))))
                        .code())
                .isEqualTo(409);
        assertThat(tally(guest, "p"))
                .isEqualTo(new PollTally("p", 2, 1, 1, tally(host, "p").questions()));
    }

    @Test
    void theAnswerComesBeforeTheNews() {
        draft(host, "p", choice(1, 0));
        host.forget();

        accepted(host, new PollCommand.Start("p"));
        accepted(host, new PollCommand.Respond("p", List.of(chosen(1, 2))));

        assertThat(host.kinds()).containsExactly("OfPoll", "OfPoll", "OfPoll", "OfPoll");
        assertThat(host.received.get(0)).isInstanceOf(CommandResult.class);
        assertThat(host.received.get(1)).isInstanceOf(PeerNotice.class);
        assertThat(host.received.get(2)).isInstanceOf(CommandResult.class);
        assertThat(host.received.get(3)).isInstanceOf(PeerNotice.class);
    }

    @Test
    void startingAndStoppingMayBeRepeatedButNotUndone() {
        started(host, "p", choice(1, 0));

        assertThat(accepted(host, new PollCommand.Start("p"))).isEqualTo(new PollReply.Switched("p", 0));
        accepted(host, new PollCommand.Stop("p"));
        assertThat(accepted(host, new PollCommand.Stop("p"))).isEqualTo(new PollReply.Switched("p", 0));

        assertThat(heard(host, PollNotice.Started.class)).hasSize(1);
        assertThat(heard(host, PollNotice.Stopped.class)).hasSize(1);
        assertThat(refused(host, new PollCommand.Start("p")).code()).isEqualTo(409);
        assertThat(refused(host, new PollCommand.SetInfo("p", info(0))).code()).isEqualTo(409);
        assertThat(refused(host, new PollCommand.SetQuestions("p", List.of())).code())
                .isEqualTo(409);
    }

    @Test
    void aPollWithoutQuestionsDoesNotStart() {
        accepted(host, new PollCommand.SetInfo("p", info(0)));

        assertThat(refused(host, new PollCommand.Start("p")).code()).isEqualTo(400);
        assertThat(refused(host, new PollCommand.Stop("p")).code()).isEqualTo(409);
    }

    @Test
    void aPollEndsWhenItsTimeIsOver() {
        started(host, "p", info(60), choice(1, 0));

        room.pass(59_999);
        assertThat(heard(host, PollNotice.Stopped.class)).isEmpty();
        room.pass(1);

        PollView over = heard(host, PollNotice.Stopped.class).getFirst().poll();
        assertThat(over.stoppedBy()).isNull();
        assertThat(over.stoppedAtMs()).isEqualTo(room.nowMs);
        assertThat(room.room.nextDeadlineMs()).isGreaterThan(room.nowMs + 60_000);
    }

    @Test
    void aVoteAfterTheTimeIsLateEvenBeforeTheClockIsServed() {
        started(host, "p", info(60), choice(1, 0));
        room.nowMs += 60_000;

        assertThat(refused(host, new PollCommand.Respond("p", List.of(chosen(1, 1))))
                        .code())
                .isEqualTo(409);
    }

    @Test
    void draftsAreHiddenFromWhoCannotWrite() {
        Client guest = room.join("guest", "g");
        draft(host, "p", choice(1, 0));

        assertThat(refused(guest, new PollCommand.GetInfo("p")).code()).isEqualTo(404);
        assertThat(refused(guest, new PollCommand.GetQuestions("p", 0, 50)).code())
                .isEqualTo(404);
        assertThat(accepted(guest, new PollCommand.ListPolls(null, 50, null)))
                .isEqualTo(new PollReply.Polls(List.of(), ""));
        assertThat(accepted(host, new PollCommand.ListPolls(null, 50, null), PollReply.Polls.class)
                        .polls())
                .hasSize(1);
    }

    @Test
    void whoCannotReadPollsHearsNothing() {
        Client viewer = room.join("viewer", "v");
        started(host, "p", choice(1, 0));
        accepted(host, new PollCommand.Respond("p", List.of(chosen(1, 1))));
        accepted(host, new PollCommand.Stop("p"));

        assertThat(viewer.notices(PeerNotice.OfPoll.class)).isEmpty();
    }

    @Test
    void onlyNamedRolesVoteAndSeeResults() {
        Client guest = room.join("guest", "g");
        Client pupil = room.join("pupil", "u");
        started(host, "p", info(PollType.POLL, 0, false, List.of("pupil"), List.of("guest")), choice(1, 0));

        assertThat(refused(guest, new PollCommand.Respond("p", List.of(chosen(1, 1))))
                        .code())
                .isEqualTo(403);
        accepted(pupil, new PollCommand.Respond("p", List.of(chosen(1, 1))));

        assertThat(heard(guest, PollNotice.Stats.class)).hasSize(1);
        assertThat(heard(host, PollNotice.Stats.class)).as("its creator").hasSize(1);
        assertThat(heard(pupil, PollNotice.Stats.class)).isEmpty();
        assertThat(tally(pupil, "p"))
                .as("clients give up when they are refused after the end")
                .isEqualTo(new PollTally("p", 3, 1, 1, List.of()));
        assertThat(refused(pupil, new PollCommand.GetResponses("p", 0, 50, false))
                        .code())
                .isEqualTo(403);
        assertThat(accepted(pupil, new PollCommand.GetResponses("p", 0, 50, true), PollReply.Responses.class)
                        .responses())
                .hasSize(1);
    }

    @Test
    void lateComersAndReturnersAreToldOfRunningPolls() {
        started(host, "p", choice(1, 0));
        started(host, "q", choice(1, 0));
        draft(host, "draft", choice(1, 0));

        Client guest = room.join("guest", "g");
        assertThat(heard(guest, PollNotice.Started.class))
                .extracting(notice -> notice.poll().id())
                .as("one message each")
                .containsExactly("p", "q");

        guest.drop();
        Client again = guest.comeBack();
        assertThat(heard(again, PollNotice.Started.class)).hasSize(2);
    }

    @Test
    void whoMayReadPollsByANewRoleIsToldOfRunningOnes() {
        Client viewer = room.join("viewer", "v");
        started(host, "p", choice(1, 0));

        host.send(new PeerCommand.ChangeRole("v", "guest", true));
        assertThat(heard(viewer, PollNotice.Started.class)).hasSize(1);
        host.send(new PeerCommand.ChangeRole("v", "pupil", true));
        assertThat(heard(viewer, PollNotice.Started.class)).as("knows already").hasSize(1);
    }

    @Test
    void countsAreToldAtMostTwiceASecond() {
        List<Client> voters = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            voters.add(room.join("guest", "g" + i));
        }
        started(host, "p", choice(1, 0));
        room.pass(1000);

        for (Client voter : voters) {
            accepted(voter, new PollCommand.Respond("p", List.of(chosen(1, 1))));
        }
        assertThat(heard(host, PollNotice.Stats.class)).hasSize(1);
        room.pass(500);

        assertThat(heard(host, PollNotice.Stats.class)).hasSize(2);
        assertThat(heard(host, PollNotice.Stats.class).getLast().tally().voters())
                .isEqualTo(10);
        room.pass(500);
        assertThat(heard(host, PollNotice.Stats.class)).as("nothing new").hasSize(2);
    }

    @Test
    void hiddenAnswersComeOutAtTheEnd() {
        Client guest = room.join("guest", "g");
        PollQuestion hidden = choice(1, 1).withAnswer(new PollAnswer(true, List.of(1), null, false, false));
        started(host, "p", info(PollType.QUIZ, 0, false, List.of(), List.of()), hidden, choice(2, 2));

        PollReply.Questions shown =
                accepted(guest, new PollCommand.GetQuestions("p", 0, 50), PollReply.Questions.class);
        assertThat(shown.questions())
                .extracting(PollQuestion::answer)
                .containsExactly(PollAnswer.concealed(), choice(2, 2).answer());
        assertThat(accepted(host, new PollCommand.GetQuestions("p", 0, 50), PollReply.Questions.class)
                        .questions())
                .containsExactly(hidden, choice(2, 2));
        assertThat(accepted(guest, new PollCommand.Respond("p", List.of(chosen(1, 1), chosen(2, 2)))))
                .isEqualTo(new PollReply.Judged(
                        "p", List.of(new PollReply.Judgement(1, null, null), new PollReply.Judgement(2, true, null))));
        assertThat(heard(guest, PollNotice.Stats.class).getLast().tally().questions())
                .extracting(PollTally.Question::correct)
                .containsExactly(null, 1);
        assertThat(heard(host, PollNotice.Stats.class).getLast().tally().questions())
                .extracting(PollTally.Question::correct)
                .containsExactly(1, 1);

        accepted(host, new PollCommand.Stop("p"));
        assertThat(accepted(guest, new PollCommand.GetQuestions("p", 0, 50), PollReply.Questions.class)
                        .questions())
                .containsExactly(hidden, choice(2, 2));
        assertThat(tally(guest, "p").questions())
                .extracting(PollTally.Question::correct)
                .containsExactly(1, 1);
    }

    @Test
    void aRequestWithoutAnyGoodAnswerFailsAndOthersAreJudgedOneByOne() {
        started(host, "p", choice(1, 0));

        assertThat(refused(host, new PollCommand.Respond("p", List.of(chosen(1, 9))))
                        .code())
                .isEqualTo(400);
        PollReply.Judged judged = accepted(
                host, new PollCommand.Respond("p", List.of(chosen(7, 1), chosen(1, 1))), PollReply.Judged.class);
        assertThat(judged.judgements().get(0).error())
                .isEqualTo(new CommandResult.Refused(404, "the poll has no question 7"));
        assertThat(judged.judgements().get(1).error()).isNull();
        assertThat(refused(host, new PollCommand.Respond("p", List.of())).code())
                .isEqualTo(400);
    }

    @Test
    void theLeaderboardIsForTheEndAndNeverForAnonymousPolls() {
        started(host, "p", info(PollType.QUIZ, 0, false, List.of(), List.of()), choice(1, 1));
        started(host, "a", info(PollType.QUIZ, 0, true, List.of(), List.of()), choice(1, 1));
        accepted(host, new PollCommand.Respond("p", List.of(chosen(1, 1))));
        accepted(host, new PollCommand.Stop("a"));
        PollCommand ask = new PollCommand.GetLeaderboard("p", 0, 10, 0);

        assertThat(refused(host, ask).code()).isEqualTo(409);
        accepted(host, new PollCommand.Stop("p"));
        assertThat(accepted(host, ask, PollReply.Ranking.class).board().entries())
                .extracting(entry -> entry.voter().peerId())
                .containsExactly("h");
        assertThat(refused(host, new PollCommand.GetLeaderboard("a", 0, 10, 0)).code())
                .isEqualTo(400);
        assertThat(refused(host, new PollCommand.GetLeaderboard("p", 0, 10, 2)).code())
                .isEqualTo(404);
    }

    @Test
    void listsArePagedInTheOrderOfMaking() {
        for (int i = 0; i < 5; i++) {
            draft(host, "p" + i, choice(1, 0));
        }

        PollReply.Polls first =
                accepted(host, new PollCommand.ListPolls(PollState.CREATED, 3, null), PollReply.Polls.class);
        assertThat(first.polls()).extracting(PollView::id).containsExactly("p0", "p1", "p2");
        PollReply.Polls second =
                accepted(host, new PollCommand.ListPolls(PollState.CREATED, 3, first.last()), PollReply.Polls.class);
        assertThat(second.polls()).extracting(PollView::id).containsExactly("p3", "p4");
        assertThat(second.last()).isEmpty();
    }

    @Test
    void aSessionHasAHundredPolls() {
        Client other = room.join("host", "other");
        for (int i = 0; i < 100; i++) {
            Client maker = i % 2 == 0 ? host : other;
            accepted(maker, new PollCommand.SetInfo(null, info(0)));
            room.pass(50);
        }

        assertThat(refused(host, new PollCommand.SetInfo(null, info(0))).code()).isEqualTo(400);
    }

    @Test
    void whatIsKeptNamesNobodyInAnAnonymousPoll() {
        started(host, "p", choice(1, 1));
        started(host, "a", info(PollType.POLL, 0, true, List.of(), List.of()), choice(1, 1));
        accepted(host, new PollCommand.Respond("p", List.of(chosen(1, 1))));
        accepted(host, new PollCommand.Respond("a", List.of(chosen(1, 2))));

        List<StoredResponse> kept = records(PollRecord.Answered.class).stream()
                .flatMap(answered -> answered.responses().stream())
                .toList();
        assertThat(kept).extracting(StoredResponse::peerId).containsExactly("h", null);
        assertThat(kept).extracting(StoredResponse::userId).containsExactly("user-h", null);
        assertThat(kept).extracting(response -> response.response().score()).containsExactly(10, 0);
        assertThat(kept).extracting(StoredResponse::voter).containsExactly(1, 1);
    }

    @Test
    void whatRunsEndsWithTheSessionAndTheNextOneBeginsEmpty() {
        started(host, "p", choice(1, 0));

        host.send(new PeerCommand.Leave(""));

        assertThat(room.eventKinds()).endsWith("PollChanged", "PeerGone", "SessionClosed");
        assertThat(records(PollRecord.Stopped.class)).hasSize(1);
        Client again = room.join("host", "h");
        assertThat(refused(again, new PollCommand.GetInfo("p")).code()).isEqualTo(404);
    }

    @Test
    void linkedPollsStartWithTheSessionOrWaitForSomebody() {
        TestRoom linked = room();
        PollDefinition auto = definition("auto", true);
        PollDefinition manual = definition("manual", false);
        linked.room.linkPolls(linked.nowMs, List.of(auto, manual));

        Client first = linked.join("host", "h");
        assertThat(heard(first, PollNotice.Started.class))
                .extracting(notice -> notice.poll().id())
                .containsExactly("auto");
        assertThat(heard(first, PollNotice.Started.class).getFirst().poll().startedBy())
                .isNull();
        accepted(first, new PollCommand.Start("manual"));

        PollDefinition late = definition("late", true);
        linked.room.linkPolls(linked.nowMs, List.of(auto, manual, late));
        assertThat(accepted(first, new PollCommand.GetInfo("late"), PollReply.Info.class)
                        .poll()
                        .state())
                .as("the session is open already")
                .isEqualTo(PollState.CREATED);
        assertThat(heard(first, PollNotice.Started.class)).hasSize(2);

        first.send(new PeerCommand.Leave(""));
        Client second = linked.join("guest", "g");
        assertThat(heard(second, PollNotice.Started.class))
                .extracting(notice -> notice.poll().id())
                .as("the next session has them again")
                .containsExactly("auto", "late");
    }

    private static PollDefinition definition(String id, boolean auto) {
        return new PollDefinition(
                id, Rooms.WORKSPACE, info(0), auto, List.of(choice(1, 0)), Instant.EPOCH, Instant.EPOCH);
    }

    private <T extends PollRecord> List<T> records(Class<T> type) {
        return room.events.stream()
                .filter(RoomEvent.PollChanged.class::isInstance)
                .map(event -> ((RoomEvent.PollChanged) event).poll())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}

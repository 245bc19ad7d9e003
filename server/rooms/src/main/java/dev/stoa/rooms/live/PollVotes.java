package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.poll.LivePoll;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.PollState;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.poll.Vote;
import dev.stoa.rooms.poll.Voter;
import java.util.ArrayList;
import java.util.List;

/// Questions, votes and what came of them, of one poll that the asker may see.
final class PollVotes {
    private final SessionKeeper session;
    private final IdSource ids;

    PollVotes(SessionKeeper session, IdSource ids) {
        this.session = session;
        this.ids = ids;
    }

    CommandResult questions(Seat seat, PollEntry entry, PollCommand.GetQuestions query) {
        List<PollQuestion> all = entry.poll.questions();
        int from = Math.min(query.index(), all.size());
        int to = Math.min(all.size(), from + query.count());
        List<PollQuestion> page = all.subList(from, to);
        List<PollQuestion> shown = PollRights.mayKnowAnswers(seat, entry.poll)
                ? page
                : page.stream().map(PollQuestion::concealed).toList();
        return reply(new PollReply.Questions(entry.poll.id(), shown, to == all.size()));
    }

    /// Each question is judged for itself. When none of the answers counts, the request fails: web clients do not look
    /// into the answer.
    CommandResult respond(long nowMs, Seat seat, PollEntry entry, List<Vote> votes) {
        LivePoll poll = entry.poll;
        if (!PollRights.mayVote(seat, poll)) {
            return new CommandResult.Refused(403, "role " + seat.role.name() + " may not vote in this poll");
        }
        if (poll.state() != PollState.STARTED || poll.deadlineMs() <= nowMs) {
            return new CommandResult.Refused(409, "the poll is not running");
        }
        if (votes.isEmpty()) {
            return new CommandResult.Refused(400, "there is no answer in the request");
        }
        Voter voter = PollRights.voter(seat);
        List<PollReply.Judgement> judgements = new ArrayList<>();
        List<StoredResponse> counted = new ArrayList<>();
        for (Vote vote : votes) {
            switch (poll.vote(nowMs, voter, vote, ids)) {
                case LivePoll.VoteOutcome.Refused(int code, String message) ->
                    judgements.add(
                            new PollReply.Judgement(vote.question(), null, new CommandResult.Refused(code, message)));
                case LivePoll.VoteOutcome.Counted vetted -> {
                    judgements.add(judgement(poll, vetted));
                    keep(entry, voter, vetted, counted);
                }
            }
        }
        CommandResult.Refused first = judgements.getFirst().error();
        if (counted.isEmpty() && first != null) {
            return first;
        }
        entry.changed = true;
        session.pollAnswered(counted);
        return reply(new PollReply.Judged(poll.id(), judgements));
    }

    private static PollReply.Judgement judgement(LivePoll poll, LivePoll.VoteOutcome.Counted counted) {
        int question = counted.response().question();
        boolean hidden = poll.questions().get(question - 1).answer().hidden();
        return new PollReply.Judgement(
                question, hidden ? null : (Boolean) counted.response().correct(), null);
    }

    private static void keep(
            PollEntry entry, Voter voter, LivePoll.VoteOutcome.Counted counted, List<StoredResponse> kept) {
        PollRun run = entry.run;
        if (run != null) {
            boolean named = !entry.poll.info().anonymous();
            kept.add(new StoredResponse(
                    new StoredResponse.PollRef(run.workspaceId(), run.id(), run.pollId(), run.sessionId()),
                    counted.response(),
                    counted.voterNumber(),
                    named ? voter.peerId() : null,
                    named ? voter.userId() : null,
                    false));
        }
    }

    CommandResult responses(Seat seat, PollEntry entry, PollCommand.GetResponses query) {
        LivePoll poll = entry.poll;
        if (!query.self() && !PollRights.maySeeResults(seat, poll)) {
            return hiddenResults(seat);
        }
        Voter of = query.self() ? PollRights.voter(seat) : null;
        List<LivePoll.Given> found = poll.responses(of, query.index(), query.count());
        boolean last = found.size() <= query.count();
        return reply(new PollReply.Responses(
                poll.id(),
                last ? found : found.subList(0, query.count()),
                poll.info().anonymous(),
                last));
    }

    /// Names who did best, so never of an anonymous poll.
    CommandResult leaderboard(Seat seat, PollEntry entry, PollCommand.GetLeaderboard query) {
        LivePoll poll = entry.poll;
        if (!PollRights.maySeeResults(seat, poll)) {
            return hiddenResults(seat);
        }
        if (poll.info().anonymous()) {
            return new CommandResult.Refused(400, "an anonymous poll has no leaderboard");
        }
        if (poll.state() != PollState.STOPPED) {
            return new CommandResult.Refused(409, "the leaderboard is there when the poll has ended");
        }
        if (query.question() > poll.questions().size()) {
            return new CommandResult.Refused(404, "the poll has no question " + query.question());
        }
        return reply(
                new PollReply.Ranking(poll.id(), poll.leaderboard(query.question(), query.offset(), query.count())));
    }

    private static CommandResult.Refused hiddenResults(Seat seat) {
        return new CommandResult.Refused(403, "role " + seat.role.name() + " may not see results of this poll");
    }

    private static CommandResult reply(PollReply reply) {
        return new CommandResult.OfPoll(reply);
    }
}

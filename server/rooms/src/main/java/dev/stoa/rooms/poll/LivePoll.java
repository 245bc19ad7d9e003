package dev.stoa.rooms.poll;

import dev.stoa.rooms.ids.IdSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A poll of a session: a draft that can be edited, then running and taking votes, then over for good.
///
/// Knows what is asked and answered, not who may do what. Not thread-safe.
public final class LivePoll {
    private static final int MAX_VOTERS = 50_000;
    private static final int MAX_CHANGES = 50;
    private static final Comparator<Leaderboard.Entry> BEST_FIRST = Comparator.comparingInt(Leaderboard.Entry::score)
            .reversed()
            .thenComparingLong(Leaderboard.Entry::durationMs);

    private final String id;
    private final @Nullable Voter creator;
    private final long createdAtMs;
    private final Map<String, Ballot> ballots = new LinkedHashMap<>();
    private final List<QuestionCount> counts = new ArrayList<>();
    private PollInfo info;
    private List<PollQuestion> questions = List.of();
    private PollState state = PollState.CREATED;
    private @Nullable Voter startedBy;
    private @Nullable Voter stoppedBy;
    private long startedAtMs;
    private long stoppedAtMs;
    private int maxUsers;
    private int responses;

    /// @param creator null = made outside the session
    public LivePoll(String id, PollInfo info, @Nullable Voter creator, long nowMs) {
        this.id = id;
        this.info = info;
        this.creator = creator;
        this.createdAtMs = nowMs;
    }

    public String id() {
        return id;
    }

    public PollInfo info() {
        return info;
    }

    public PollState state() {
        return state;
    }

    public List<PollQuestion> questions() {
        return questions;
    }

    public boolean isBy(Voter someone) {
        return creator != null && creator.isSameAs(someone);
    }

    /// Only drafts can be edited.
    public void edit(PollInfo changed) {
        requireState(PollState.CREATED);
        info = changed;
    }

    /// Replaces all. Only drafts can be edited.
    public void ask(List<PollQuestion> changed) {
        requireState(PollState.CREATED);
        questions = List.copyOf(changed);
    }

    /// @param by null = by itself, with the session
    public void start(long nowMs, @Nullable Voter by, int peers) {
        requireState(PollState.CREATED);
        state = PollState.STARTED;
        startedBy = by;
        startedAtMs = nowMs;
        maxUsers = peers;
        questions.forEach(question -> counts.add(new QuestionCount(question)));
    }

    /// @param by null = its time is over, or the session
    public void stop(long nowMs, @Nullable Voter by) {
        requireState(PollState.STARTED);
        state = PollState.STOPPED;
        stoppedBy = by;
        stoppedAtMs = nowMs;
    }

    private void requireState(PollState needed) {
        if (state != needed) {
            throw new IllegalStateException("poll is " + state.word());
        }
    }

    /// The room has so many peers now.
    public void peers(int count) {
        if (state == PollState.STARTED) {
            maxUsers = Math.max(maxUsers, count);
        }
    }

    /// When it stops by itself, `Long.MAX_VALUE` = never.
    public long deadlineMs() {
        return state == PollState.STARTED && info.durationSeconds() > 0
                ? startedAtMs + info.durationSeconds() * 1000L
                : Long.MAX_VALUE;
    }

    public sealed interface VoteOutcome {
        /// @param voterNumber from 1, the same for all answers of a voter
        record Counted(PollResponse response, int voterNumber) implements VoteOutcome {}

        record Refused(int code, String message) implements VoteOutcome {}
    }

    /// Takes one answer of a running poll.
    public VoteOutcome vote(long nowMs, Voter voter, Vote vote, IdSource ids) {
        requireState(PollState.STARTED);
        if (vote.question() < 1 || vote.question() > questions.size()) {
            return new VoteOutcome.Refused(404, "the poll has no question " + vote.question());
        }
        PollQuestion question = questions.get(vote.question() - 1);
        String identity = voter.identity(info.mode());
        Ballot ballot = ballots.get(identity);
        PollResponse old = ballot == null ? null : ballot.answer(vote.question());
        VoteOutcome.Refused refusal = changeRefusal(question, old);
        if (refusal != null) {
            return refusal;
        }
        if (ballot == null && ballots.size() == MAX_VOTERS) {
            return new VoteOutcome.Refused(403, "the poll has as many voters as it can take");
        }
        Answer answer = new Answer(question, vote);
        String problem = answer.problem();
        if (problem != null) {
            return new VoteOutcome.Refused(400, problem);
        }
        long durationMs = Math.clamp(vote.durationMs(), 0, nowMs - startedAtMs);
        PollResponse response = answer.response(ids.objectId(), old, durationMs, nowMs);
        Ballot own = ballots.computeIfAbsent(identity, key -> new Ballot(voter, ballots.size() + 1));
        own.put(response);
        count(old, response);
        return new VoteOutcome.Counted(response, own.number);
    }

    private VoteOutcome.@Nullable Refused changeRefusal(PollQuestion question, @Nullable PollResponse old) {
        if (old == null) {
            return null;
        }
        if (question.once() || info.type() == PollType.QUIZ) {
            return new VoteOutcome.Refused(409, "the question is answered already, and the answer cannot be changed");
        }
        return old.retries() < MAX_CHANGES
                ? null
                : new VoteOutcome.Refused(409, "the answer was changed too often already");
    }

    private void count(@Nullable PollResponse old, PollResponse fresh) {
        QuestionCount count = counts.get(fresh.question() - 1);
        if (old == null) {
            responses++;
        } else {
            count.add(old, -1);
        }
        count.add(fresh, 1);
    }

    /// An answer and who gave it.
    public record Given(PollResponse response, Voter voter) {}

    /// Answers that count, voter by voter in the order of voting.
    ///
    /// @param of only those of this voter, null = all
    /// @return at most `count + 1`: one more tells that there are more
    public List<Given> responses(@Nullable Voter of, int offset, int count) {
        List<Given> found = new ArrayList<>();
        int position = 0;
        Ballot only = of == null ? null : ballots.get(of.identity(info.mode()));
        Iterable<Ballot> all = of == null ? ballots.values() : only == null ? List.of() : List.of(only);
        for (Ballot ballot : all) {
            for (PollResponse response : ballot.answers()) {
                if (position++ >= offset) {
                    found.add(new Given(response, ballot.voter));
                    if (found.size() > count) {
                        return found;
                    }
                }
            }
        }
        return found;
    }

    /// @param withQuestions false: only how many took part
    /// @param reveal true: also how many were right where the answer is hidden
    public PollTally tally(boolean withQuestions, boolean reveal) {
        List<PollTally.Question> each =
                withQuestions ? counts.stream().map(count -> count.view(reveal)).toList() : List.of();
        return new PollTally(id, maxUsers, ballots.size(), responses, each);
    }

    /// @param question only points of this one, 0 = all
    public Leaderboard leaderboard(int question, int offset, int count) {
        List<Leaderboard.Entry> ranked = new ArrayList<>();
        long timeMs = 0;
        long score = 0;
        int correct = 0;
        for (Ballot ballot : ballots.values()) {
            Leaderboard.Entry entry = ballot.entry(question);
            ranked.add(entry);
            timeMs += ballot.timeMs();
            score += entry.score();
            correct += entry.correct() > 0 ? 1 : 0;
        }
        ranked.sort(BEST_FIRST);
        int voters = ranked.size();
        return new Leaderboard(
                maxUsers,
                voters,
                correct,
                voters == 0 ? 0 : timeMs / voters,
                voters == 0 ? 0 : (double) score / voters,
                page(ranked, offset, count),
                offset + count >= voters);
    }

    private static List<Leaderboard.Entry> page(List<Leaderboard.Entry> ranked, int offset, int count) {
        List<Leaderboard.Entry> page = new ArrayList<>();
        for (int i = offset; i < Math.min(ranked.size(), offset + count); i++) {
            Leaderboard.Entry entry = ranked.get(i);
            page.add(new Leaderboard.Entry(
                    i + 1, entry.score(), entry.responses(), entry.correct(), entry.durationMs(), entry.voter()));
        }
        return page;
    }

    public PollView view() {
        return new PollView(
                id,
                info,
                state,
                peer(creator),
                peer(startedBy),
                peer(stoppedBy),
                createdAtMs,
                startedAtMs,
                stoppedAtMs,
                questions.size());
    }

    private static @Nullable String peer(@Nullable Voter someone) {
        return someone == null ? null : someone.peerId();
    }
}

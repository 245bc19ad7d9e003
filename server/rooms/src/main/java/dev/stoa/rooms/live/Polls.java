package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.poll.LivePoll;
import dev.stoa.rooms.poll.PollDefinition;
import dev.stoa.rooms.poll.PollRules;
import dev.stoa.rooms.poll.PollState;
import dev.stoa.rooms.poll.PollView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The polls of a session: who may make, start, stop and see them, and their clocks. Votes are [PollVotes]' business.
final class Polls {
    private static final int MAX_POLLS = 100;
    private static final int MAX_ID = 128;
    /// Counts are told at most this often: with thousands of voters every vote would otherwise become as many messages.
    private static final long STATS_EVERY_MS = 500;

    private final Roster roster;
    private final SessionKeeper session;
    private final IdSource ids;
    private final PollVotes votes;
    private final Map<String, PollEntry> polls = new LinkedHashMap<>();
    private List<PollDefinition> linked = List.of();

    Polls(Roster roster, SessionKeeper session, IdSource ids) {
        this.roster = roster;
        this.session = session;
        this.ids = ids;
        this.votes = new PollVotes(session, ids);
    }

    /// The reply comes before what follows from the command, as clients expect.
    void handle(long nowMs, Seat seat, PollCommand command, Consumer<CommandResult> reply) {
        List<PollNotice> news = new ArrayList<>();
        reply.accept(answer(nowMs, seat, command, news));
        news.forEach(this::tellReaders);
        settle(nowMs);
    }

    private CommandResult answer(long nowMs, Seat seat, PollCommand command, List<PollNotice> news) {
        return switch (command) {
            case PollCommand.SetInfo set -> setInfo(nowMs, seat, set);
            case PollCommand.SetQuestions set -> setQuestions(seat, set);
            case PollCommand.Start(String id) -> start(nowMs, seat, id, news);
            case PollCommand.Stop(String id) -> stop(nowMs, seat, id, news);
            case PollCommand.ListPolls query -> list(seat, query);
            case PollCommand.GetInfo(String id) -> read(seat, id, entry -> reply(new PollReply.Info(entry.view())));
            case PollCommand.GetQuestions query ->
                read(seat, query.pollId(), entry -> votes.questions(seat, entry, query));
            case PollCommand.Respond respond ->
                read(seat, respond.pollId(), entry -> votes.respond(nowMs, seat, entry, respond.votes()));
            case PollCommand.GetResponses query ->
                read(seat, query.pollId(), entry -> votes.responses(seat, entry, query));
            case PollCommand.GetResult(String id) ->
                read(seat, id, entry -> reply(new PollReply.Result(PollRights.tally(seat, entry.poll))));
            case PollCommand.GetLeaderboard query ->
                read(seat, query.pollId(), entry -> votes.leaderboard(seat, entry, query));
        };
    }

    private static CommandResult reply(PollReply reply) {
        return new CommandResult.OfPoll(reply);
    }

    private interface Reading {
        CommandResult of(PollEntry entry);
    }

    /// Drafts are hidden from who may not write them.
    private CommandResult read(Seat seat, String id, Reading reading) {
        if (!PollRights.mayRead(seat)) {
            return Refusals.lacks(seat, "pollRead");
        }
        PollEntry entry = polls.get(id);
        if (entry == null || !PollRights.maySee(seat, entry.poll)) {
            return noSuchPoll();
        }
        return reading.of(entry);
    }

    private CommandResult write(Seat seat, String id, Reading writing) {
        if (!PollRights.mayWrite(seat)) {
            return Refusals.lacks(seat, "pollWrite");
        }
        PollEntry entry = polls.get(id);
        return entry == null ? noSuchPoll() : writing.of(entry);
    }

    private static CommandResult.Refused noSuchPoll() {
        return new CommandResult.Refused(404, "no such poll in this session");
    }

    private static CommandResult.Refused notADraft(PollEntry entry) {
        return new CommandResult.Refused(
                409, "the poll is " + entry.poll.state().word() + "; only drafts can be changed");
    }

    private static CommandResult.@Nullable Refused invalid(List<String> problems) {
        return problems.isEmpty() ? null : new CommandResult.Refused(400, String.join("; ", problems));
    }

    private CommandResult setInfo(long nowMs, Seat seat, PollCommand.SetInfo set) {
        if (!PollRights.mayWrite(seat)) {
            return Refusals.lacks(seat, "pollWrite");
        }
        CommandResult.Refused refusal = invalid(PollRules.problems(set.info()));
        if (refusal != null) {
            return refusal;
        }
        String given = set.pollId();
        if (given != null && (given.isBlank() || given.length() > MAX_ID)) {
            return new CommandResult.Refused(400, "a poll's id has 1 to " + MAX_ID + " characters");
        }
        String id = given == null ? ids.objectId() : given;
        PollEntry old = polls.get(id);
        if (old == null && polls.size() >= MAX_POLLS) {
            return new CommandResult.Refused(400, "a session has at most " + MAX_POLLS + " polls");
        }
        if (old == null) {
            polls.put(id, new PollEntry(new LivePoll(id, set.info(), PollRights.voter(seat), nowMs)));
        } else if (old.poll.state() == PollState.CREATED) {
            old.poll.edit(set.info());
        } else {
            return notADraft(old);
        }
        return reply(new PollReply.Saved(id));
    }

    private CommandResult setQuestions(Seat seat, PollCommand.SetQuestions set) {
        return write(seat, set.pollId(), entry -> {
            CommandResult.Refused refusal = invalid(PollRules.problems(set.questions()));
            if (refusal != null) {
                return refusal;
            }
            if (entry.poll.state() != PollState.CREATED) {
                return notADraft(entry);
            }
            entry.poll.ask(set.questions());
            return reply(
                    new PollReply.QuestionsSaved(set.pollId(), set.questions().size()));
        });
    }

    /// Clients repeat a request whose answer they did not get: what is running already is no error.
    private CommandResult start(long nowMs, Seat seat, String id, List<PollNotice> news) {
        return write(seat, id, entry -> {
            if (entry.poll.state() == PollState.STOPPED) {
                return new CommandResult.Refused(409, "the poll is over; make another one");
            }
            if (entry.poll.questions().isEmpty()) {
                return new CommandResult.Refused(400, "the poll has no questions");
            }
            if (entry.poll.state() == PollState.CREATED) {
                news.add(start(nowMs, entry, seat));
            }
            return reply(new PollReply.Switched(id, entry.poll.info().durationSeconds()));
        });
    }

    private PollNotice start(long nowMs, PollEntry entry, @Nullable Seat by) {
        entry.poll.start(nowMs, by == null ? null : PollRights.voter(by), roster.peers());
        entry.run = session.pollStarted(nowMs, ids.objectId(), entry.poll);
        return new PollNotice.Started(entry.view());
    }

    private CommandResult stop(long nowMs, Seat seat, String id, List<PollNotice> news) {
        return write(seat, id, entry -> {
            if (entry.poll.state() == PollState.CREATED) {
                return new CommandResult.Refused(409, "the poll has not started");
            }
            if (entry.poll.state() == PollState.STARTED) {
                news.add(stop(nowMs, entry, seat));
            }
            return reply(new PollReply.Switched(id, entry.poll.info().durationSeconds()));
        });
    }

    private PollNotice stop(long nowMs, PollEntry entry, @Nullable Seat by) {
        entry.poll.stop(nowMs, by == null ? null : PollRights.voter(by));
        entry.statsAtMs = Long.MAX_VALUE;
        if (entry.run != null) {
            session.pollStopped(nowMs, entry.run);
        }
        return new PollNotice.Stopped(entry.view());
    }

    private CommandResult list(Seat seat, PollCommand.ListPolls query) {
        if (!PollRights.mayRead(seat)) {
            return Refusals.lacks(seat, "pollRead");
        }
        if (query.state() == PollState.CREATED && !PollRights.mayWrite(seat)) {
            return Refusals.lacks(seat, "pollWrite");
        }
        List<PollView> page = new ArrayList<>();
        String start = query.start();
        boolean begun = start == null || start.isEmpty() || !polls.containsKey(start);
        for (PollEntry entry : polls.values()) {
            if (begun && PollRights.maySee(seat, entry.poll) && isIn(query.state(), entry)) {
                if (page.size() == query.count()) {
                    return reply(new PollReply.Polls(page, page.getLast().id()));
                }
                page.add(entry.view());
            }
            begun |= entry.poll.id().equals(start);
        }
        return reply(new PollReply.Polls(page, ""));
    }

    private static boolean isIn(@Nullable PollState wanted, PollEntry entry) {
        return wanted == null || entry.poll.state() == wanted;
    }

    private void tellReaders(PollNotice notice) {
        PeerNotice told = new PeerNotice.OfPoll(notice);
        for (Seat seat : roster.all()) {
            if (PollRights.mayRead(seat)) {
                seat.deliver(told);
            }
        }
    }

    /// Polls linked to the room; those that are new become drafts of the running or the next session.
    void link(long nowMs, List<PollDefinition> definitions) {
        linked = definitions;
        if (!session.id().isEmpty()) {
            definitions.forEach(definition -> addDraft(nowMs, definition));
        }
    }

    private @Nullable PollEntry addDraft(long nowMs, PollDefinition definition) {
        if (polls.containsKey(definition.id()) || polls.size() >= MAX_POLLS) {
            return null;
        }
        LivePoll poll = new LivePoll(definition.id(), definition.info(), null, nowMs);
        poll.ask(definition.questions());
        PollEntry entry = new PollEntry(poll);
        polls.put(definition.id(), entry);
        return entry;
    }

    /// A peer has joined: the first one opens the session, and with it linked polls.
    void entered(long nowMs, Seat seat) {
        if (roster.peers() == 1) {
            openLinked(nowMs);
        } else {
            tellRunning(seat);
        }
        polls.values().forEach(entry -> entry.poll.peers(roster.peers()));
    }

    private void openLinked(long nowMs) {
        for (PollDefinition definition : linked) {
            PollEntry entry = addDraft(nowMs, definition);
            if (entry != null
                    && definition.autoStart()
                    && !definition.questions().isEmpty()) {
                tellReaders(start(nowMs, entry, null));
            }
        }
    }

    /// Clients do not ask for running polls. Each in a message of its own: a poll that a client knows ends its reading.
    void tellRunning(Seat seat) {
        if (!PollRights.mayRead(seat)) {
            return;
        }
        for (PollEntry entry : polls.values()) {
            if (entry.poll.state() == PollState.STARTED) {
                seat.deliver(new PeerNotice.OfPoll(new PollNotice.Started(entry.view())));
            }
        }
    }

    /// Who may read polls only now has not heard of running ones.
    void roleChanged(Seat seat, boolean couldRead) {
        if (!couldRead) {
            tellRunning(seat);
        }
    }

    long nextDeadlineMs() {
        long next = Long.MAX_VALUE;
        for (PollEntry entry : polls.values()) {
            next = Math.min(next, Math.min(entry.poll.deadlineMs(), entry.statsAtMs));
        }
        return next;
    }

    void handleTimeout(long nowMs) {
        for (PollEntry entry : List.copyOf(polls.values())) {
            if (entry.poll.deadlineMs() <= nowMs) {
                tellReaders(stop(nowMs, entry, null));
            } else if (entry.statsAtMs <= nowMs) {
                tellStats(nowMs, entry);
            }
        }
    }

    /// Counts that changed are told at once, or a little later when they just were.
    private void settle(long nowMs) {
        for (PollEntry entry : polls.values()) {
            if (entry.changed) {
                entry.changed = false;
                long next = entry.statsToldMs + STATS_EVERY_MS;
                entry.statsAtMs = Math.min(entry.statsAtMs, Math.max(nowMs, next));
                if (entry.statsAtMs <= nowMs) {
                    tellStats(nowMs, entry);
                }
            }
        }
    }

    private void tellStats(long nowMs, PollEntry entry) {
        entry.statsAtMs = Long.MAX_VALUE;
        entry.statsToldMs = nowMs;
        PeerNotice bare = stats(entry, false);
        PeerNotice full = stats(entry, true);
        for (Seat seat : roster.all()) {
            if (PollRights.maySeeResults(seat, entry.poll)) {
                seat.deliver(PollRights.mayWrite(seat) ? full : bare);
            }
        }
    }

    private static PeerNotice stats(PollEntry entry, boolean reveal) {
        return new PeerNotice.OfPoll(new PollNotice.Stats(entry.poll.tally(true, reveal)));
    }

    /// The last peer is about to be gone: what runs ends with the session.
    void sessionEnds(long nowMs) {
        for (PollEntry entry : polls.values()) {
            if (entry.poll.state() == PollState.STARTED) {
                tellReaders(stop(nowMs, entry, null));
            }
        }
    }

    void clear() {
        polls.clear();
    }
}

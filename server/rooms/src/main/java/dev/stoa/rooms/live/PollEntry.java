package dev.stoa.rooms.live;

import dev.stoa.rooms.poll.LivePoll;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.PollView;
import org.jspecify.annotations.Nullable;

/// A poll of the session with what the room keeps beside it.
final class PollEntry {
    final LivePoll poll;
    /// Since it started.
    @Nullable
    PollRun run;

    /// True when counts changed since they were last told or scheduled.
    boolean changed;

    /// When counts are to be told, `Long.MAX_VALUE` = they did not change.
    long statsAtMs = Long.MAX_VALUE;

    long statsToldMs;

    PollEntry(LivePoll poll) {
        this.poll = poll;
    }

    PollView view() {
        return poll.view();
    }
}

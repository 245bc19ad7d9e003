package dev.stoa.rooms.live;

import dev.stoa.rooms.poll.PollTally;
import dev.stoa.rooms.poll.PollView;

/// What peers are told of polls without asking.
public sealed interface PollNotice {
    record Started(PollView poll) implements PollNotice {}

    record Stopped(PollView poll) implements PollNotice {}

    record Stats(PollTally tally) implements PollNotice {}
}

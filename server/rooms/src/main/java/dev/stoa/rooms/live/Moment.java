package dev.stoa.rooms.live;

/// The time of the step a room is in, for rules far from where it comes in.
final class Moment {
    /// Unix epoch milliseconds.
    long ms;
}

package dev.stoa.rooms.statistics;

/// Who measured.
public enum Reporter {
    SERVER,
    /// The peer's own client; its word is not checked.
    CLIENT
}

package dev.stoa.media.rtc.pacer;

/// What to do with a packet that wants to leave.
public enum PacerVerdict {
    /// Send it now.
    SEND,
    /// It will be asked for through [PacerOutput#send].
    DEFERRED,
    /// There is no room: for video what was deferred of its stream is gone too, see [PacerOutput#dropped].
    DROPPED
}

package dev.stoa.rooms.board;

/// Why a whiteboard does not do what it is asked; stable, mapped to the transport's codes where that begins.
public enum BoardRefusal {
    /// Ask differently.
    INVALID,
    NOT_FOUND,
    /// The role lacks the right.
    NOT_ALLOWED,
    /// Nobody has the whiteboard open who may.
    CLOSED,
    /// Against a limit of size, number or pace.
    TOO_MUCH,
    /// The server cannot answer now; try again.
    BUSY
}

package dev.stoa.rooms.outcome;

import java.util.List;

/// Why a request was refused.
///
/// @param message short class of the failure; safe to show
/// @param details one sentence for each thing that is wrong; may be empty
public record Failure(Kind kind, String message, List<String> details) {
    public Failure {
        details = List.copyOf(details);
    }

    /// What the asker can do about it; stable, mapped to transport codes where a transport begins.
    public enum Kind {
        /// Ask differently.
        INVALID,
        /// Asked correctly, but not allowed in this state.
        FORBIDDEN,
        /// Names something that is not there.
        NOT_FOUND,
        /// Asked correctly, but something changed meanwhile.
        CONFLICT,
        /// Asked correctly; try again later.
        UNAVAILABLE,
        /// Asked correctly; this server cannot do it.
        NOT_AVAILABLE
    }
}

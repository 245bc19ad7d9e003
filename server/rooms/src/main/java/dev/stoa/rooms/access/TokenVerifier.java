package dev.stoa.rooms.access;

/// Port: checks client tokens (HS256 JWT of type `app`). Thread-safe; may block.
public interface TokenVerifier {
    /// @param expiry whether an expired token is refused; a peer still in its room may come back with one
    Check verify(String jwt, Expiry expiry);

    enum Expiry {
        ENFORCED,
        IGNORED
    }

    sealed interface Check {
        record Accepted(AppToken token) implements Check {}

        /// @param code HTTP status, also used as the protocol's error code
        record Rejected(int code, String message) implements Check {}
    }
}

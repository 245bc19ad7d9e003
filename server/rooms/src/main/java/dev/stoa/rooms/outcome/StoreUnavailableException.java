package dev.stoa.rooms.outcome;

/// Thrown by repositories when the database cannot serve the call now: lost, full, overloaded. The same call may
/// succeed later. It is the caller's to decide what goes on without it; whoever asked from outside is told 503.
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.stoa.rooms.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event and how far its delivery has come.
///
/// @param attempts made so far
/// @param nextAttemptAt when the next one is due; of no meaning once settled
/// @param url where the last attempt went, null before the first
/// @param error why the last attempt failed, null when it did not
public record Delivery(
        WebhookEvent event,
        State state,
        int attempts,
        Instant nextAttemptAt,
        @Nullable String url,
        @Nullable String error) {
    public enum State {
        WAITING,
        DELIVERED,
        FAILED
    }

    /// One of just now.
    public static Delivery fresh(WebhookEvent event) {
        return new Delivery(event, State.WAITING, 0, event.at(), null, null);
    }
}

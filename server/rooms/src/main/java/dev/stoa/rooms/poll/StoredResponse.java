package dev.stoa.rooms.poll;

import org.jspecify.annotations.Nullable;

/// An answer as it is kept.
///
/// @param voter numbers the voters of a run; tells answers of one apart from those of others even in an anonymous poll
/// @param peerId null in an anonymous poll
/// @param userId null in an anonymous poll
/// @param superseded true: another answer of the voter took its place
public record StoredResponse(
        PollRef poll,
        PollResponse response,
        int voter,
        @Nullable String peerId,
        @Nullable String userId,
        boolean superseded) {
    /// Where an answer belongs.
    public record PollRef(String workspaceId, String runId, String pollId, String sessionId) {}
}

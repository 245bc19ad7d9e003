package dev.stoa.rooms.poll;

import java.util.List;

/// What is said about a poll besides its questions.
///
/// @param durationSeconds after its start, 0 = until somebody stops it or the session ends
/// @param anonymous true: nobody learns who answered what
/// @param visibility kept for clients, which show it; the server gives it no meaning
/// @param locked kept for clients; every poll is locked once it has started
/// @param vote roles that may vote, empty = all that may read polls
/// @param responses roles that see results, empty = all that may read polls; the poll's creator always does
public record PollInfo(
        String title,
        PollType type,
        int durationSeconds,
        boolean anonymous,
        boolean visibility,
        boolean locked,
        VoterIdentity mode,
        List<String> vote,
        List<String> responses) {
    public PollInfo {
        vote = List.copyOf(vote);
        responses = List.copyOf(responses);
    }
}

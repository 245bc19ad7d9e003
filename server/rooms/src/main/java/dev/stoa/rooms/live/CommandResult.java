package dev.stoa.rooms.live;

import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outcome of one [PeerCommand].
public sealed interface CommandResult {
    record Done() implements CommandResult {}

    /// @param sdp null for a join without media
    record Answered(@Nullable String sdp, String nodeId) implements CommandResult {}

    record Sent(String messageId, long timestampMs) implements CommandResult {}

    /// @param groups all groups of the peer now
    record Groups(List<String> groups) implements CommandResult {}

    record FoundPeer(PeerView peer) implements CommandResult {}

    /// @param iterator continues the list
    /// @param total peers that match now
    /// @param eof true: there are no more
    record PeerPage(String iterator, int total, boolean eof, List<PeerView> peers) implements CommandResult {}

    /// @param offset where the next page begins
    record NamePage(int limit, int offset, boolean eof, List<PeerView> peers) implements CommandResult {}

    record Value(StoredValue value) implements CommandResult {}

    record Values(List<StoredValue> values) implements CommandResult {}

    record OfPoll(PollReply reply) implements CommandResult {}

    /// @param owner as in [PeerNotice.BoardChanged]
    record BoardMade(String boardId, String owner) implements CommandResult {}

    /// @param pass for the store of the whiteboard; useless to who has no rights
    record BoardAccess(BoardPass pass, String owner, BoardRights rights) implements CommandResult {}

    /// @param code as in the protocol: 400 malformed, 403 not allowed, 404 unknown, 409 conflict, 410 gone,
    ///     421 wrong node, 429 too fast, 500 ours
    /// @param message says what to do; safe to show
    record Refused(int code, String message) implements CommandResult {}
}

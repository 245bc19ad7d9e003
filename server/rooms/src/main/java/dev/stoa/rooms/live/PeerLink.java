package dev.stoa.rooms.live;

import java.util.function.Consumer;

/// One connection of one peer to its room. Thread-safe; returns at once.
public interface PeerLink {
    /// @param reply called exactly once on the room's thread; must not block
    void submit(PeerCommand command, Consumer<CommandResult> reply);

    /// Sends on the peer's media data channel; dropped when it is not open.
    void sendChannelText(String text);

    /// The connection was lost. The peer stays until its grace period ends, unless it left before.
    void disconnected();
}

package dev.stoa.rooms.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chat or custom message on its way to receivers.
///
/// @param direct true when it was sent to one peer
/// @param roles the recipient roles of a role message, else empty
/// @param sender null for messages of the server
public record Message(
        String messageId,
        long timestampMs,
        String type,
        String text,
        boolean direct,
        List<String> roles,
        @Nullable PeerView sender) {}

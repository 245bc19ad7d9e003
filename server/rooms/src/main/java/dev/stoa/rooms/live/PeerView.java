package dev.stoa.rooms.live;

import java.util.List;

/// A peer as the others see it.
///
/// @param joinedAtMs Unix epoch milliseconds
public record PeerView(
        String peerId,
        String role,
        String name,
        String metadata,
        String userId,
        List<String> groups,
        long joinedAtMs,
        List<TrackInfo> tracks) {}

package dev.stoa.rooms.webhook;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a backend is told about a room of its workspace.
///
/// @param id UUID; receivers tell repetitions by it
/// @param position order in which a room's events are delivered
/// @param type for example `peer.join.success`
/// @param sessionId null: no session ran
/// @param peerId null: not about one peer
/// @param userId null: not about one peer
/// @param data as it goes out in JSON
public record WebhookEvent(
        String id,
        long position,
        String workspaceId,
        String roomId,
        @Nullable String sessionId,
        @Nullable String peerId,
        @Nullable String userId,
        String type,
        Instant at,
        Map<String, Object> data) {}

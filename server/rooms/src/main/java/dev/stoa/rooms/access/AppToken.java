package dev.stoa.rooms.access;

/// Claims of a verified client token.
///
/// @param userId `""` when the token names none
/// @param tokenId `jti`, or something else that only the holder's token has; `""` when there is none. Peer and user ids
///     are public, so this is what keeps others from taking over a peer's seat
public record AppToken(String workspaceId, String roomId, String role, String userId, String tokenId) {
    public AppToken(String workspaceId, String roomId, String role, String userId) {
        this(workspaceId, roomId, role, userId, "");
    }
}

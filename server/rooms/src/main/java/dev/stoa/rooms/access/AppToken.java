package dev.stoa.rooms.access;

/// Claims of a verified client token.
///
/// @param userId `""` when the token names none
public record AppToken(String workspaceId, String roomId, String role, String userId) {}

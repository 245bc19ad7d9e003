package dev.stoa.rooms.template;

/// One role of a template. Component names are the names on the wire.
///
/// @param priority 1 (highest) .. 5
/// @param maxPeerCount 0 unlimited, n at most n, -1 nobody may join with this role
public record Role(
        String name,
        PublishParams publishParams,
        SubscribeParams subscribeParams,
        Permissions permissions,
        int priority,
        int maxPeerCount) {}

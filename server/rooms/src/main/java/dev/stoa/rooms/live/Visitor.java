package dev.stoa.rooms.live;

import dev.stoa.rooms.access.AppToken;

/// Somebody at the door of a room who has no seat in it.
///
/// @param name `""` while unknown
/// @param role as its token says
public record Visitor(String peerId, String userId, String name, String metadata, String role) {
    public static Visitor of(AppToken token, String peerId) {
        return new Visitor(peerId, token.userId(), "", "", token.role());
    }

    static Visitor of(LiveLink link, PeerCommand.Join join) {
        return new Visitor(link.peerId, link.token.userId(), join.name(), join.metadata(), link.token.role());
    }
}

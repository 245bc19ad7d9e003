package dev.stoa.rooms.poll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Who votes.
///
/// @param userId may be empty
public record Voter(String peerId, String userId, String name, String role) {
    /// What tells this voter from others. Whoever has no user id is told by the peer id.
    String identity(VoterIdentity mode) {
        return switch (mode) {
            case USERID -> userId.isEmpty() ? peerId : userId;
            case PEERID -> peerId;
            case USERNAME -> name;
        };
    }

    /// A short stand-in for the person by which applications tell voters apart: the first half of the SHA-256 of the
    /// user
    /// id, or of the peer id where there is none.
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(identity(VoterIdentity.USERID).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, digest.length / 2);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /// The same person, also after having joined again.
    boolean isSameAs(Voter other) {
        return peerId.equals(other.peerId) || (!userId.isEmpty() && userId.equals(other.userId));
    }
}

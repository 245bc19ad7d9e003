package dev.stoa.signal;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier;
import dev.stoa.rooms.live.LiveRooms;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks client tokens. Who is still seated in a room may come back with a token that has expired meanwhile:
/// otherwise the first network blip after expiry would throw people out of their call.
public final class TokenGate {
    private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private final TokenVerifier verifier;
    private final LiveRooms rooms;

    public TokenGate(TokenVerifier verifier, LiveRooms rooms) {
        this.verifier = verifier;
        this.rooms = rooms;
    }

    public sealed interface Pass {
        record Granted(AppToken token) implements Pass {}

        record Denied(int code, String message) implements Pass {}
    }

    /// Peer ids are made by clients: UUIDs, so that one cannot smuggle in anything else.
    public static boolean isPeerId(@Nullable String peerId) {
        return peerId != null && UUID.matcher(peerId).matches();
    }

    public Pass check(String jwt, String peerId) {
        return switch (verifier.verify(jwt, TokenVerifier.Expiry.ENFORCED)) {
            case TokenVerifier.Check.Accepted(AppToken token) -> new Pass.Granted(token);
            case TokenVerifier.Check.Rejected(int code, String message) -> returning(jwt, peerId, code, message);
        };
    }

    private Pass returning(String jwt, String peerId, int code, String message) {
        if (verifier.verify(jwt, TokenVerifier.Expiry.IGNORED) instanceof TokenVerifier.Check.Accepted(AppToken token)
                && rooms.isSeated(token.roomId(), peerId)) {
            return new Pass.Granted(token);
        }
        return new Pass.Denied(code, message);
    }
}

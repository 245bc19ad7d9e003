package dev.stoa.signal;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier;

/// Knows a good token, one that has expired, and calls everything else forged.
final class FakeTokens implements TokenVerifier {
    static final String GOOD = "good";
    static final String EXPIRED = "expired";

    @Override
    public Check verify(String jwt, Expiry expiry) {
        return switch (jwt) {
            case GOOD -> accepted();
            case EXPIRED ->
                expiry == Expiry.IGNORED ? accepted() : new Check.Rejected(401, "Token validation error: expired");
            case "" -> new Check.Rejected(401, "Token validation error: token is missing");
            default -> new Check.Rejected(401, "Token validation error: signature is invalid");
        };
    }

    private static Check accepted() {
        return new Check.Accepted(new AppToken("workspace-1", "room-1", "host", "u-1", "jti-1"));
    }
}

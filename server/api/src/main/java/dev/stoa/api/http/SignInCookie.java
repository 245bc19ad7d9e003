package dev.stoa.api.http;

import dev.stoa.rooms.users.Tokens;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/// What a browser keeps of a sign-in (RFC 6265). Scripts cannot read it, other sites cannot make browsers send it, and
/// the prefix `__Host-` keeps other hosts of the domain from setting it.
public final class SignInCookie {
    public static final String NAME = "__Host-stoa";

    /// Carries [Tokens#forgeryToken] with each change.
    public static final String FORGERY_HEADER = "X-CSRF-Token";

    private static final String ATTRIBUTES = "; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=";

    private SignInCookie() {}

    static Optional<String> token(Context ctx) {
        return Optional.ofNullable(ctx.cookie(NAME)).filter(token -> !token.isEmpty());
    }

    public static void set(Context ctx, String token, Duration validity) {
        ctx.header("Set-Cookie", NAME + "=" + token + ATTRIBUTES + validity.toSeconds());
    }

    public static void clear(Context ctx) {
        ctx.header("Set-Cookie", NAME + "=" + ATTRIBUTES + 0);
    }

    /// In a time that does not tell how much of it was right.
    static boolean isOurPage(Context ctx, String token) {
        String said = ctx.header(FORGERY_HEADER);
        return said != null
                && MessageDigest.isEqual(
                        said.getBytes(StandardCharsets.UTF_8),
                        Tokens.forgeryToken(token).getBytes(StandardCharsets.UTF_8));
    }
}

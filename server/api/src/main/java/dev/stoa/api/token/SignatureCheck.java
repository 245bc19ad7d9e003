package dev.stoa.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.stoa.rooms.access.TokenVerifier.Expiry;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks what all tokens have in common: form, signature, times and type.
final class SignatureCheck {
    /// Callers sign on machines whose clocks run ahead of ours. Applies to `nbf` and `iat`, not to `exp`.
    static final Duration LEEWAY = Duration.ofSeconds(60);

    /// Far above any token that is passed in an address.
    private static final int MAX_LENGTH = 8 * 1024;

    private static final int HS256_KEY_BYTES = 32;

    private final WorkspaceRepository workspaces;
    private final TimeSource time;

    SignatureCheck(WorkspaceRepository workspaces, TimeSource time) {
        this.workspaces = workspaces;
        this.time = time;
    }

    sealed interface Result {
        /// @param signature base64url
        record Good(Workspace workspace, JWTClaimsSet claims, String signature) implements Result {
            /// `""` when missing or no string.
            String text(String name) {
                return claims.getClaim(name) instanceof String text ? text : "";
            }

            /// What tells this token from every other; backends may leave `jti` out.
            String tokenId() {
                String jti = text("jti");
                return jti.isEmpty() ? signature : jti;
            }
        }

        record Bad(String reason) implements Result {}
    }

    Result verify(String jwt, String type, Expiry expiry) {
        if (jwt.isEmpty()) {
            return new Result.Bad("token is missing");
        }
        if (jwt.length() > MAX_LENGTH) {
            return new Result.Bad("token is malformed");
        }
        try {
            SignedJWT token = SignedJWT.parse(jwt);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            return claims == null ? new Result.Bad("token is malformed") : signed(token, claims, type, expiry);
        } catch (ParseException | IllegalArgumentException | JOSEException malformed) {
            return new Result.Bad("token is malformed");
        }
    }

    private Result signed(SignedJWT token, JWTClaimsSet claims, String type, Expiry expiry) throws JOSEException {
        // Never the header's choice: that is how "none" and confused key types get in (RFC 8725 §3.1).
        if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())) {
            return new Result.Bad("signing method must be HS256");
        }
        Optional<Workspace> workspace =
                claims.getClaim("access_key") instanceof String key ? workspaces.byAccessKey(key) : Optional.empty();
        if (workspace.isEmpty()) {
            return new Result.Bad("access key is unknown");
        }
        if (!token.verify(new MACVerifier(key(workspace.get())))) {
            return new Result.Bad("signature is invalid");
        }
        String problem = timeProblem(claims, expiry);
        if (problem != null) {
            return new Result.Bad(problem);
        }
        return type.equals(claims.getClaim("type"))
                ? new Result.Good(workspace.get(), claims, token.getSignature().toString())
                : new Result.Bad("token type must be " + type);
    }

    private @Nullable String timeProblem(JWTClaimsSet claims, Expiry expiry) {
        Instant now = time.now();
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            return "exp is missing";
        }
        if (expiry == Expiry.ENFORCED && !now.isBefore(expires.toInstant())) {
            return "token is expired";
        }
        Date latest = Date.from(now.plus(LEEWAY));
        Date notBefore = claims.getNotBeforeTime();
        if (notBefore != null && notBefore.after(latest)) {
            return "token is not valid yet";
        }
        Date issued = claims.getIssueTime();
        return issued != null && issued.after(latest) ? "token was issued in the future" : null;
    }

    /// The key is the secret's UTF-8 bytes. The library refuses keys under 256 bits, but operators may choose their
    /// secret; HMAC itself fills short keys up with zeros (RFC 2104 §2), so doing it here changes no signature.
    static byte[] key(Workspace workspace) {
        byte[] bytes = workspace.appSecret().getBytes(StandardCharsets.UTF_8);
        return bytes.length < HS256_KEY_BYTES ? Arrays.copyOf(bytes, HS256_KEY_BYTES) : bytes;
    }
}

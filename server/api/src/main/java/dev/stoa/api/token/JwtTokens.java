package dev.stoa.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// Issues and checks tokens: JSON Web Tokens signed by HS256 with a workspace's app secret (RFC 7519, RFC 7515).
/// Thread-safe; calls may block (database).
public final class JwtTokens implements TokenVerifier {
    private static final String TYPE_APP = "app";
    private static final String TYPE_MANAGEMENT = "management";
    private static final int VERSION = 2;
    private static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

    private final SignatureCheck check;
    private final IdSource ids;
    private final TimeSource time;

    public JwtTokens(WorkspaceRepository workspaces, IdSource ids, TimeSource time) {
        this.check = new SignatureCheck(workspaces, time);
        this.ids = ids;
        this.time = time;
    }

    public record Issued(String token, Instant expiresAt) {}

    /// What a management token opens.
    public sealed interface Management {
        record Accepted(Workspace workspace) implements Management {}

        /// @param reason for the caller's eyes
        record Rejected(String reason) implements Management {}
    }

    @Override
    public Check verify(String jwt, Expiry expiry) {
        return switch (check.verify(jwt, TYPE_APP, expiry)) {
            case SignatureCheck.Result.Bad(String reason) -> rejected(reason);
            case SignatureCheck.Result.Good good -> appToken(good);
        };
    }

    public Management verifyManagement(String jwt) {
        return switch (check.verify(jwt, TYPE_MANAGEMENT, Expiry.ENFORCED)) {
            case SignatureCheck.Result.Bad(String reason) -> new Management.Rejected(reason);
            case SignatureCheck.Result.Good good -> new Management.Accepted(good.workspace());
        };
    }

    /// @param userId the caller's own id of the person
    /// @param validity how long the token opens the room
    public Issued issueApp(Workspace workspace, String roomId, String role, String userId, Duration validity) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("room_id", roomId);
        claims.put("user_id", userId);
        claims.put("role", role);
        return issue(workspace, TYPE_APP, claims, validity);
    }

    public Issued issueManagement(Workspace workspace, Duration validity) {
        return issue(workspace, TYPE_MANAGEMENT, new LinkedHashMap<>(), validity);
    }

    private Issued issue(Workspace workspace, String type, Map<String, Object> claims, Duration validity) {
        Instant now = time.now().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(validity).truncatedTo(ChronoUnit.SECONDS);
        claims.put("access_key", workspace.accessKey());
        claims.put("type", type);
        claims.put("version", VERSION);
        claims.put("jti", ids.uuid());
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", expiresAt.getEpochSecond());
        JWSObject token = new JWSObject(HEADER, new Payload(PlainBase64Json.write(claims)));
        try {
            token.sign(new MACSigner(SignatureCheck.key(workspace)));
        } catch (JOSEException failure) {
            throw new IllegalStateException("HS256 is part of every JDK", failure);
        }
        return new Issued(token.serialize(), expiresAt);
    }

    private static Check appToken(SignatureCheck.Result.Good good) {
        String roomId = good.text("room_id");
        String role = good.text("role");
        if (roomId.isEmpty()) {
            return rejected("room_id is missing");
        }
        if (role.isEmpty()) {
            return rejected("role is missing");
        }
        return new Check.Accepted(
                new AppToken(good.workspace().id(), roomId, role, good.text("user_id"), good.tokenId()));
    }

    private static Check rejected(String reason) {
        return new Check.Rejected(401, "Token validation error: " + reason);
    }
}

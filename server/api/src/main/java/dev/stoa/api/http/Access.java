package dev.stoa.api.http;

import dev.stoa.api.token.JwtTokens;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier;
import dev.stoa.rooms.audit.Actor;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.util.List;

/// Lets in who carries the right kind of token.
public final class Access {
    private static final String SCHEME = "Bearer ";

    private final JwtTokens tokens;
    private final RequestLimits limits;
    private final AuditTrail audit;

    /// @param limits by access key
    public Access(JwtTokens tokens, RequestLimits limits, AuditTrail audit) {
        this.tokens = tokens;
        this.limits = limits;
        this.audit = audit;
    }

    /// An endpoint for backends; the outcome's value becomes the body.
    @FunctionalInterface
    public interface ManagementEndpoint {
        Outcome<?> answer(Context ctx, Workspace workspace);
    }

    /// An endpoint for clients; the outcome's value becomes the body.
    @FunctionalInterface
    public interface ClientEndpoint {
        Outcome<?> answer(Context ctx, AppToken token);
    }

    public Handler management(ManagementEndpoint endpoint) {
        return ctx -> {
            switch (tokens.verifyManagement(bearer(ctx))) {
                case JwtTokens.Management.Accepted(Workspace workspace) -> {
                    long wait = limits.retryAfterSeconds(workspace.accessKey());
                    if (wait == 0) {
                        answer(ctx, workspace, Actor.key(workspace.accessKey()), endpoint);
                    } else {
                        Replies.tooFast(ctx, wait);
                    }
                }
                case JwtTokens.Management.Rejected(String reason) ->
                    Replies.error(ctx, 401, "Token validation error", List.of(reason));
            }
        };
    }

    private void answer(Context ctx, Workspace workspace, Actor actor, ManagementEndpoint endpoint) {
        String made = "";
        int status = 500;
        try {
            Outcome<?> outcome = endpoint.answer(ctx, workspace);
            Replies.send(ctx, outcome);
            made = AuditTrail.made(outcome);
            status = ctx.statusCode();
        } catch (HttpResponseException refused) {
            status = refused.getStatus();
            throw refused;
        } catch (StoreUnavailableException away) {
            status = 503;
            throw away;
        } finally {
            if (AuditTrail.concerns(ctx)) {
                audit.record(ctx, workspace.id(), actor, made, status);
            }
        }
    }

    public Handler client(TokenVerifier.Expiry expiry, ClientEndpoint endpoint) {
        return ctx -> {
            switch (tokens.verify(bearer(ctx), expiry)) {
                case TokenVerifier.Check.Accepted(AppToken token) -> Replies.send(ctx, endpoint.answer(ctx, token));
                case TokenVerifier.Check.Rejected(int code, String message) ->
                    Replies.error(ctx, code, message, List.of());
            }
        };
    }

    private static String bearer(Context ctx) {
        String header = ctx.header("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
    }
}

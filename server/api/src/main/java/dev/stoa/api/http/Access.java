package dev.stoa.api.http;

import dev.stoa.api.token.JwtTokens;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.users.SignInService;
import dev.stoa.rooms.users.UserRepository;
import dev.stoa.rooms.users.UserRole;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Optional;

/// Lets in who carries the right kind of token, or is signed in with a role that may.
public final class Access {
    private static final String SCHEME = "Bearer ";
    private static final String CALLER = "stoa.caller";

    private final JwtTokens tokens;
    private final SignInService signIns;
    private final WorkspaceRepository workspaces;
    private final RequestLimits limits;
    private final AuditTrail audit;

    /// @param limits by access key and user
    public Access(
            JwtTokens tokens,
            SignInService signIns,
            WorkspaceRepository workspaces,
            RequestLimits limits,
            AuditTrail audit) {
        this.tokens = tokens;
        this.signIns = signIns;
        this.workspaces = workspaces;
        this.limits = limits;
        this.audit = audit;
    }

    /// An administrative endpoint, for backends and people signed in; the outcome's value becomes the body.
    @FunctionalInterface
    public interface ManagementEndpoint {
        Outcome<?> answer(Context ctx, Workspace workspace);
    }

    /// An endpoint for clients; the outcome's value becomes the body.
    @FunctionalInterface
    public interface ClientEndpoint {
        Outcome<?> answer(Context ctx, AppToken token);
    }

    /// Who was let in to the management endpoint that asks.
    public static Caller caller(Context ctx) {
        Caller caller = ctx.attribute(CALLER);
        if (caller == null) {
            throw new IllegalStateException("only management endpoints have a caller");
        }
        return caller;
    }

    /// True when who asks may see what opens other doors.
    public static boolean seesSecrets(Context ctx) {
        return caller(ctx).role().includes(UserRole.ADMIN);
    }

    public Handler management(ManagementEndpoint endpoint) {
        return ctx -> {
            Optional<String> signIn = SignInCookie.token(ctx);
            // A token that was given on purpose counts more than a cookie that came along.
            if (signIn.isPresent() && ctx.header("Authorization") == null) {
                person(ctx, signIn.get(), endpoint);
            } else {
                backend(ctx, endpoint);
            }
        };
    }

    private void backend(Context ctx, ManagementEndpoint endpoint) {
        switch (tokens.verifyManagement(bearer(ctx))) {
            case JwtTokens.Management.Accepted(Workspace workspace) ->
                limited(ctx, workspace, new Caller.Backend(workspace.accessKey()), endpoint);
            case JwtTokens.Management.Rejected(String reason) ->
                Replies.error(ctx, 401, "Token validation error", List.of(reason));
        }
    }

    private void person(Context ctx, String token, ManagementEndpoint endpoint) {
        Optional<UserRepository.SignedIn> found = signIns.signedIn(token);
        Optional<Workspace> workspace =
                found.flatMap(signedIn -> workspaces.byId(signedIn.user().workspaceId()));
        if (workspace.isEmpty()) {
            Replies.error(ctx, 401, "the sign-in is over; sign in again", List.of());
            return;
        }
        Caller.Person caller =
                new Caller.Person(found.get().user(), token, found.get().expiresAt());
        boolean reading = !AuditTrail.concerns(ctx);
        if (!reading && !SignInCookie.isOurPage(ctx, token)) {
            Replies.error(ctx, 403, "the header " + SignInCookie.FORGERY_HEADER + " is missing or wrong", List.of());
            return;
        }
        UserRole needed = Rights.needed(reading, ctx.endpoint().path);
        if (caller.role().includes(needed)) {
            limited(ctx, workspace.get(), caller, endpoint);
        } else {
            Replies.error(
                    ctx,
                    403,
                    "this takes the role " + needed.word() + "; yours is "
                            + caller.role().word(),
                    List.of());
            noteRefusal(ctx, workspace.get(), caller);
        }
    }

    private void noteRefusal(Context ctx, Workspace workspace, Caller caller) {
        if (AuditTrail.concerns(ctx)) {
            audit.record(ctx, workspace.id(), caller.actor(), "", 403);
        }
    }

    private void limited(Context ctx, Workspace workspace, Caller caller, ManagementEndpoint endpoint) {
        long wait = limits.retryAfterSeconds(
                caller.actor().kind() + " " + caller.actor().id());
        if (wait == 0) {
            ctx.attribute(CALLER, caller);
            answer(ctx, workspace, caller, endpoint);
        } else {
            Replies.tooFast(ctx, wait);
        }
    }

    private void answer(Context ctx, Workspace workspace, Caller caller, ManagementEndpoint endpoint) {
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
                audit.record(ctx, workspace.id(), caller.actor(), made, status);
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

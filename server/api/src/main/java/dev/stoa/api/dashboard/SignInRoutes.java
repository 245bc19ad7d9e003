package dev.stoa.api.dashboard;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.AuditTrail;
import dev.stoa.api.http.Body;
import dev.stoa.api.http.Caller;
import dev.stoa.api.http.ClientAddress;
import dev.stoa.api.http.Replies;
import dev.stoa.api.http.SignInCookie;
import dev.stoa.rooms.audit.Actor;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.users.SignInService;
import dev.stoa.rooms.users.User;
import dev.stoa.rooms.users.UserRules;
import dev.stoa.rooms.users.UserService;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.TooManyRequestsResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/v2/dashboard/session`, `password` and `invitation` (ours): what a person does about their own account.
public final class SignInRoutes {
    private final SignInService signIns;
    private final UserService users;
    private final ClientAddress addresses;
    private final AuditTrail audit;
    private final SignInLimits limits = new SignInLimits();

    public SignInRoutes(SignInService signIns, UserService users, ClientAddress addresses, AuditTrail audit) {
        this.signIns = signIns;
        this.users = users;
        this.addresses = addresses;
        this.audit = audit;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.post("/v2/dashboard/session", this::signIn);
        routes.get("/v2/dashboard/session", access.management((ctx, workspace) -> show(ctx)));
        routes.delete("/v2/dashboard/session", access.management((ctx, workspace) -> signOut(ctx)));
        routes.post("/v2/dashboard/password", access.management((ctx, workspace) -> changePassword(ctx)));
        routes.post("/v2/dashboard/invitation", this::accept);
    }

    private record Attempt(String email, String password) {}

    private void signIn(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        Outcome<Optional<SignInService.SignedIn>> found = Body.object(ctx)
                .then(SignInRoutes::attempt)
                .map(attempt -> {
                    checkPace(ctx, limits.retryAfterSeconds(addresses.of(ctx), attempt.email()));
                    return signIns.signIn(attempt.email(), attempt.password());
                });
        switch (found) {
            case Outcome.Failed<Optional<SignInService.SignedIn>> failed -> Replies.send(ctx, failed);
            case Outcome.Done<Optional<SignInService.SignedIn>>(var signedIn) ->
                signedIn.ifPresentOrElse(
                        known -> signedIn(ctx, known),
                        () -> Replies.error(ctx, 401, "e-mail address or password is wrong", List.of()));
        }
    }

    /// Asked after the body was read: what cannot be understood is no attempt.
    private static void checkPace(Context ctx, long wait) {
        if (wait > 0) {
            ctx.header("Retry-After", Long.toString(wait));
            throw new TooManyRequestsResponse("rate limit exceeded, retry after " + wait + " seconds");
        }
    }

    private static Outcome<Attempt> attempt(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        String email = UserRules.email(fields, "email");
        String password = UserRules.password(fields, "password");
        return email == null || password == null
                ? Outcome.invalid(fields.problems())
                : Outcome.done(new Attempt(email, password));
    }

    private void signedIn(Context ctx, SignInService.SignedIn known) {
        User user = known.user();
        SignInCookie.set(ctx, known.token(), SignInService.VALIDITY);
        Replies.send(ctx, Outcome.done(UserJson.signedIn(user, known.token(), known.expiresAt())));
        audit.record(ctx, user.workspaceId(), Actor.user(user.id()), "", 200);
    }

    private static Outcome<?> show(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        return switch (Access.caller(ctx)) {
            case Caller.Person(var user, var token, var expiresAt) ->
                Outcome.done(UserJson.signedIn(user, token, expiresAt));
            case Caller.Backend backend -> nobodySignedIn();
        };
    }

    private static <T> Outcome<T> nobodySignedIn() {
        return Outcome.notFound("a token is no sign-in");
    }

    private Outcome<?> signOut(Context ctx) {
        return switch (Access.caller(ctx)) {
            case Caller.Person(var user, var token, var expiresAt) -> {
                signIns.signOut(token);
                SignInCookie.clear(ctx);
                yield Outcome.done(new Replies.NoContent());
            }
            case Caller.Backend backend -> nobodySignedIn();
        };
    }

    private record NewPassword(String old, String password) {}

    private Outcome<?> changePassword(Context ctx) {
        Caller caller = Access.caller(ctx);
        return Body.object(ctx).then(SignInRoutes::newPassword).then(wish -> switch (caller) {
            case Caller.Person person -> changePassword(ctx, person, wish);
            case Caller.Backend backend -> nobodySignedIn();
        });
    }

    private Outcome<Map<String, Object>> changePassword(Context ctx, Caller.Person person, NewPassword wish) {
        checkPace(ctx, limits.retryAfterSeconds(addresses.of(ctx), person.user().email()));
        return signIns.changePassword(person.user(), person.token(), wish.old(), wish.password())
                .map(UserJson::user);
    }

    private static Outcome<NewPassword> newPassword(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        String old = UserRules.password(fields, "old_password");
        String password = UserRules.newPassword(fields, "password");
        return old == null || password == null
                ? Outcome.invalid(fields.problems())
                : Outcome.done(new NewPassword(old, password));
    }

    private record Acceptance(String token, String password) {}

    private void accept(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        Outcome<User> accepted = Body.object(ctx).then(SignInRoutes::acceptance).then(acceptance -> {
            checkPace(ctx, limits.retryAfterSeconds(addresses.of(ctx)));
            return users.accept(acceptance.token(), acceptance.password());
        });
        Replies.send(ctx, accepted.map(UserJson::user));
        if (accepted instanceof Outcome.Done<User>(User user)) {
            audit.record(ctx, user.workspaceId(), Actor.user(user.id()), user.id(), 200);
        }
    }

    private static Outcome<Acceptance> acceptance(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        String token = fields.text("token", 128);
        String password = UserRules.newPassword(fields, "password");
        if (token == null && fields.isAbsent("token")) {
            fields.problem("token", "is missing");
        }
        return token == null || password == null
                ? Outcome.invalid(fields.problems())
                : Outcome.done(new Acceptance(token, password));
    }
}

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
        Outcome<Attempt> attempt = Body.object(ctx).then(SignInRoutes::attempt);
        switch (attempt) {
            case Outcome.Failed<Attempt> failed -> Replies.send(ctx, failed);
            case Outcome.Done<Attempt>(Attempt(String email, String password)) -> {
                long wait = limits.retryAfterSeconds(addresses.of(ctx), email);
                if (wait > 0) {
                    Replies.tooFast(ctx, wait);
                } else {
                    signIn(ctx, email, password);
                }
            }
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

    private void signIn(Context ctx, String email, String password) {
        Optional<SignInService.SignedIn> found = signIns.signIn(email, password);
        if (found.isEmpty()) {
            Replies.error(ctx, 401, "e-mail address or password is wrong", List.of());
            return;
        }
        User user = found.get().user();
        String token = found.get().token();
        SignInCookie.set(ctx, token, SignInService.VALIDITY);
        Replies.send(
                ctx, Outcome.done(UserJson.signedIn(user, token, found.get().expiresAt())));
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
        long wait = limits.retryAfterSeconds(addresses.of(ctx), person.user().email());
        if (wait > 0) {
            ctx.header("Retry-After", Long.toString(wait));
            throw new TooManyRequestsResponse("rate limit exceeded, retry after " + wait + " seconds");
        }
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
        Outcome<Acceptance> asked = Body.object(ctx).then(SignInRoutes::acceptance);
        switch (asked) {
            case Outcome.Failed<Acceptance> failed -> Replies.send(ctx, failed);
            case Outcome.Done<Acceptance>(Acceptance(String token, String password)) -> {
                long wait = limits.retryAfterSeconds(addresses.of(ctx));
                if (wait > 0) {
                    Replies.tooFast(ctx, wait);
                } else {
                    accept(ctx, token, password);
                }
            }
        }
    }

    private void accept(Context ctx, String token, String password) {
        Outcome<User> outcome = users.accept(token, password);
        Replies.send(ctx, outcome.map(UserJson::user));
        if (outcome instanceof Outcome.Done<User>(User user)) {
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

package dev.stoa.api.dashboard;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.Body;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.users.UserRole;
import dev.stoa.rooms.users.UserRules;
import dev.stoa.rooms.users.UserService;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/v2/dashboard/users` (ours): who may sign in, and as what.
public final class UserRoutes {
    private final UserService users;

    public UserRoutes(UserService users) {
        this.users = users;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.get("/v2/dashboard/users", access.management((ctx, workspace) -> list(workspace)));
        routes.post("/v2/dashboard/users", access.management(this::invite));
        routes.post("/v2/dashboard/users/{user}", access.management(this::change));
    }

    private Outcome<?> list(Workspace workspace) {
        return Outcome.done(Map.of(
                "data", users.list(workspace.id()).stream().map(UserJson::user).toList()));
    }

    private record Wish(String email, UserRole role) {}

    private Outcome<?> invite(Context ctx, Workspace workspace) {
        ctx.header("Cache-Control", "no-store");
        UserRole by = Access.caller(ctx).role();
        return Body.object(ctx)
                .then(UserRoutes::wish)
                .then(wish -> users.invite(by, workspace.id(), wish.email(), wish.role()))
                .map(UserJson::invited);
    }

    private static Outcome<Wish> wish(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        String email = UserRules.email(fields, "email");
        UserRole role = UserRules.role(fields, "role");
        return email == null || role == null ? Outcome.invalid(fields.problems()) : Outcome.done(new Wish(email, role));
    }

    private record Edit(@Nullable UserRole role, @Nullable Boolean disabled) {}

    private Outcome<?> change(Context ctx, Workspace workspace) {
        UserRole by = Access.caller(ctx).role();
        return Body.object(ctx)
                .then(UserRoutes::edit)
                .then(edit -> users.change(by, workspace.id(), ctx.pathParam("user"), edit.role(), edit.disabled()))
                .map(UserJson::user);
    }

    private static Outcome<Edit> edit(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        UserRole role = fields.isAbsent("role") ? null : UserRules.role(fields, "role");
        Boolean disabled = fields.flag("disabled");
        return fields.problems().isEmpty()
                ? Outcome.done(new Edit(role, disabled))
                : Outcome.invalid(fields.problems());
    }
}

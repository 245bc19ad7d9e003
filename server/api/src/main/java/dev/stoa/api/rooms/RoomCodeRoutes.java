package dev.stoa.api.rooms;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.ApiJson;
import dev.stoa.api.http.Body;
import dev.stoa.api.http.Query;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.RoomCodeService;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `/v2/room-codes`.
public final class RoomCodeRoutes {
    private static final int DEFAULT_LIMIT = 20;
    private static final Set<String> CHANGE_KEYS = Set.of("code", "enabled");

    private final RoomCodeService codes;

    public RoomCodeRoutes(RoomCodeService codes) {
        this.codes = codes;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.post("/v2/room-codes/code", access.management(this::setEnabled));
        routes.post("/v2/room-codes/room/{room}", access.management(this::createAll));
        routes.get("/v2/room-codes/room/{room}", access.management(this::list));
        routes.post("/v2/room-codes/room/{room}/role/{role}", access.management(this::create));
    }

    private Outcome<?> createAll(Context ctx, Workspace workspace) {
        return codes.createForAllRoles(workspace.id(), ctx.pathParam("room"))
                .map(all -> Map.of("data", all.stream().map(RoomJson::code).toList()));
    }

    private Outcome<?> create(Context ctx, Workspace workspace) {
        return codes.createForRole(workspace.id(), ctx.pathParam("room"), ctx.pathParam("role"))
                .map(RoomJson::code);
    }

    private Outcome<?> list(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        Boolean enabled = query.flag("enabled");
        Page.Request page = query.page(DEFAULT_LIMIT);
        return query.then(() -> codes.list(workspace.id(), ctx.pathParam("room"), query.text("role"), enabled, page))
                .map(found -> ApiJson.page(found, RoomJson::code));
    }

    private record Change(String code, boolean enabled) {}

    private Outcome<?> setEnabled(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(RoomCodeRoutes::change)
                .then(change -> codes.setEnabled(workspace.id(), change.code(), change.enabled()))
                .map(RoomJson::code);
    }

    private static Outcome<Change> change(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        String code = fields.text("code", 64);
        Boolean enabled = fields.flag("enabled");
        fields.keys().stream()
                .filter(key -> !CHANGE_KEYS.contains(key))
                .forEach(key -> fields.problem(key, "is unknown"));
        if (!fields.problems().isEmpty()) {
            return Outcome.invalid(fields.problems());
        }
        if (code == null || enabled == null) {
            return Outcome.invalid(List.of("Invalid body param: code and enabled are required"));
        }
        return Outcome.done(new Change(code, enabled));
    }
}

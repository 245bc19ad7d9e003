package dev.stoa.api.audit;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.ApiJson;
import dev.stoa.api.http.Query;
import dev.stoa.api.http.Times;
import dev.stoa.rooms.audit.AuditEntry;
import dev.stoa.rooms.audit.AuditRepository;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// `GET /v2/audit-log` (ours): administrative calls, newest first.
public final class AuditRoutes {
    private final AuditRepository audit;

    public AuditRoutes(AuditRepository audit) {
        this.audit = audit;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.get("/v2/audit-log", access.management(this::list));
    }

    private Outcome<?> list(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        String actor = query.text("actor");
        Page.Request page = query.page(Page.Request.MIN_LIMIT);
        return query.then(() -> Outcome.done(ApiJson.page(audit.list(workspace.id(), actor, page), AuditRoutes::json)));
    }

    private static Map<String, Object> json(AuditEntry entry) {
        Map<String, Object> actor = new LinkedHashMap<>();
        actor.put("type", entry.actor().kind().name().toLowerCase(Locale.ROOT));
        actor.put("id", entry.actor().id());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", entry.id());
        json.put("created_at", Times.text(entry.at()));
        json.put("actor", actor);
        json.put("method", entry.method());
        json.put("path", entry.path());
        json.put("object", entry.object());
        json.put("status", entry.status());
        return json;
    }
}

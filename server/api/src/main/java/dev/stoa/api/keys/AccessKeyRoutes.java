package dev.stoa.api.keys;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.Times;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.workspace.AccessKey;
import dev.stoa.rooms.workspace.AccessKeyService;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// `/v2/access-keys`: new key pairs, and the end of old ones. A secret is in one answer only, that to its making.
public final class AccessKeyRoutes {
    private final AccessKeyService keys;

    public AccessKeyRoutes(AccessKeyService keys) {
        this.keys = keys;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.post("/v2/access-keys", access.management(this::create));
        routes.get("/v2/access-keys", access.management(this::list));
        routes.delete("/v2/access-keys/{key}", access.management(this::revoke));
    }

    private Outcome<?> create(Context ctx, Workspace workspace) {
        ctx.header("Cache-Control", "no-store");
        return keys.create(workspace.id()).map(created -> {
            Map<String, Object> json = json(created.key());
            json.put("secret", created.secret());
            return json;
        });
    }

    private Outcome<?> list(Context ctx, Workspace workspace) {
        return Outcome.done(Map.of(
                "data",
                keys.list(workspace.id()).stream().map(AccessKeyRoutes::json).toList()));
    }

    private Outcome<?> revoke(Context ctx, Workspace workspace) {
        return keys.revoke(workspace.id(), ctx.pathParam("key")).map(AccessKeyRoutes::json);
    }

    private static Map<String, Object> json(AccessKey key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("access_key", key.key());
        json.put("created_at", Times.text(key.createdAt()));
        Instant revoked = key.revokedAt();
        if (revoked != null) {
            json.put("revoked_at", Times.text(revoked));
        }
        return json;
    }
}

package dev.stoa.api.client;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.Body;
import dev.stoa.rooms.access.TokenVerifier.Expiry;
import io.javalin.config.RoutesConfig;
import java.util.Map;

/// What clients tell about themselves. Nothing keeps it yet; it is accepted, because clients store and repeat what
/// was refused. Reports may come when a call has outlived its token.
public final class ReportRoutes {
    public void register(RoutesConfig routes, Access access) {
        for (String path : new String[] {"/v2/client/report", "/v2/client/feedback"}) {
            routes.post(
                    path,
                    access.client(
                            Expiry.IGNORED, (ctx, token) -> Body.object(ctx).map(report -> Map.of())));
        }
    }
}

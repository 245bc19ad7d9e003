package dev.stoa.api.client;

import dev.stoa.api.ApiRoutes;
import dev.stoa.api.http.Access;
import dev.stoa.api.http.Replies;
import dev.stoa.rooms.outcome.Outcome;
import io.javalin.config.RoutesConfig;
import java.util.Map;
import java.util.Optional;

/// `GET /v2/diagnostics/token`: what a connectivity test of a client joins with. Nobody has to be known to ask.
public final class DiagnosticsRoute implements ApiRoutes.Part {
    private final Optional<ConnectivityTests> tests;

    /// @param tests empty = switched off
    public DiagnosticsRoute(Optional<ConnectivityTests> tests) {
        this.tests = tests;
    }

    @Override
    public void register(RoutesConfig routes, Access access) {
        routes.get("/v2/diagnostics/token", ctx -> {
            ctx.header("Cache-Control", "no-store");
            Replies.send(ctx, token().map(token -> Map.of("token", token)));
        });
    }

    private Outcome<String> token() {
        return tests.map(ConnectivityTests::token)
                .orElseGet(() -> Outcome.notFound("connectivity tests are switched off on this server"));
    }
}

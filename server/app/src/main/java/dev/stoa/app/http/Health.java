package dev.stoa.app.http;

import io.javalin.config.JavalinConfig;

/// `GET /healthz`: 200 while the server takes calls.
public final class Health {
    private Health() {}

    public static void register(JavalinConfig config) {
        config.routes.get(
                "/healthz",
                ctx -> ctx.header("Cache-Control", "no-store")
                        .contentType("application/json")
                        .result("{\"status\":\"ok\"}"));
    }
}

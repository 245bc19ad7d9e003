package dev.stoa.api.http;

import io.javalin.config.JavalinConfig;

/// Rules for all paths of the server.
public final class SharedRules {
    private SharedRules() {}

    public static void register(JavalinConfig config) {
        config.router.ignoreTrailingSlashes = true;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Body.MAX_SIZE;
        config.jetty.modifyServer(server -> server.setErrorHandler(new TransportErrors()));
        Cors.register(config.routes);
        Errors.register(config.routes);
    }
}

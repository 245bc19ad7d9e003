package dev.stoa.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/// Cross-origin rules. Every origin may call: tokens travel in a header, so an origin gains nothing by its visitor's
/// browser. The dashboard's cookie stays with its own pages: it is `SameSite=Strict`, `*` keeps answers to it from
/// other
/// origins, and the header that changes need with it is not among those allowed here. Headers are set before anything
/// else runs, because browsers turn an error answer
/// without them into a network failure, on which clients hang.
final class Cors {
    private static final String ALLOWED_HEADERS = "Authorization, Content-Type, user_agent_v2, X-Requested-With";
    private static final String ONE_DAY = "86400";

    private Cors() {}

    static void register(RoutesConfig routes) {
        routes.before("/v2/*", Cors::apply);
        routes.before("/init", Cors::apply);
    }

    /// Preflights are answered here and not by a route: a route for `/v2/*` would make every unknown path a known one
    /// with the wrong method.
    private static void apply(Context ctx) {
        ctx.header("Access-Control-Allow-Origin", "*");
        ctx.header("Access-Control-Expose-Headers", "Retry-After");
        if (ctx.method() == HandlerType.OPTIONS) {
            ctx.header("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS");
            ctx.header("Access-Control-Allow-Headers", ALLOWED_HEADERS);
            ctx.header("Access-Control-Max-Age", ONE_DAY);
            ctx.status(204);
            ctx.skipRemainingHandlers();
        }
    }
}

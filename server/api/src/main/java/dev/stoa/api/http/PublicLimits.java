package dev.stoa.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;

/// How much one address may ask of the endpoints that clients call: enough for a school behind one address, too little
/// to try room codes one after the other.
///
/// Of `/init` only what is refused counts: clients in a call that get 429 when they come back leave it.
public final class PublicLimits {
    private static final List<String> PATHS =
            List.of("/v2/token", "/v2/diagnostics/token", "/v2/layouts/ui", "/v2/client/report", "/v2/client/feedback");
    private static final String INIT = "/init";
    private static final Set<Integer> REFUSED = Set.of(400, 401, 403);

    private final RequestLimits limits;
    private final ClientAddress addresses;

    public PublicLimits(RequestLimits limits, ClientAddress addresses) {
        this.limits = limits;
        this.addresses = addresses;
    }

    public void register(RoutesConfig routes) {
        PATHS.forEach(path -> routes.before(path, this::before));
        routes.after(INIT, ctx -> {
            if (REFUSED.contains(ctx.statusCode())) {
                take(ctx);
            }
        });
    }

    private void before(Context ctx) {
        if (ctx.method() != HandlerType.OPTIONS && !take(ctx)) {
            ctx.skipRemainingHandlers();
        }
    }

    private boolean take(Context ctx) {
        long wait = limits.retryAfterSeconds(addresses.of(ctx));
        if (wait > 0) {
            Replies.tooFast(ctx, wait);
        }
        return wait == 0;
    }
}

package dev.stoa.api.http;

import dev.stoa.rooms.outcome.StoreUnavailableException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes every error answer of the server a JSON object.
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private static final String RETRY_AFTER_SECONDS = "5";

    private Errors() {}

    static void register(RoutesConfig routes) {
        routes.exception(HttpResponseException.class, Errors::refused);
        routes.exception(StoreUnavailableException.class, Errors::away);
        routes.exception(Exception.class, Errors::failed);
    }

    private static void refused(HttpResponseException refusal, Context ctx) {
        String methods = refusal.getDetails().get("availableMethods");
        if (methods != null) {
            ctx.header("Allow", methods);
        }
        Replies.error(ctx, refusal.getStatus(), message(refusal), List.of());
    }

    /// The database is lost or full: it may be back in a moment.
    private static void away(StoreUnavailableException away, Context ctx) {
        LOG.warn("{} {}: {}", ctx.method(), ctx.endpoint().path, away.getMessage());
        ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        Replies.error(ctx, 503, "the database is not available; try again", List.of());
    }

    private static String message(HttpResponseException refusal) {
        return switch (refusal.getStatus()) {
            case 404 -> "not found";
            case 405 -> "method not allowed";
            case 413 -> "body is larger than " + Body.MAX_SIZE + " bytes";
            default -> {
                String message = refusal.getMessage();
                yield message == null ? "refused" : message;
            }
        };
    }

    /// Paths may hold room codes, so the matched pattern is logged instead.
    private static void failed(Exception failure, Context ctx) {
        LOG.error("{} {} failed", ctx.method(), ctx.endpoint().path, failure);
        Replies.error(ctx, 500, "internal error", List.of());
    }
}

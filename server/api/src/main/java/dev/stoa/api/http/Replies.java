package dev.stoa.api.http;

import dev.stoa.rooms.outcome.Failure;
import dev.stoa.rooms.outcome.Outcome;
import io.javalin.http.Context;
import java.util.List;

/// Answers; the one place where domain failures become HTTP statuses.
public final class Replies {
    private static final String JSON = "application/json";

    private Replies() {}

    /// 200 with the value as JSON, or the failure.
    public static void send(Context ctx, Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Done<?>(NoContent nothing) -> ctx.status(204);
            case Outcome.Done<?>(Object value) ->
                ctx.status(200).contentType(JSON).result(ApiJson.write(value));
            case Outcome.Failed<?>(Failure failure) ->
                error(ctx, status(failure.kind()), failure.message(), failure.details());
        }
    }

    /// The value of an answer without body.
    public record NoContent() {}

    public static void error(Context ctx, int status, String message, List<String> details) {
        ctx.status(status).contentType(JSON).result(ApiJson.error(status, message, details));
    }

    public static void tooFast(Context ctx, long retryAfterSeconds) {
        ctx.header("Retry-After", Long.toString(retryAfterSeconds));
        error(ctx, 429, "rate limit exceeded, retry after " + retryAfterSeconds + " seconds", List.of());
    }

    private static int status(Failure.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case UNAVAILABLE -> 503;
            case NOT_AVAILABLE -> 501;
        };
    }
}

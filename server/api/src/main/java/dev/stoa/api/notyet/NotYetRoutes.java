package dev.stoa.api.notyet;

import dev.stoa.api.http.Access;
import dev.stoa.rooms.access.TokenVerifier;
import dev.stoa.rooms.outcome.Outcome;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.util.List;

/// Everything that needs media to be recorded, streamed, measured or sent to telephones. A backend that calls it learns
/// at once
/// that it is the server, not its request.
public final class NotYetRoutes {
    private static final List<String> JOBS = List.of("recordings", "live-streams", "external-streams");

    public void register(RoutesConfig routes, Access access) {
        for (String jobs : JOBS) {
            String base = "/v2/" + jobs;
            Handler refusal = refusal(access, jobs.replace('-', ' '));
            routes.get(base, refusal);
            routes.get(base + "/{job}", refusal);
            routes.post(base + "/{job}/stop", refusal);
            routes.post(base + "/room/{room}/start", refusal);
            routes.post(base + "/room/{room}/stop", refusal);
        }
        post(routes, refusal(access, "recordings"), "/v2/recordings/room/{room}/", "pause", "resume");
        post(
                routes,
                refusal(access, "live streams"),
                "/v2/live-streams/{job}/",
                "timed-metadata",
                "pause-recording",
                "resume-recording");
        Handler assets = refusal(access, "recording assets");
        routes.get("/v2/recording-assets", assets);
        routes.get("/v2/recording-assets/{asset}", assets);
        routes.get("/v2/recording-assets/{asset}/presigned-url", assets);
        Handler keys = refusal(access, "stream keys");
        routes.get("/v2/stream-keys/room/{room}", keys);
        post(routes, keys, "/v2/stream-keys/room/{room}", "", "/disable");
        post(routes, refusal(access, "telephone calls"), "/v2/sip/outbound/", "trunks", "trunks/{trunk}", "call");
        // The only one of these that clients call.
        routes.post(
                "/v2/sip/dtmf",
                access.client(TokenVerifier.Expiry.ENFORCED, (ctx, token) -> notAvailable("telephone calls")));
    }

    private static void post(RoutesConfig routes, Handler handler, String base, String... ends) {
        for (String end : ends) {
            routes.post(base + end, handler);
        }
    }

    private static Handler refusal(Access access, String what) {
        return access.management((ctx, workspace) -> notAvailable(what));
    }

    private static Outcome<?> notAvailable(String what) {
        return Outcome.notAvailable(what + " are not available on this server yet");
    }
}

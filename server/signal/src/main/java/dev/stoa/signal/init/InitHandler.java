package dev.stoa.signal.init;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.signal.SignalSettings;
import dev.stoa.signal.TokenGate;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import tools.jackson.databind.json.JsonMapper;

/// `GET /init`: refuses with a clear word here, because clients cannot read the reason of a refused web socket.
///
/// Never answers 404: official clients would wait for ever.
public final class InitHandler {
    private final JsonMapper json;
    private final SignalSettings settings;
    private final TokenGate gate;
    private final LiveRooms rooms;

    public InitHandler(JsonMapper json, SignalSettings settings, TokenGate gate, LiveRooms rooms) {
        this.json = json;
        this.settings = settings;
        this.gate = gate;
        this.rooms = rooms;
    }

    public void register(RoutesConfig routes) {
        routes.get("/init", this::init);
        routes.get(NetworkProbe.PATH, NetworkProbe::serve);
    }

    private void init(Context ctx) {
        String peerId = ctx.queryParam("peer_id");
        if (!TokenGate.isPeerId(peerId)) {
            refuse(ctx, 400, "peer_id is missing or not a UUID");
            return;
        }
        switch (gate.check(bearer(ctx), peerId)) {
            case TokenGate.Pass.Denied(int code, String message) -> refuse(ctx, code, message);
            case TokenGate.Pass.Granted(AppToken token) -> admit(ctx, token, peerId);
        }
    }

    private void admit(Context ctx, AppToken token, String peerId) {
        switch (rooms.admit(token, peerId)) {
            case LiveRooms.Admission.Refused(int code, String message) -> refuse(ctx, code, message);
            case LiveRooms.Admission.Admitted() -> {
                String http = httpBase(ctx);
                ctx.contentType("application/json")
                        .result(InitResponse.write(json, settings, "ws" + http.substring("http".length()), http));
            }
        }
    }

    private String httpBase(Context ctx) {
        String configured = settings.publicUrl();
        if (configured != null) {
            return configured;
        }
        String forwarded = ctx.header("X-Forwarded-Proto");
        String scheme = forwarded != null && forwarded.equals("https") ? "https" : ctx.scheme();
        return scheme + "://" + ctx.host();
    }

    private static String bearer(Context ctx) {
        String header = ctx.header("Authorization");
        return header != null && header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
    }

    private void refuse(Context ctx, int code, String message) {
        int safe = code == 404 ? 403 : code;
        ctx.status(safe)
                .contentType("application/json")
                .result(json.createObjectNode()
                        .put("code", safe)
                        .put("message", message)
                        .toString());
    }
}

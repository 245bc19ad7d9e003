package dev.stoa.api.client;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.Body;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier.Expiry;
import dev.stoa.rooms.history.HistoryRepository;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/// What clients tell about themselves: failures become analytics, opinions are kept with the session, everything else
/// is
/// taken and forgotten, because clients store and repeat what was refused. Reports may come when a call has outlived
/// its
/// token.
public final class ReportRoutes {
    private final RoomRepository rooms;
    private final HistoryRepository history;
    private final TimeSource time;
    private final ClientEvents events;

    public ReportRoutes(RoomRepository rooms, HistoryRepository history, IdSource ids, TimeSource time) {
        this.rooms = rooms;
        this.history = history;
        this.time = time;
        this.events = new ClientEvents(ids);
    }

    public void register(RoutesConfig routes, Access access) {
        routes.post("/v2/client/report", access.client(Expiry.IGNORED, this::report));
        routes.post("/v2/client/feedback", access.client(Expiry.IGNORED, this::feedback));
    }

    private Outcome<?> report(Context ctx, AppToken token) {
        return Body.object(ctx).map(body -> {
            room(token)
                    .flatMap(room -> events.failure(token, room, body, ctx.header("user_agent_v2"), time.now()))
                    .ifPresent(history::save);
            return Map.of();
        });
    }

    private Outcome<?> feedback(Context ctx, AppToken token) {
        return Body.object(ctx).map(body -> {
            room(token).ifPresent(room -> history.save(events.feedback(token, room, body, time.now())));
            return Map.of();
        });
    }

    private Optional<Room> room(AppToken token) {
        return rooms.byId(token.roomId()).filter(room -> room.workspaceId().equals(token.workspaceId()));
    }
}

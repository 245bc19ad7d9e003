package dev.stoa.api.client;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.Body;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier.Expiry;
import dev.stoa.rooms.history.ClientFailures;
import dev.stoa.rooms.history.HistoryRepository;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.statistics.ClientSamples;
import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.StatisticsRepository;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What clients tell about themselves: failures become analytics, opinions are kept with the session, measurements with
/// the statistics of the peer; everything else is taken and forgotten, because clients store and repeat what was
/// refused. Reports may come when a call has outlived its token.
public final class ReportRoutes {
    private final RoomRepository rooms;
    private final SessionRepository sessions;
    private final HistoryRepository history;
    private final StatisticsRepository statistics;
    private final TimeSource time;
    private final ClientEvents events;

    public ReportRoutes(
            RoomRepository rooms,
            SessionRepository sessions,
            HistoryRepository history,
            StatisticsRepository statistics,
            IdSource ids,
            TimeSource time) {
        this.rooms = rooms;
        this.sessions = sessions;
        this.history = history;
        this.statistics = statistics;
        this.time = time;
        this.events = new ClientEvents(ids);
    }

    public void register(RoutesConfig routes, Access access) {
        routes.post("/v2/client/report", access.client(Expiry.IGNORED, this::report));
        routes.post("/v2/client/feedback", access.client(Expiry.IGNORED, this::feedback));
    }

    private Outcome<?> report(Context ctx, AppToken token) {
        return Body.object(ctx).map(body -> {
            Optional<Room> room = room(token);
            room.flatMap(found -> events.failure(token, found, body, ctx.header("user_agent_v2"), time.now()))
                    .ifPresent(history::save);
            room.flatMap(found -> measured(token, body)).ifPresent(statistics::save);
            return Map.of();
        });
    }

    /// What a client measured of its own stay; who it is, is its word, so it must be a stay of the token's user in the
    /// token's room.
    private Optional<PeerStatistics> measured(AppToken token, Map<String, Object> body) {
        Fields fields = Fields.of(body);
        String event = ClientFailures.text(fields, "event");
        if (!ClientSamples.isStatistics(event) || !fields.isObject("peer") || !fields.isObject("payload")) {
            return Optional.empty();
        }
        Fields peer = Objects.requireNonNull(fields.object("peer"));
        Fields payload = Objects.requireNonNull(fields.object("payload"));
        String peerId = ClientFailures.text(peer, "peer_id");
        return sessions.byId(ClientFailures.text(peer, "session_id"))
                .filter(session -> session.roomId().equals(token.roomId()))
                .filter(session -> sessions.peersOf(session.id()).stream()
                        .anyMatch(stay ->
                                stay.id().equals(peerId) && stay.userId().equals(token.userId())))
                .flatMap(session -> ClientSamples.read(
                        session.id(), peerId, event, payload, time.now().toEpochMilli()));
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

package dev.stoa.api.analytics;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.Query;
import dev.stoa.api.http.Times;
import dev.stoa.rooms.history.HistoryEvent;
import dev.stoa.rooms.history.HistoryRepository;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `/v2/analytics/events`, and what happened in one session.
public final class EventRoutes {
    /// What the public API lists; everything else is for the record of the session alone.
    private static final Set<String> TYPES = Set.of(
            "track.add.success",
            "track.update.success",
            "track.remove.success",
            "beam.recording.success",
            "client.publish.failed",
            "client.subscribe.failed",
            "client.join.failed",
            "client.disconnected",
            "client.connect.failed");

    private static final Duration KEPT = Duration.ofDays(30);
    private static final int DEFAULT_LIMIT = 10;

    private final HistoryRepository history;
    private final SessionRepository sessions;
    private final TimeSource time;

    public EventRoutes(HistoryRepository history, SessionRepository sessions, TimeSource time) {
        this.history = history;
        this.sessions = sessions;
        this.time = time;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.get("/v2/analytics/events", access.management(this::events));
        routes.get("/v2/sessions/{session}/events", access.management(this::ofSession));
    }

    private Outcome<?> events(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        String room = query.text("room_id");
        List<String> types = ctx.queryParams("type");
        boolean errors = Boolean.TRUE.equals(query.flag("error"));
        int limit = query.integer("limit", DEFAULT_LIMIT, 1, 100);
        EventPages pages = pages(query);
        if (room == null) {
            query.problem("room_id", "is missing");
        }
        if (!TYPES.containsAll(types)) {
            query.problem(
                    "type",
                    "must be one of "
                            + String.join(", ", TYPES.stream().sorted().toList()));
        }
        HistoryRepository.Filter filter = new HistoryRepository.Filter(
                workspace.id(),
                room,
                query.text("session_id"),
                query.text("peer_id"),
                query.text("user_id"),
                types.isEmpty()
                        ? TYPES.stream().sorted().toList()
                        : types.stream().distinct().toList(),
                errors,
                time.now().minus(KEPT));
        return query.then(() -> Outcome.done(page(filter, pages, limit)));
    }

    private Outcome<?> ofSession(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        int limit = query.integer("limit", DEFAULT_LIMIT, 1, 100);
        EventPages pages = pages(query);
        String id = ctx.pathParam("session");
        return query.then(() -> sessions.byId(id)
                .filter(session -> session.workspaceId().equals(workspace.id()))
                .map(session -> Outcome.done(
                        page(HistoryRepository.Filter.ofSession(workspace.id(), session.roomId(), id), pages, limit)))
                .orElseGet(() -> Outcome.notFound("session not found")));
    }

    private EventPages pages(Query query) {
        Instant now = time.now();
        String start = query.text("start");
        EventPages pages = start == null ? EventPages.first(now) : EventPages.parse(start);
        if (pages == null || pages.isExpired(now)) {
            query.problem("start", "must be next of a page before, of the last 24 hours");
        }
        return pages == null ? EventPages.first(now) : pages;
    }

    private Map<String, Object> page(HistoryRepository.Filter filter, EventPages pages, int limit) {
        List<HistoryEvent> found = history.list(filter, pages.upTo(), pages.after(), limit + 1);
        List<HistoryEvent> shown = found.size() > limit ? found.subList(0, limit) : found;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("limit", limit);
        json.put("total", history.count(filter, pages.upTo()));
        json.put("next", found.size() > limit ? pages.next(shown.getLast()) : "");
        json.put("events", shown.stream().map(EventRoutes::json).toList());
        return json;
    }

    private static Map<String, Object> json(HistoryEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "2.0");
        json.put("id", event.id());
        json.put("timestamp", Times.text(event.at()));
        json.put("type", event.type());
        json.put("data", event.data());
        return json;
    }
}

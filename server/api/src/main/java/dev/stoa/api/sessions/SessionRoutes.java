package dev.stoa.api.sessions;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.ApiJson;
import dev.stoa.api.http.Query;
import dev.stoa.api.http.Times;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `/v2/sessions`.
public final class SessionRoutes {
    private final SessionRepository sessions;

    public SessionRoutes(SessionRepository sessions) {
        this.sessions = sessions;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.get("/v2/sessions", access.management(this::list));
        routes.get("/v2/sessions/{session}", access.management(this::get));
    }

    private Outcome<?> list(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        SessionRepository.Filter filter = new SessionRepository.Filter(
                query.flag("active"), query.text("room_id"), query.instant("after"), query.instant("before"));
        Page.Request page = query.page(Page.Request.MIN_LIMIT);
        return query.then(() -> Outcome.done(list(workspace, sessions.list(workspace.id(), filter, page))));
    }

    private Map<String, Object> list(Workspace workspace, Page<SessionRecord> page) {
        Map<String, List<PeerRecord>> peers =
                sessions.peersOf(page.data().stream().map(SessionRecord::id).toList());
        return ApiJson.page(page, session -> json(workspace, session, peers.getOrDefault(session.id(), List.of())));
    }

    private Outcome<?> get(Context ctx, Workspace workspace) {
        return sessions.byId(ctx.pathParam("session"))
                .filter(session -> session.workspaceId().equals(workspace.id()))
                .map(session -> Outcome.done(json(workspace, session, sessions.peersOf(session.id()))))
                .orElseGet(() -> Outcome.notFound("session not found"));
    }

    private static Map<String, Object> json(Workspace workspace, SessionRecord session, List<PeerRecord> peers) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", session.id());
        json.put("room_id", session.roomId());
        json.put("customer_id", workspace.id());
        json.put("app_id", workspace.appId());
        json.put("active", session.endedAt() == null);
        Map<String, Object> byId = new LinkedHashMap<>();
        peers.forEach(peer -> byId.put(peer.id(), peer(peer)));
        json.put("peers", byId);
        json.put("created_at", Times.text(session.createdAt()));
        json.put("updated_at", Times.text(updatedAt(session, peers)));
        return json;
    }

    /// The end, or while the session runs the last change in it.
    private static Instant updatedAt(SessionRecord session, List<PeerRecord> peers) {
        Instant latest = Objects.requireNonNullElse(session.endedAt(), session.createdAt());
        if (session.endedAt() != null) {
            return latest;
        }
        for (PeerRecord peer : peers) {
            Instant change = Objects.requireNonNullElse(peer.leftAt(), peer.joinedAt());
            latest = change.isAfter(latest) ? change : latest;
        }
        return latest;
    }

    private static Map<String, Object> peer(PeerRecord peer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", peer.id());
        json.put("session_id", peer.sessionId());
        json.put("name", peer.name());
        json.put("role", peer.role());
        json.put("user_id", peer.userId());
        json.put("user", peer.userId());
        json.put("joined_at", Times.text(peer.joinedAt()));
        Instant leftAt = peer.leftAt();
        if (leftAt != null) {
            json.put("left_at", Times.text(leftAt));
        }
        return json;
    }
}

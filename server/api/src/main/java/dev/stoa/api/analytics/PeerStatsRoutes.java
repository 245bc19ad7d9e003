package dev.stoa.api.analytics;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.Query;
import dev.stoa.rooms.live.LiveRoomsControl;
import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.live.RoomRequest;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.StatisticsRepository;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/v2/analytics/peer-stats`: how the media of one peer did, while its session runs too.
public final class PeerStatsRoutes {
    private final SessionRepository sessions;
    private final StatisticsRepository statistics;
    private final LiveRoomsControl live;

    public PeerStatsRoutes(SessionRepository sessions, StatisticsRepository statistics, LiveRoomsControl live) {
        this.sessions = sessions;
        this.statistics = statistics;
        this.live = live;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.get("/v2/analytics/peer-stats", access.management(this::ofPeer));
    }

    private Outcome<?> ofPeer(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        String peer = required(query, "peer_id");
        String session = required(query, "session_id");
        return query.then(() -> sessions.byId(session)
                .filter(found -> found.workspaceId().equals(workspace.id()))
                .map(found -> ofPeer(found, peer))
                .orElseGet(() -> Outcome.notFound("session not found")));
    }

    private static String required(Query query, String name) {
        String value = query.text(name);
        if (value == null) {
            query.problem(name, "is missing");
        }
        return value == null ? "" : value;
    }

    private Outcome<Object> ofPeer(SessionRecord session, String peer) {
        List<PeerStatistics> pieces = new ArrayList<>(statistics.of(session.id(), peer));
        if (session.endedAt() == null) {
            recent(session, peer).ifPresent(pieces::add);
        }
        boolean known = !pieces.isEmpty()
                || sessions.peersOf(session.id()).stream()
                        .anyMatch(stay -> stay.id().equals(peer));
        return known
                ? Outcome.done(PeerStatsJson.of(session, peer, pieces))
                : Outcome.notFound("peer not found in this session");
    }

    /// What the running room has not handed over yet.
    private Optional<PeerStatistics> recent(SessionRecord session, String peer) {
        return live.ask(session.roomId(), new RoomRequest.ReadStatistics(peer))
                        instanceof RoomReply.Statistics(Optional<PeerStatistics> recent)
                ? recent.filter(piece -> piece.sessionId().equals(session.id()))
                : Optional.empty();
    }
}

package dev.stoa.rooms.session;

import dev.stoa.rooms.room.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Port to where sessions are kept. Thread-safe; calls may block; a call that returned is durable.
public interface SessionRepository {
    /// Inserts or replaces by id.
    void save(SessionRecord session);

    /// Inserts or replaces by session and peer id.
    void savePeer(PeerRecord peer);

    Optional<SessionRecord> byId(String id);

    /// In the order of joining.
    List<PeerRecord> peersOf(String sessionId);

    /// By session, each in the order of joining; sessions without peers are left out.
    Map<String, List<PeerRecord>> peersOf(Collection<String> sessionIds);

    /// Newest first by creation, the id deciding among equals. Nothing follows a session that is not there.
    Page<SessionRecord> list(String workspaceId, Filter filter, Page.Request page);

    /// Running sessions; used at start to close what a crash left open.
    List<SessionRecord> open();

    /// Replaces the number of messages sent in a session.
    void countMessages(String sessionId, long messages);

    /// Messages sent in a session, as last counted; 0 when it is not there.
    long messages(String sessionId);

    /// The server is there: what a crash leaves open ended after this.
    void alive(Instant now);

    /// When [#alive] was called last.
    Optional<Instant> lastAlive();

    /// Ends a session and all stays in it that are still open.
    void end(String sessionId, Instant endedAt);

    /// Null components do not filter; times of creation are inclusive.
    record Filter(
            @Nullable Boolean active,
            @Nullable String roomId,
            @Nullable Instant after,
            @Nullable Instant before) {}
}

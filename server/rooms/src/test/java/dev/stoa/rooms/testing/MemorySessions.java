package dev.stoa.rooms.testing;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

public final class MemorySessions implements SessionRepository {
    private static final Comparator<SessionRecord> NEWEST_FIRST = Comparator.comparing(SessionRecord::createdAt)
            .thenComparing(SessionRecord::id)
            .reversed();

    private record Stay(String sessionId, String peerId) {}

    private final Map<String, SessionRecord> byId = new LinkedHashMap<>();
    private final Map<Stay, PeerRecord> peers = new LinkedHashMap<>();
    private final Map<String, Long> messages = new LinkedHashMap<>();
    private Optional<Instant> alive = Optional.empty();

    @Override
    public synchronized void save(SessionRecord session) {
        byId.put(session.id(), session);
    }

    @Override
    public synchronized void savePeer(PeerRecord peer) {
        peers.put(new Stay(peer.sessionId(), peer.id()), peer);
    }

    @Override
    public synchronized Optional<SessionRecord> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized List<PeerRecord> peersOf(String sessionId) {
        return peers.values().stream()
                .filter(peer -> peer.sessionId().equals(sessionId))
                .sorted(Comparator.comparing(PeerRecord::joinedAt).thenComparing(PeerRecord::id))
                .toList();
    }

    @Override
    public synchronized Map<String, List<PeerRecord>> peersOf(Collection<String> sessionIds) {
        return sessionIds.stream()
                .distinct()
                .flatMap(id -> peersOf(id).stream())
                .collect(Collectors.groupingBy(PeerRecord::sessionId));
    }

    @Override
    public synchronized Page<SessionRecord> list(String workspaceId, Filter filter, Page.Request page) {
        String start = page.start();
        SessionRecord mark = byId.values().stream()
                .filter(session -> session.workspaceId().equals(workspaceId)
                        && session.id().equals(start))
                .findFirst()
                .orElse(null);
        List<SessionRecord> data = byId.values().stream()
                .filter(session -> session.workspaceId().equals(workspaceId) && matches(session, filter))
                .filter(session -> start == null || (mark != null && NEWEST_FIRST.compare(session, mark) > 0))
                .sorted(NEWEST_FIRST)
                .limit(page.limit())
                .toList();
        return new Page<>(
                data, page.limit(), data.isEmpty() ? null : data.getLast().id());
    }

    @Override
    public synchronized List<SessionRecord> open() {
        return byId.values().stream()
                .filter(session -> session.endedAt() == null)
                .toList();
    }

    @Override
    public synchronized void countMessages(String sessionId, long count) {
        messages.put(sessionId, count);
    }

    @Override
    public synchronized long messages(String sessionId) {
        return messages.getOrDefault(sessionId, 0L);
    }

    @Override
    public synchronized void alive(Instant now) {
        alive = Optional.of(now);
    }

    @Override
    public synchronized Optional<Instant> lastAlive() {
        return alive;
    }

    @Override
    public synchronized void end(String sessionId, Instant endedAt) {
        byId.computeIfPresent(
                sessionId,
                (id, old) -> new SessionRecord(id, old.workspaceId(), old.roomId(), old.createdAt(), endedAt));
        peers.replaceAll(
                (stay, old) -> stay.sessionId().equals(sessionId) && old.leftAt() == null ? left(old, endedAt) : old);
    }

    private static PeerRecord left(PeerRecord old, Instant leftAt) {
        return new PeerRecord(
                old.id(),
                old.sessionId(),
                old.name(),
                old.role(),
                old.userId(),
                old.metadata(),
                old.joinedAt(),
                leftAt);
    }

    private static boolean matches(SessionRecord session, Filter filter) {
        return (filter.active() == null || (session.endedAt() == null) == filter.active())
                && (filter.roomId() == null || session.roomId().equals(filter.roomId()))
                && (filter.after() == null || !session.createdAt().isBefore(filter.after()))
                && (filter.before() == null || !session.createdAt().isAfter(filter.before()));
    }
}

package dev.stoa.rooms.live;

import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks from time to time how the media of the peers do, keeps the answers per peer, and hands them to the record of
/// the session in pieces: with the peer, or once a minute.
///
/// In a big room not everybody is asked each time but one after the other, so that the cost of a room is bounded.
final class QualityWatch {
    /// Lower: more, smaller records. Higher: more is lost in a crash.
    private static final long PIECE_MS = 60_000;

    private static final int PEERS_PER_ROUND = 100;

    private final Roster roster;
    private final MediaControl media;
    private final SessionKeeper session;
    private final long intervalMs;
    private long dueMs = Long.MAX_VALUE;
    private long lastOrdinal = -1;

    /// @param intervalMs from round to round; 0 = never
    QualityWatch(Roster roster, MediaControl media, SessionKeeper session, long intervalMs) {
        this.roster = roster;
        this.media = media;
        this.session = session;
        this.intervalMs = intervalMs;
    }

    /// Somebody took a seat.
    void entered(long nowMs) {
        if (intervalMs > 0 && dueMs == Long.MAX_VALUE) {
            dueMs = nowMs + intervalMs;
        }
    }

    long nextDeadlineMs() {
        return dueMs;
    }

    void handleTimeout(long nowMs) {
        if (nowMs < dueMs) {
            return;
        }
        if (roster.peers() == 0) {
            dueMs = Long.MAX_VALUE;
            return;
        }
        dueMs = nowMs + intervalMs;
        media.measure(round());
    }

    /// Those whose turn it is.
    private List<String> round() {
        List<Seat> next = new ArrayList<>();
        List<Seat> first = new ArrayList<>();
        for (Seat seat : roster.all()) {
            (seat.ordinal > lastOrdinal ? next : first).add(seat);
        }
        next.addAll(first);
        List<Seat> chosen = next.subList(0, Math.min(PEERS_PER_ROUND, next.size()));
        lastOrdinal = chosen.getLast().ordinal;
        return chosen.stream().map(seat -> seat.peerId).toList();
    }

    /// What was measured; of one moment.
    void measured(long nowMs, String peerId, Map<StreamId, StreamSample> samples) {
        Seat seat = roster.byPeer(peerId);
        if (seat == null) {
            return;
        }
        samples.forEach(seat.quality::add);
        if (seat.quality.isOlderThan(nowMs, PIECE_MS)) {
            keep(seat);
        }
    }

    /// Hands over what was collected of a peer.
    void keep(Seat seat) {
        seat.quality.take(session.id(), seat.peerId).ifPresent(session::measured);
    }

    /// What was collected and not handed over yet.
    Optional<PeerStatistics> recent(Seat seat) {
        return seat.quality.peek(session.id(), seat.peerId);
    }
}

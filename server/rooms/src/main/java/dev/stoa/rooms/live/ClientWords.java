package dev.stoa.rooms.live;

import dev.stoa.rooms.history.ClientFailures;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.statistics.ClientSamples;
import java.util.LinkedHashMap;
import java.util.Map;

/// What clients say of themselves over their connection: failures are kept with the session, measurements with the
/// statistics of the peer, everything else is forgotten, and so is what comes too often.
final class ClientWords {
    private final Snapshots snapshots;
    private final SessionKeeper session;

    ClientWords(Snapshots snapshots, SessionKeeper session) {
        this.snapshots = snapshots;
        this.session = session;
    }

    void take(long nowMs, LiveLink link, PeerCommand.Report report) {
        String failure = ClientFailures.type(report.event());
        boolean statistics = ClientSamples.isStatistics(report.event());
        if (failure == null && !statistics || !link.reports.take(nowMs)) {
            return;
        }
        Seat seat = link.seat;
        Fields info = Fields.of(report.info());
        if (failure != null) {
            Map<String, Object> details = new LinkedHashMap<>();
            ClientFailures.describe(details, info, report.agent());
            session.clientReported(snapshots.room(), visitor(link), failure, details);
        } else if (seat != null) {
            ClientSamples.read(session.id(), seat.peerId, report.event(), info, nowMs)
                    .ifPresent(session::measured);
        }
    }

    private static Visitor visitor(LiveLink link) {
        Seat seat = link.seat;
        return seat == null
                ? Visitor.of(link.token, link.peerId)
                : new Visitor(link.peerId, link.token.userId(), seat.name, seat.metadata, seat.role.name());
    }
}

package dev.stoa.rooms.webhook;

import dev.stoa.rooms.live.Departure;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.live.Visitor;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Words what happened in rooms as backends are told it.
public final class WebhookEvents {
    /// An API documented for a server written in Go says "not at all" like this.
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private WebhookEvents() {}

    /// Empty for what backends are not told.
    public static Optional<WebhookEvent> of(JournalEntry entry) {
        return switch (entry.event()) {
            case RoomEvent.SessionOpened opened ->
                Optional.of(about(entry)
                        .put("session_started_at", opened.session().createdAt())
                        .event("session.open.success"));
            case RoomEvent.PeerEntered entered -> Optional.of(joined(entry, entered.peer()));
            case RoomEvent.PeerGone gone -> Optional.of(left(entry, gone));
            case RoomEvent.SessionClosed closed -> Optional.of(closed(entry, closed.session()));
            case RoomEvent.RoleChanged changed -> Optional.of(roleChanged(entry, changed));
            case RoomEvent.RoleRefused refused -> Optional.of(roleRefused(entry, refused));
            case RoomEvent.RoomEnded ended -> Optional.of(roomEnded(entry, ended));
            case RoomEvent.EndRefused refused -> Optional.of(endRefused(entry, refused));
            case RoomEvent.JoinRefused refused -> Optional.of(joinRefused(entry, refused));
            case RoomEvent.LeaveRefused refused -> Optional.of(leaveRefused(entry, refused));
            case RoomEvent.PeerChanged changed -> Optional.empty();
            case RoomEvent.Note note -> Optional.empty();
            case RoomEvent.RoomLocked locked -> Optional.empty();
            case RoomEvent.Figures figures -> Optional.empty();
            case RoomEvent.PollChanged changed -> Optional.empty();
        };
    }

    private static WebhookData about(JournalEntry entry) {
        return new WebhookData(entry);
    }

    private static WebhookEvent joined(JournalEntry entry, PeerRecord peer) {
        return about(entry)
                .peer(peer)
                .put("joined_at", peer.joinedAt())
                .put("type", "regular")
                .event("peer.join.success");
    }

    private static WebhookEvent left(JournalEntry entry, RoomEvent.PeerGone gone) {
        PeerRecord peer = gone.peer();
        Instant leftAt = Objects.requireNonNullElse(peer.leftAt(), entry.at());
        return about(entry)
                .peer(peer)
                .put("joined_at", peer.joinedAt())
                .put("left_at", leftAt)
                .putSeconds("duration", peer.joinedAt(), leftAt)
                .put("reason", reason(gone.departure().reason()))
                .put("message", gone.departure().message())
                .put("type", "regular")
                .event("peer.leave.success");
    }

    private static String reason(Departure.Reason reason) {
        return switch (reason) {
            case CLIENT_REQUEST -> "client request";
            case REMOVED -> "peer kicked";
            case CONNECTION_LOST -> "websocket closed";
            case MEDIA_LOST -> "ice connection state closed";
            case SERVER -> "server removed peer";
        };
    }

    private static WebhookEvent closed(JournalEntry entry, SessionRecord session) {
        Instant endedAt = Objects.requireNonNullElse(session.endedAt(), entry.at());
        return about(entry)
                .put("session_started_at", session.createdAt())
                .put("session_stopped_at", endedAt)
                .putSeconds("session_duration", session.createdAt(), endedAt)
                .event("session.close.success");
    }

    private static WebhookEvent roleChanged(JournalEntry entry, RoomEvent.RoleChanged changed) {
        return about(entry)
                .peer(changed.peer())
                .put("previous_role", changed.previousRole())
                .put("joined_at", changed.peer().joinedAt())
                .put("role_changed_at", entry.at())
                .putIfKnown("role_change_requested_by", changed.requestedBy())
                .event("role.change.success");
    }

    private static WebhookEvent roleRefused(JournalEntry entry, RoomEvent.RoleRefused refused) {
        return about(entry)
                .peer(refused.peer())
                .put("role", refused.wantedRole())
                .put("joined_at", refused.peer().joinedAt())
                .put("error_message", refused.message())
                .putIfKnown("role_change_requested_by", refused.requestedBy())
                .event("role.change.failure");
    }

    private static WebhookEvent roomEnded(JournalEntry entry, RoomEvent.RoomEnded ended) {
        WebhookData data = about(entry);
        PeerRecord by = ended.by();
        if (by != null) {
            data.briefPeer(by);
        }
        return data.put("lock_room", ended.lock())
                .put("reason", ended.reason())
                .put("source", by == null ? "api" : "peer")
                .event("room.end.success");
    }

    private static WebhookEvent endRefused(JournalEntry entry, RoomEvent.EndRefused refused) {
        return about(entry)
                .put("lock_room", refused.lock())
                .put("reason", refused.reason())
                .put("source", "api")
                .put("error_message", refused.message())
                .put("error_code", 404)
                .event("room.end.failure");
    }

    private static WebhookEvent joinRefused(JournalEntry entry, RoomEvent.JoinRefused refused) {
        return outside(entry, refused.visitor())
                .put("joined_at", NEVER)
                .put("error_message", refused.message())
                .put("type", "regular")
                .event("peer.join.failure");
    }

    private static WebhookEvent leaveRefused(JournalEntry entry, RoomEvent.LeaveRefused refused) {
        return outside(entry, refused.visitor())
                .put("joined_at", NEVER)
                .put("left_at", NEVER)
                .put("duration", 0)
                .put("error_message", refused.message())
                .put("type", "regular")
                .event("peer.leave.failure");
    }

    private static WebhookData outside(JournalEntry entry, Visitor visitor) {
        return about(entry).withoutSession().visitor(visitor);
    }
}

package dev.stoa.rooms.history;

import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.live.TrackInfo;
import dev.stoa.rooms.live.Visitor;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.webhook.WebhookEvent;
import dev.stoa.rooms.webhook.WebhookEvents;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Chooses what of a room's events is kept as history, and words it as the API shows it. Joins and leaves are not among
/// it: they are the stays of the session.
public final class HistoryEvents {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private HistoryEvents() {}

    public static Optional<HistoryEvent> of(JournalEntry entry) {
        return switch (entry.event()) {
            case RoomEvent.RoleChanged changed -> told(entry, false);
            case RoomEvent.RoleRefused refused -> told(entry, true);
            case RoomEvent.RoomEnded ended -> told(entry, false);
            case RoomEvent.Note note -> Optional.of(noted(entry, note));
            case RoomEvent.SessionOpened opened -> Optional.empty();
            case RoomEvent.SessionClosed closed -> Optional.empty();
            case RoomEvent.PeerEntered entered -> Optional.empty();
            case RoomEvent.PeerChanged changed -> Optional.empty();
            case RoomEvent.PeerGone gone -> Optional.empty();
            case RoomEvent.RoomLocked locked -> Optional.empty();
            case RoomEvent.Figures figures -> Optional.empty();
            case RoomEvent.PollChanged changed -> Optional.empty();
            case RoomEvent.EndRefused refused -> Optional.empty();
            case RoomEvent.JoinRefused refused -> Optional.empty();
            case RoomEvent.LeaveRefused refused -> Optional.empty();
        };
    }

    /// Worded as backends are told it.
    private static Optional<HistoryEvent> told(JournalEntry entry, boolean error) {
        return WebhookEvents.of(entry).map(event -> kept(event, error));
    }

    private static HistoryEvent kept(WebhookEvent event, boolean error) {
        return new HistoryEvent(
                event.id(),
                event.position(),
                event.workspaceId(),
                event.roomId(),
                event.sessionId(),
                event.peerId(),
                event.userId(),
                event.type(),
                error,
                event.at(),
                event.data());
    }

    private static HistoryEvent noted(JournalEntry entry, RoomEvent.Note note) {
        return switch (note) {
            case RoomEvent.TrackNoted track -> track(entry, track);
            case RoomEvent.MuteAsked mute -> mute(entry, mute);
            case RoomEvent.ClientReported reported -> reported(entry, reported);
            case RoomEvent.MessagesCounted counted -> {
                Map<String, Object> data = about(entry);
                data.put("messages", counted.messages());
                yield event(entry, null, "session.messages", data);
            }
        };
    }

    private static HistoryEvent track(JournalEntry entry, RoomEvent.TrackNoted note) {
        TrackInfo track = note.track();
        Map<String, Object> data = about(entry);
        who(data, note.peer());
        data.put("joined_at", TIME.format(note.peer().joinedAt()));
        data.put("track_id", track.trackId());
        data.put("stream_id", track.streamId());
        data.put("type", track.type());
        data.put("source", track.source());
        data.put("mute", track.mute());
        data.put("started_at", TIME.format(note.startedAt()));
        String type = switch (note.change()) {
            case ADDED -> "track.add.success";
            case UPDATED -> "track.update.success";
            case REMOVED -> {
                data.put("stopped_at", TIME.format(entry.at()));
                yield "track.remove.success";
            }
        };
        return event(entry, note.peer(), type, data);
    }

    private static HistoryEvent reported(JournalEntry entry, RoomEvent.ClientReported reported) {
        Visitor visitor = reported.visitor();
        Map<String, Object> data = about(entry);
        data.put("template_id", entry.room().templateId());
        data.put("account_id", reported.workspaceId());
        data.put("peer_id", visitor.peerId());
        data.put("user_id", visitor.userId());
        if (!visitor.name().isEmpty()) {
            data.put("user_name", visitor.name());
        }
        data.put("role", visitor.role());
        data.putAll(reported.details());
        return new HistoryEvent(
                entry.id(),
                entry.position(),
                reported.workspaceId(),
                entry.room().id(),
                sessionId(entry),
                visitor.peerId(),
                visitor.userId(),
                reported.type(),
                true,
                entry.at(),
                data);
    }

    private static HistoryEvent mute(JournalEntry entry, RoomEvent.MuteAsked asked) {
        Map<String, Object> data = about(entry);
        who(data, asked.by());
        data.put("mute", asked.mute());
        put(data, "target_peer_id", asked.peerId());
        put(data, "track_id", asked.trackId());
        put(data, "type", asked.type());
        put(data, "source", asked.source());
        if (!asked.roles().isEmpty()) {
            data.put("roles", asked.roles());
        }
        return event(entry, asked.by(), asked.mute() ? "track.mute.request" : "track.unmute.request", data);
    }

    private static void put(Map<String, Object> data, String key, @Nullable String value) {
        if (value != null) {
            data.put(key, value);
        }
    }

    private static Map<String, Object> about(JournalEntry entry) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("room_id", entry.room().id());
        put(data, "session_id", sessionId(entry));
        data.put("room_name", entry.room().name());
        return data;
    }

    private static void who(Map<String, Object> data, PeerRecord peer) {
        data.put("peer_id", peer.id());
        data.put("user_id", peer.userId());
        data.put("user_name", peer.name());
        data.put("role", peer.role());
    }

    private static @Nullable String sessionId(JournalEntry entry) {
        SessionRecord session = entry.session();
        return session == null ? null : session.id();
    }

    private static HistoryEvent event(
            JournalEntry entry, @Nullable PeerRecord peer, String type, Map<String, Object> data) {
        Instant at = entry.at();
        return new HistoryEvent(
                entry.id(),
                entry.position(),
                entry.room().workspaceId(),
                entry.room().id(),
                sessionId(entry),
                peer == null ? null : peer.id(),
                peer == null ? null : peer.userId(),
                type,
                false,
                at,
                data);
    }
}

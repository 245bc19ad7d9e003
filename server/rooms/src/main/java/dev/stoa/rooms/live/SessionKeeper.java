package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.poll.LivePoll;
import dev.stoa.rooms.poll.PollRecord;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.statistics.PeerStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The running session: begins with the first join, ends with the last leave.
final class SessionKeeper {
    /// How much of the number of messages a crash may take along.
    private static final long SAVE_EVERY_MS = 3_000;

    private final IdSource ids;
    private final RoomEventSink events;
    private @Nullable SessionRecord session;
    private long messages;
    private long savedMessages;
    private long savedAtMs;

    SessionKeeper(IdSource ids, RoomEventSink events) {
        this.ids = ids;
        this.events = events;
    }

    void entered(long nowMs, Room room, Seat seat) {
        SessionRecord running = session;
        if (running == null) {
            running =
                    new SessionRecord(ids.objectId(), room.workspaceId(), room.id(), Instant.ofEpochMilli(nowMs), null);
            session = running;
            events.emit(new RoomEvent.SessionOpened(running));
        }
        events.emit(new RoomEvent.PeerEntered(room.workspaceId(), seat.record(running.id(), null)));
    }

    void changed(Seat seat) {
        SessionRecord running = session;
        if (running != null) {
            events.emit(new RoomEvent.PeerChanged(running.workspaceId(), seat.record(running.id(), null)));
        }
    }

    void locked(Room room) {
        events.emit(new RoomEvent.RoomLocked(room.workspaceId(), room.id()));
    }

    /// @param requestedBy null = a backend
    void roleChanged(Seat seat, String previousRole, @Nullable String requestedBy) {
        SessionRecord running = session;
        if (running != null) {
            events.emit(new RoomEvent.RoleChanged(
                    running.workspaceId(), seat.record(running.id(), null), previousRole, requestedBy));
        }
    }

    /// @param requestedBy null = a backend
    void roleRefused(Seat seat, String wantedRole, @Nullable String requestedBy, String message) {
        SessionRecord running = session;
        if (running != null) {
            events.emit(new RoomEvent.RoleRefused(
                    running.workspaceId(), seat.record(running.id(), null), wantedRole, requestedBy, message));
        }
    }

    /// @param by null = a backend
    void ended(@Nullable Seat by, boolean lock, String reason) {
        SessionRecord running = session;
        if (running != null) {
            events.emit(new RoomEvent.RoomEnded(
                    running.workspaceId(), by == null ? null : by.record(running.id(), null), lock, reason));
        }
    }

    void joinRefused(Room room, Visitor visitor, String message) {
        events.emit(new RoomEvent.JoinRefused(room.workspaceId(), visitor, message));
    }

    void leaveRefused(Room room, Visitor visitor) {
        events.emit(new RoomEvent.LeaveRefused(room.workspaceId(), visitor, "Peer not joined"));
    }

    void said() {
        messages++;
    }

    /// When the number of messages is to be written, `Long.MAX_VALUE` = it is written.
    long nextDeadlineMs() {
        return messages == savedMessages ? Long.MAX_VALUE : savedAtMs + SAVE_EVERY_MS;
    }

    void handleTimeout(long nowMs) {
        SessionRecord running = session;
        if (running != null && nowMs >= nextDeadlineMs()) {
            savedMessages = messages;
            savedAtMs = nowMs;
            events.emit(new RoomEvent.MessagesSaid(running.workspaceId(), running.id(), messages));
        }
    }

    /// A piece of the statistics of a peer.
    void measured(PeerStatistics statistics) {
        SessionRecord running = session;
        if (running != null) {
            events.emit(new RoomEvent.Measured(running.workspaceId(), statistics));
        }
    }

    /// @param details as [RoomEvent.ClientReported#details]
    void clientReported(Room room, Visitor visitor, String type, Map<String, Object> details) {
        events.emit(new RoomEvent.ClientReported(room.workspaceId(), visitor, type, details));
    }

    /// @param startedAtMs when the track was first published, Unix epoch milliseconds
    void track(Seat seat, RoomEvent.TrackChange change, TrackInfo track, long startedAtMs) {
        SessionRecord running = session;
        if (running != null) {
            events.emit(new RoomEvent.TrackNoted(
                    running.workspaceId(),
                    seat.record(running.id(), null),
                    change,
                    track,
                    Instant.ofEpochMilli(startedAtMs)));
        }
    }

    void muteAsked(Seat by, PeerCommand.RequestTrackMute asked) {
        SessionRecord running = session;
        if (running != null) {
            events.emit(new RoomEvent.MuteAsked(
                    running.workspaceId(),
                    by.record(running.id(), null),
                    asked.peerId(),
                    asked.trackId(),
                    asked.mute(),
                    null,
                    null,
                    List.of()));
        }
    }

    void muteAsked(Seat by, PeerCommand.RequestMute asked) {
        SessionRecord running = session;
        if (running != null) {
            events.emit(new RoomEvent.MuteAsked(
                    running.workspaceId(),
                    by.record(running.id(), null),
                    null,
                    null,
                    asked.mute(),
                    asked.type(),
                    asked.source(),
                    asked.roles()));
        }
    }

    void gone(long nowMs, Seat seat, boolean lost, Departure departure, boolean last) {
        SessionRecord running = session;
        if (running == null) {
            return;
        }
        Instant now = Instant.ofEpochMilli(nowMs);
        events.emit(new RoomEvent.PeerGone(running.workspaceId(), seat.record(running.id(), now), lost, departure));
        if (last) {
            if (messages > 0) {
                events.emit(new RoomEvent.MessagesCounted(running.workspaceId(), messages));
                messages = 0;
                savedMessages = 0;
            }
            session = null;
            events.emit(new RoomEvent.SessionClosed(new SessionRecord(
                    running.id(), running.workspaceId(), running.roomId(), running.createdAt(), now)));
        }
    }

    PollRun pollStarted(long nowMs, String runId, LivePoll poll) {
        SessionRecord running = session;
        if (running == null) {
            throw new IllegalStateException("a poll starts in a session");
        }
        PollRun run = new PollRun(
                runId,
                running.workspaceId(),
                poll.id(),
                running.id(),
                poll.info(),
                poll.questions(),
                Instant.ofEpochMilli(nowMs),
                null);
        events.emit(new RoomEvent.PollChanged(run.workspaceId(), new PollRecord.Started(run)));
        return run;
    }

    void pollAnswered(List<StoredResponse> responses) {
        if (!responses.isEmpty()) {
            String workspace = responses.getFirst().poll().workspaceId();
            events.emit(new RoomEvent.PollChanged(workspace, new PollRecord.Answered(responses)));
        }
    }

    void pollStopped(long nowMs, PollRun run) {
        PollRun stopped = run.stopped(Instant.ofEpochMilli(nowMs));
        events.emit(new RoomEvent.PollChanged(run.workspaceId(), new PollRecord.Stopped(stopped)));
    }

    /// `""` while nobody is inside.
    String id() {
        return session == null ? "" : session.id();
    }

    long startedAtMs() {
        return session == null ? 0 : session.createdAt().toEpochMilli();
    }
}

package dev.stoa.store;

import dev.stoa.rooms.history.HistoryEvents;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.poll.PollRecord;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.RoomJournal;
import dev.stoa.rooms.webhook.WebhookEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Writes what happened in rooms, and the webhooks that tell of it, in one transaction: neither can be there
/// without the other.
final class SqlRoomJournal implements RoomJournal {
    private final Database database;

    SqlRoomJournal(Database database) {
        this.database = database;
    }

    @Override
    public void write(List<JournalEntry> entries) {
        database.useTransaction(handle -> {
            Map<String, Boolean> told = new HashMap<>();
            for (JournalEntry entry : entries) {
                record(handle, entry);
                HistoryEvents.of(entry).ifPresent(event -> SqlHistory.insert(handle, event));
                boolean wanted = entry.room().webhook() != null
                        || told.computeIfAbsent(entry.room().workspaceId(), id -> hasWebhook(handle, id));
                if (wanted) {
                    WebhookEvents.of(entry).ifPresent(event -> SqlWebhooks.insert(handle, event));
                }
            }
        });
    }

    private static void record(Handle handle, JournalEntry entry) {
        switch (entry.event()) {
            case RoomEvent.SessionOpened opened -> SqlSessions.save(handle, opened.session());
            case RoomEvent.PeerEntered entered -> SqlSessions.savePeer(handle, entered.peer());
            case RoomEvent.PeerChanged changed -> SqlSessions.savePeer(handle, changed.peer());
            case RoomEvent.PeerGone gone -> SqlSessions.savePeer(handle, gone.peer());
            case RoomEvent.SessionClosed closed -> {
                SqlSessions.save(handle, closed.session());
                // A crash left polls running that nobody stopped.
                SqlPolls.endRuns(handle, closed.session().id(), entry.at());
            }
            case RoomEvent.Figures figures -> figures(handle, figures);
            case RoomEvent.PollChanged changed -> poll(handle, changed.poll());
            case RoomEvent.RoomLocked locked ->
                disable(handle, entry.room(), entry.at().toEpochMilli());
            case RoomEvent.RoleChanged changed -> {}
            case RoomEvent.RoleRefused refused -> {}
            case RoomEvent.Note note -> {}
            case RoomEvent.RoomEnded ended -> {}
            case RoomEvent.EndRefused refused -> {}
            case RoomEvent.JoinRefused refused -> {}
            case RoomEvent.LeaveRefused refused -> {}
        }
    }

    private static void figures(Handle handle, RoomEvent.Figures figures) {
        switch (figures) {
            case RoomEvent.Measured measured -> SqlStatistics.save(handle, measured.statistics());
            case RoomEvent.MessagesSaid said -> SqlSessions.countMessages(handle, said.sessionId(), said.messages());
        }
    }

    private static void poll(Handle handle, PollRecord record) {
        switch (record) {
            case PollRecord.Started(PollRun run) -> SqlPolls.save(handle, run);
            case PollRecord.Answered(List<StoredResponse> responses) -> SqlPolls.add(handle, responses);
            case PollRecord.Stopped(PollRun run) -> SqlPolls.save(handle, run);
        }
    }

    private static void disable(Handle handle, Room room, long atMs) {
        handle.createUpdate("UPDATE rooms SET enabled = :enabled, updated_at = :at WHERE id = :id")
                .bind("enabled", false)
                .bind("at", atMs)
                .bind("id", room.id())
                .execute();
    }

    private static boolean hasWebhook(Handle handle, String workspaceId) {
        return handle.createQuery("SELECT 1 FROM workspace_webhooks WHERE workspace_id = :id AND url IS NOT NULL")
                .bind("id", workspaceId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}

package dev.stoa.rooms.audit;

import dev.stoa.rooms.room.Page;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Port to where the audit log is kept. Thread-safe; calls may block. Entries are added and forgotten, never changed.
public interface AuditRepository {
    void add(AuditEntry entry);

    /// Newest first.
    ///
    /// @param actorId null = of everybody
    Page<AuditEntry> list(String workspaceId, @Nullable String actorId, Page.Request page);

    /// Forgets what is older.
    ///
    /// @param limit most entries at once
    /// @return how many there were
    int deleteBefore(Instant time, int limit);
}

package dev.stoa.rooms.testing;

import dev.stoa.rooms.audit.AuditEntry;
import dev.stoa.rooms.audit.AuditRepository;
import dev.stoa.rooms.room.Page;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

final class MemoryAudit implements AuditRepository {
    private final ConcurrentSkipListMap<String, AuditEntry> entries = new ConcurrentSkipListMap<>();

    @Override
    public void add(AuditEntry entry) {
        entries.put(entry.id(), entry);
    }

    @Override
    public Page<AuditEntry> list(String workspaceId, @Nullable String actorId, Page.Request page) {
        return MemoryPages.page(
                entries.values(),
                AuditEntry::id,
                entry -> entry.workspaceId().equals(workspaceId)
                        && (actorId == null || entry.actor().id().equals(actorId)),
                page);
    }

    @Override
    public int deleteBefore(Instant time, int limit) {
        List<String> old = entries.values().stream()
                .filter(entry -> entry.at().isBefore(time))
                .limit(limit)
                .map(AuditEntry::id)
                .toList();
        old.forEach(entries::remove);
        return old.size();
    }
}

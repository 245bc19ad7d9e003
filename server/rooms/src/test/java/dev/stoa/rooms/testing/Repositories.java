package dev.stoa.rooms.testing;

import dev.stoa.rooms.audit.AuditRepository;
import dev.stoa.rooms.history.HistoryRepository;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.room.RoomCodeRepository;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.statistics.StatisticsRepository;
import dev.stoa.rooms.template.TemplateRepository;
import dev.stoa.rooms.users.UserRepository;
import dev.stoa.rooms.workspace.AccessKeyRepository;
import dev.stoa.rooms.workspace.WorkspaceRepository;

/// All repositories of one store.
public record Repositories(
        WorkspaceRepository workspaces,
        AccessKeyRepository accessKeys,
        TemplateRepository templates,
        RoomRepository rooms,
        RoomCodeRepository codes,
        SessionRepository sessions,
        HistoryRepository history,
        StatisticsRepository statistics,
        PollRepository polls,
        AuditRepository audit,
        UserRepository users) {
    /// Repositories that keep everything in memory.
    public static Repositories inMemory() {
        MemoryWorkspaces workspaces = new MemoryWorkspaces();
        return new Repositories(
                workspaces,
                workspaces,
                new MemoryTemplates(),
                new MemoryRooms(),
                new MemoryRoomCodes(),
                new MemorySessions(),
                new MemoryHistory(),
                new MemoryStatistics(),
                new MemoryPolls(),
                new MemoryAudit(),
                new MemoryUsers());
    }
}

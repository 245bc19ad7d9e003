package dev.stoa.rooms.audit;

import java.time.Instant;

/// One administrative call, without its body: what it did to what, not which secrets it carried.
///
/// @param id sorts by time
/// @param path template of the path, for example `/v2/rooms/{room}`; of a command its words
/// @param object what the path names, `/` between several; else the id of what was made; `""` = nothing
/// @param status as answered (RFC 9110 §15); 200 or 400 for commands
public record AuditEntry(
        String id,
        String workspaceId,
        Instant at,
        Actor actor,
        String method,
        String path,
        String object,
        int status) {}

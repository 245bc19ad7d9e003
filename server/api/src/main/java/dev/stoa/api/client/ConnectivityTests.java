package dev.stoa.api.client;

import dev.stoa.api.token.JwtTokens;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.template.DiagnosticRooms;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import java.time.Duration;

/// Lets strangers into a room of their own for a few minutes. Thread-safe.
public final class ConnectivityTests {
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final DiagnosticRooms rooms;
    private final WorkspaceRepository workspaces;
    private final JwtTokens tokens;
    private final IdSource ids;
    private final TimeSource time;
    private final TestRoomTurns turns = new TestRoomTurns(VALIDITY.plusSeconds(DiagnosticRooms.MAX_DURATION));

    public ConnectivityTests(
            DiagnosticRooms rooms, WorkspaceRepository workspaces, JwtTokens tokens, IdSource ids, TimeSource time) {
        this.rooms = rooms;
        this.workspaces = workspaces;
        this.tokens = tokens;
        this.ids = ids;
        this.time = time;
    }

    /// An app token.
    Outcome<String> token() {
        return rooms.room(turns.next(time.now()))
                .then(room -> room.enabled()
                        ? issue(room)
                        : Outcome.forbidden("the room for connectivity tests is disabled"));
    }

    private Outcome<String> issue(Room room) {
        return workspaces
                .byId(rooms.workspaceId())
                .map(workspace -> tokens.issueApp(workspace, room.id(), DiagnosticRooms.ROLE, ids.uuid(), VALIDITY))
                .map(issued -> Outcome.done(issued.token()))
                .orElseGet(() -> Outcome.notFound("the workspace for connectivity tests does not exist"));
    }
}

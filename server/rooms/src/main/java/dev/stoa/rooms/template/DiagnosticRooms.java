package dev.stoa.rooms.template;

import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Rooms in which strangers test their connection, made when they are needed first.
///
/// Each takes one person, since nobody knows who they are: two in one room could see and write to each other. The ids
/// follow from the workspace's, so that whoever names a room or a template like these does not get the strangers.
public final class DiagnosticRooms {
    public static final String ROLE = "tester";

    /// Seconds.
    public static final int MAX_DURATION = 300;

    private static final String NAME = "diagnostics";

    /// Where other ids have the time they were made at: lists, which show the newest first, have these at their end.
    private static final String LAST = "00000000";

    private final TemplateRepository templates;
    private final RoomRepository rooms;
    private final String workspaceId;
    private final TimeSource time;

    public DiagnosticRooms(TemplateRepository templates, RoomRepository rooms, String workspaceId, TimeSource time) {
        this.templates = templates;
        this.rooms = rooms;
        this.workspaceId = workspaceId;
        this.time = time;
    }

    public String workspaceId() {
        return workspaceId;
    }

    /// What administrators changed of a room or the template stays so.
    public Outcome<Room> room(int number) {
        String name = NAME + "-" + number;
        String id = id(name);
        return rooms.byId(id).map(Outcome::done).orElseGet(() -> template().then(template -> make(id, name, template)));
    }

    private Outcome<Room> make(String id, String name, Template template) {
        Instant now = now();
        for (String free : List.of(name, name + "-" + id)) {
            Room room = new Room(
                    id,
                    workspaceId,
                    free,
                    "",
                    true,
                    template.id(),
                    "auto",
                    false,
                    1,
                    MAX_DURATION,
                    null,
                    null,
                    List.of(),
                    now,
                    now);
            if (rooms.save(room)) {
                return Outcome.done(room);
            }
        }
        return Outcome.unavailable("the names of the room for connectivity tests are taken");
    }

    private Outcome<Template> template() {
        String id = id(NAME);
        Optional<Template> made = templates.byId(workspaceId, id);
        if (made.isPresent()) {
            return Outcome.done(made.get());
        }
        Instant now = now();
        Map<String, Role> roles = Map.of(ROLE, StockRoles.tester(ROLE));
        for (String free : List.of(NAME, NAME + "-" + id)) {
            Template template = new Template(
                    id, workspaceId, free, false, roles, Map.of("region", "auto"), Map.of(), Map.of(), now, now);
            if (templates.save(template)) {
                return Outcome.done(template);
            }
        }
        return Outcome.unavailable("the names of the template for connectivity tests are taken");
    }

    private String id(String name) {
        String text = workspaceId + " " + name;
        String hash =
                UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
        return LAST + hash.replace("-", "").substring(0, 16);
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }
}

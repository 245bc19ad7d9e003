package dev.stoa.rooms.room;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.input.Secrets;
import dev.stoa.rooms.live.LiveRoomsControl;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateRepository;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be done with rooms, whether or not anybody is inside. Thread-safe; calls may block (database).
public final class RoomService {
    private static final int MAX_SIZE = 2500;
    private static final int MAX_LARGE_SIZE = 20_000;

    private final RoomRepository rooms;
    private final TemplateRepository templates;
    private final LiveRoomsControl live;
    private final IdSource ids;
    private final TimeSource time;

    /// Beside no live rooms, as on the command line.
    public RoomService(RoomRepository rooms, TemplateRepository templates, IdSource ids, TimeSource time) {
        this(rooms, templates, LiveRoomsControl.NONE, ids, time);
    }

    /// @param live told of every change
    public RoomService(
            RoomRepository rooms, TemplateRepository templates, LiveRoomsControl live, IdSource ids, TimeSource time) {
        this.rooms = rooms;
        this.templates = templates;
        this.live = live;
        this.ids = ids;
        this.time = time;
    }

    /// Makes a room, or updates the one of this name.
    public Outcome<Room> create(String workspaceId, RoomChange change) {
        return template(workspaceId, change.templateId()).then(template -> {
            Optional<Room> existing =
                    change.name() == null ? Optional.empty() : rooms.byName(workspaceId, change.name());
            if (existing.isPresent()) {
                return save(existing.get(), change);
            }
            Outcome<Room> made = save(blank(workspaceId, template), change);
            // Somebody may have made a room of this name since we looked.
            return made instanceof Outcome.Failed && change.name() != null
                    ? rooms.byName(workspaceId, change.name())
                            .map(room -> save(room, change))
                            .orElse(made)
                    : made;
        });
    }

    public Outcome<Room> update(String workspaceId, String roomId, RoomChange change) {
        return get(workspaceId, roomId).then(room -> save(room, withoutTemplate(change)));
    }

    public Outcome<Room> get(String workspaceId, String roomId) {
        return rooms.byId(roomId)
                .filter(room -> room.workspaceId().equals(workspaceId))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.notFound("room not found"));
    }

    public Page<Room> list(String workspaceId, RoomRepository.Filter filter, Page.Request page) {
        return rooms.list(workspaceId, filter, page);
    }

    private Outcome<Template> template(String workspaceId, @Nullable String id) {
        Optional<Template> template = id == null ? templates.defaultOf(workspaceId) : templates.byId(workspaceId, id);
        return template.map(Outcome::done).orElseGet(() -> Outcome.invalid(List.of("template not found")));
    }

    private Room blank(String workspaceId, Template template) {
        Instant now = now();
        return new Room(
                ids.objectId(),
                workspaceId,
                ids.uuid(),
                "",
                true,
                template.id(),
                "auto",
                false,
                null,
                null,
                null,
                null,
                List.of(),
                now,
                now);
    }

    private Outcome<Room> save(Room old, RoomChange change) {
        Room room = changed(old, change);
        String tooBig = sizeProblem(room);
        if (tooBig != null) {
            return Outcome.invalid(List.of(tooBig));
        }
        if (!rooms.save(room)) {
            return Outcome.invalid(List.of("room name already exists"));
        }
        live.roomChanged(room);
        return Outcome.done(room);
    }

    private Room changed(Room old, RoomChange change) {
        return new Room(
                old.id(),
                old.workspaceId(),
                Objects.requireNonNullElse(change.name(), old.name()),
                Objects.requireNonNullElse(change.description(), old.description()),
                Objects.requireNonNullElse(change.enabled(), old.enabled()),
                Objects.requireNonNullElse(change.templateId(), old.templateId()),
                Objects.requireNonNullElse(change.region(), old.region()),
                Objects.requireNonNullElse(change.largeRoom(), old.largeRoom()),
                change.size() == null ? old.size() : change.size(),
                change.maxDurationSeconds() == null ? old.maxDurationSeconds() : change.maxDurationSeconds(),
                change.recordingInfoGiven() ? recordingInfo(old, change) : old.recordingInfo(),
                change.webhookGiven() ? change.webhook() : old.webhook(),
                Objects.requireNonNullElse(change.polls(), old.polls()),
                old.createdAt(),
                now());
    }

    private static @Nullable Map<String, Object> recordingInfo(Room old, RoomChange change) {
        return change.recordingInfo() == null ? null : Secrets.restored(change.recordingInfo(), old.recordingInfo());
    }

    private static @Nullable String sizeProblem(Room room) {
        Integer size = room.size();
        if (size == null) {
            return null;
        }
        if (size < 0) {
            return "Invalid body param: room size less than 0";
        }
        if (size > MAX_LARGE_SIZE) {
            return "Invalid body param: room size greater than 20000";
        }
        return size > MAX_SIZE && !room.largeRoom()
                ? "Invalid body param: room size greater than 2500, set large_room flag as true"
                : null;
    }

    /// A room keeps its template for life: only creation names one.
    private static RoomChange withoutTemplate(RoomChange change) {
        return new RoomChange(
                change.name(),
                change.description(),
                change.enabled(),
                null,
                change.region(),
                change.largeRoom(),
                change.size(),
                change.maxDurationSeconds(),
                change.recordingInfoGiven(),
                change.recordingInfo(),
                change.webhookGiven(),
                change.webhook(),
                change.polls());
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }
}

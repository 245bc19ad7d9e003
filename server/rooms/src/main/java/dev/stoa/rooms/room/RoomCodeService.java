package dev.stoa.rooms.room;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateRepository;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What can be done with room codes. Thread-safe; calls may block (database).
public final class RoomCodeService {
    public static final int MAX_CODES_PER_ROOM = 100;

    private final RoomCodeRepository codes;
    private final RoomRepository rooms;
    private final TemplateRepository templates;
    private final IdSource ids;
    private final TimeSource time;

    public RoomCodeService(
            RoomCodeRepository codes,
            RoomRepository rooms,
            TemplateRepository templates,
            IdSource ids,
            TimeSource time) {
        this.codes = codes;
        this.rooms = rooms;
        this.templates = templates;
        this.ids = ids;
        this.time = time;
    }

    /// What a code opens.
    public record Opened(Room room, String role) {}

    /// Brings the room to one enabled code per role at least, and disables codes of roles that are gone.
    ///
    /// @return the enabled codes
    public Outcome<List<RoomCode>> createForAllRoles(String workspaceId, String roomId) {
        return enabledRoom(workspaceId, roomId).then(room -> {
            Set<String> roles = roles(room);
            List<RoomCode> result = new ArrayList<>();
            Set<String> covered = new HashSet<>();
            List<RoomCode> orphaned = new ArrayList<>();
            List<RoomCode> existing = codes.ofRoom(roomId);
            for (RoomCode code : existing) {
                if (!code.enabled()) {
                    continue;
                }
                if (roles.contains(code.role())) {
                    covered.add(code.role());
                    result.add(code);
                } else {
                    orphaned.add(withEnabled(code, false));
                }
            }
            codes.save(orphaned);
            List<String> missing =
                    roles.stream().filter(role -> !covered.contains(role)).toList();
            if (existing.size() + missing.size() > MAX_CODES_PER_ROOM) {
                return tooMany();
            }
            result.addAll(add(roomId, missing));
            return Outcome.done(List.copyOf(result));
        });
    }

    public Outcome<RoomCode> createForRole(String workspaceId, String roomId, String role) {
        return enabledRoom(workspaceId, roomId).then(room -> {
            if (!roles(room).contains(role)) {
                return Outcome.notFound("role not found");
            }
            return codes.ofRoom(roomId).size() >= MAX_CODES_PER_ROOM
                    ? tooMany()
                    : Outcome.done(add(roomId, List.of(role)).getFirst());
        });
    }

    /// Newest first, as every list.
    ///
    /// @param role null: all
    /// @param enabled null: all
    public Outcome<Page<RoomCode>> list(
            String workspaceId, String roomId, @Nullable String role, @Nullable Boolean enabled, Page.Request page) {
        return enabledRoom(workspaceId, roomId).then(room -> {
            if (role != null && !roles(room).contains(role)) {
                return Outcome.notFound("role not found");
            }
            List<RoomCode> matching = codes.ofRoom(roomId).reversed().stream()
                    .filter(code -> role == null || code.role().equals(role))
                    .filter(code -> enabled == null || code.enabled() == enabled)
                    .toList();
            List<RoomCode> data =
                    after(matching, page.start()).stream().limit(page.limit()).toList();
            return Outcome.done(new Page<>(
                    data, page.limit(), data.isEmpty() ? null : data.getLast().code()));
        });
    }

    public Outcome<RoomCode> setEnabled(String workspaceId, String code, boolean enabled) {
        Optional<RoomCode> found = codes.byCode(code);
        Optional<Room> room = found.flatMap(value -> rooms.byId(value.roomId()))
                .filter(value -> value.workspaceId().equals(workspaceId));
        if (found.isEmpty() || room.isEmpty()) {
            return Outcome.notFound("room code not found");
        }
        RoomCode old = found.get();
        if (enabled && !(room.get().enabled() && roles(room.get()).contains(old.role()))) {
            return Outcome.forbidden("room code cannot be enabled: its room is disabled or its role is gone");
        }
        if (enabled == old.enabled()) {
            return Outcome.done(old);
        }
        RoomCode changed = withEnabled(old, enabled);
        codes.save(changed);
        return Outcome.done(changed);
    }

    /// Anybody may ask: knowing the code is the permission.
    public Outcome<Opened> open(String code) {
        Optional<RoomCode> found = codes.byCode(code);
        Optional<Room> room = found.flatMap(value -> rooms.byId(value.roomId()));
        if (found.isEmpty() || room.isEmpty()) {
            return Outcome.notFound("room code not found");
        }
        if (!found.get().enabled()) {
            return Outcome.forbidden("room code is disabled");
        }
        if (!room.get().enabled()) {
            return Outcome.forbidden("room is disabled");
        }
        String role = found.get().role();
        return roles(room.get()).contains(role)
                ? Outcome.done(new Opened(room.get(), role))
                : Outcome.forbidden("role of the room code is gone");
    }

    private Outcome<Room> enabledRoom(String workspaceId, String roomId) {
        Optional<Room> room =
                rooms.byId(roomId).filter(value -> value.workspaceId().equals(workspaceId));
        if (room.isEmpty()) {
            return Outcome.notFound("room not found");
        }
        return room.get().enabled() ? Outcome.done(room.get()) : Outcome.forbidden("room is disabled");
    }

    private Set<String> roles(Room room) {
        return templates
                .byId(room.workspaceId(), room.templateId())
                .map(Template::roles)
                .map(roles -> (Set<String>) roles.keySet())
                .orElse(Set.of());
    }

    private List<RoomCode> add(String roomId, List<String> roles) {
        Instant now = now();
        Iterator<String> free = freeCodes(roles.size()).iterator();
        List<RoomCode> added = roles.stream()
                .map(role -> new RoomCode(free.next(), roomId, role, true, now, now))
                .toList();
        codes.save(added);
        return added;
    }

    private Set<String> freeCodes(int count) {
        Set<String> free = new LinkedHashSet<>();
        while (free.size() < count) {
            List<String> drawn =
                    Stream.generate(ids::roomCode).limit(count - free.size()).toList();
            Set<String> taken = codes.taken(drawn);
            drawn.stream().filter(code -> !taken.contains(code)).forEach(free::add);
        }
        return free;
    }

    private RoomCode withEnabled(RoomCode old, boolean enabled) {
        return new RoomCode(old.code(), old.roomId(), old.role(), enabled, old.createdAt(), now());
    }

    private static List<RoomCode> after(List<RoomCode> all, @Nullable String start) {
        if (start == null) {
            return all;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).code().equals(start)) {
                return all.subList(i + 1, all.size());
            }
        }
        return List.of();
    }

    private static <T> Outcome<T> tooMany() {
        return Outcome.invalid(List.of("a room has at most " + MAX_CODES_PER_ROOM + " room codes"));
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }
}

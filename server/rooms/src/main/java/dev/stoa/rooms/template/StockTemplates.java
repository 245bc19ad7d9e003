package dev.stoa.rooms.template;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomChange;
import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.room.RoomCodeRepository;
import dev.stoa.rooms.room.RoomCodeService;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.room.RoomService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The templates every workspace starts with, and a demo room of each.
public final class StockTemplates {
    private static final List<String> ALL_MEDIA = List.of("audio", "video", "screen");

    /// The default comes last: once it is there, the others were made too, so a start that was cut short is repaired
    /// by the next one, and what was renamed or changed since is never made again.
    private static final List<Stock> STOCK = List.of(audioRoom(), webinar(), liveStreaming(), videoConferencing());

    private final TemplateRepository templates;
    private final RoomRepository rooms;
    private final RoomCodeRepository codes;
    private final RoomService roomService;
    private final RoomCodeService codeService;
    private final IdSource ids;
    private final TimeSource time;

    public StockTemplates(
            TemplateRepository templates,
            RoomRepository rooms,
            RoomCodeRepository codes,
            IdSource ids,
            TimeSource time) {
        this.templates = templates;
        this.rooms = rooms;
        this.codes = codes;
        this.roomService = new RoomService(rooms, templates, ids, time);
        this.codeService = new RoomCodeService(codes, rooms, templates, ids, time);
        this.ids = ids;
        this.time = time;
    }

    /// @param codes enabled codes, one role after the other in the template's order
    public record DemoRoom(Template template, Room room, List<RoomCode> codes) {}

    private record Stock(String name, List<Role> roles) {}

    /// Makes what is missing on the first start of a workspace; does nothing afterwards.
    public void install(String workspaceId) {
        if (templates.defaultOf(workspaceId).isPresent()) {
            return;
        }
        for (Stock stock : STOCK) {
            Template template = templates.byName(workspaceId, stock.name()).orElseGet(() -> blank(workspaceId, stock));
            boolean last = stock == STOCK.getLast();
            templates.save(template);
            Outcome<List<RoomCode>> made = roomService
                    .create(workspaceId, RoomChange.named(stock.name(), template.id()))
                    .then(room -> codeService.createForAllRoles(workspaceId, room.id()));
            if (made instanceof Outcome.Failed<List<RoomCode>>(var failure)) {
                throw new IllegalStateException("stock room " + stock.name() + ": " + failure);
            }
            if (last) {
                templates.save(asDefault(template));
            }
        }
    }

    /// The demo rooms that still exist by their names, the default's first.
    public List<DemoRoom> demoRooms(String workspaceId) {
        List<DemoRoom> result = new ArrayList<>();
        for (Stock stock : STOCK.reversed()) {
            Optional<Room> room = rooms.byName(workspaceId, stock.name());
            Optional<Template> template = room.flatMap(value -> templates.byId(workspaceId, value.templateId()));
            if (room.isPresent() && template.isPresent()) {
                result.add(new DemoRoom(template.get(), room.get(), enabledCodes(room.get(), template.get())));
            }
        }
        return List.copyOf(result);
    }

    private List<RoomCode> enabledCodes(Room room, Template template) {
        List<RoomCode> all = codes.ofRoom(room.id());
        return template.roles().keySet().stream()
                .flatMap(role -> all.stream()
                        .filter(code -> code.enabled() && code.role().equals(role))
                        .limit(1))
                .toList();
    }

    private Template blank(String workspaceId, Stock stock) {
        Map<String, Role> roles = new LinkedHashMap<>();
        stock.roles().forEach(role -> roles.put(role.name(), role));
        Instant now = time.now().truncatedTo(ChronoUnit.MILLIS);
        return new Template(
                ids.objectId(),
                workspaceId,
                stock.name(),
                false,
                roles,
                Map.of("region", "auto"),
                Map.of(),
                Map.of(),
                now,
                now);
    }

    private static Template asDefault(Template template) {
        return new Template(
                template.id(),
                template.workspaceId(),
                template.name(),
                true,
                template.roles(),
                template.settings(),
                template.destinations(),
                template.plugins(),
                template.createdAt(),
                template.updatedAt());
    }

    private static Stock videoConferencing() {
        List<String> everyone = List.of("host", "guest");
        return new Stock(
                "video-conferencing",
                List.of(
                        StockRoles.moderator("host", ALL_MEDIA, everyone),
                        StockRoles.speaker("guest", ALL_MEDIA, everyone)));
    }

    /// The near-realtime viewer has no media connection: it watches the HLS stream.
    private static Stock liveStreaming() {
        List<String> stage = List.of("broadcaster", "co-broadcaster", "viewer-on-stage");
        return new Stock(
                "live-streaming",
                List.of(
                        StockRoles.moderator("broadcaster", ALL_MEDIA, stage),
                        StockRoles.moderator("co-broadcaster", ALL_MEDIA, stage),
                        StockRoles.viewer("viewer-realtime", stage),
                        StockRoles.viewer("viewer-near-realtime", List.of()),
                        StockRoles.speaker("viewer-on-stage", List.of("audio", "video"), stage)));
    }

    private static Stock webinar() {
        List<String> stage = List.of("host", "panelist");
        return new Stock(
                "webinar",
                List.of(
                        StockRoles.moderator("host", ALL_MEDIA, stage),
                        StockRoles.speaker("panelist", ALL_MEDIA, stage),
                        StockRoles.viewer("attendee", stage)));
    }

    private static Stock audioRoom() {
        List<String> stage = List.of("moderator", "speaker");
        return new Stock(
                "audio-room",
                List.of(
                        StockRoles.moderator("moderator", List.of("audio"), stage),
                        StockRoles.speaker("speaker", List.of("audio"), stage),
                        StockRoles.viewer("listener", stage)));
    }
}

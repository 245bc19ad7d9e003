package dev.stoa.api.rooms;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.ApiJson;
import dev.stoa.api.http.Body;
import dev.stoa.api.http.Query;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.poll.PollService;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomChange;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.room.RoomService;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateRepository;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// `/v2/rooms`.
public final class RoomRoutes {
    private final RoomService rooms;
    private final PollService polls;
    private final TemplateRepository templates;

    public RoomRoutes(RoomService rooms, PollService polls, TemplateRepository templates) {
        this.rooms = rooms;
        this.polls = polls;
        this.templates = templates;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.post("/v2/rooms", access.management(this::create));
        routes.get("/v2/rooms", access.management(this::list));
        routes.get("/v2/rooms/{room}", access.management(this::get));
        routes.post("/v2/rooms/{room}", access.management(this::update));
    }

    private Outcome<?> create(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(RoomChange::forCreation)
                .then(change -> linked(workspace, change))
                .then(change -> rooms.create(workspace.id(), change))
                .map(room -> json(ctx, workspace, room));
    }

    private Outcome<RoomChange> linked(Workspace workspace, RoomChange change) {
        List<String> ids = change.polls();
        return ids == null
                ? Outcome.done(change)
                : polls.linkable(workspace.id(), ids).map(known -> change);
    }

    private Outcome<?> get(Context ctx, Workspace workspace) {
        return rooms.get(workspace.id(), ctx.pathParam("room")).map(room -> json(ctx, workspace, room));
    }

    private Outcome<?> update(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(RoomChange::forUpdate)
                .then(change -> linked(workspace, change))
                .then(change -> rooms.update(workspace.id(), ctx.pathParam("room"), change))
                .map(room -> {
                    Map<String, Object> json = json(ctx, workspace, room);
                    json.put("enabled_source_template", false);
                    return json;
                });
    }

    private Outcome<?> list(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        RoomRepository.Filter filter = new RoomRepository.Filter(
                query.text("name"),
                query.flag("enabled"),
                query.text("template_id"),
                query.instant("after"),
                query.instant("before"));
        Page.Request page = query.page(Page.Request.MIN_LIMIT);
        return query.then(() -> Outcome.done(listed(ctx, workspace, rooms.list(workspace.id(), filter, page))));
    }

    private Map<String, Object> listed(Context ctx, Workspace workspace, Page<Room> page) {
        Set<String> ids = page.data().stream().map(Room::templateId).collect(Collectors.toSet());
        Map<String, Template> known = templates.byIds(workspace.id(), ids).stream()
                .collect(Collectors.toMap(Template::id, template -> template));
        return ApiJson.page(page, room -> {
            Map<String, Object> json = visible(ctx, RoomJson.room(workspace, room, known.get(room.templateId())));
            json.put("key", workspace.id() + ":" + room.name());
            return json;
        });
    }

    private Map<String, Object> json(Context ctx, Workspace workspace, Room room) {
        Template template = templates.byId(workspace.id(), room.templateId()).orElse(null);
        return visible(ctx, RoomJson.room(workspace, room, template));
    }

    /// Headers of webhooks hold secrets of a backend.
    private static Map<String, Object> visible(Context ctx, Map<String, Object> json) {
        if (!Access.seesSecrets(ctx)) {
            json.remove("webhook");
        }
        return json;
    }
}

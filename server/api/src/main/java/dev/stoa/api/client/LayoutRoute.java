package dev.stoa.api.client;

import dev.stoa.api.http.Access;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier.Expiry;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateRepository;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `GET /v2/layouts/ui`: what the prebuilt app shows to each role; the asker's own role comes first.
public final class LayoutRoute {
    private final RoomRepository rooms;
    private final TemplateRepository templates;
    private final WorkspaceRepository workspaces;

    public LayoutRoute(RoomRepository rooms, TemplateRepository templates, WorkspaceRepository workspaces) {
        this.rooms = rooms;
        this.templates = templates;
        this.workspaces = workspaces;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.get("/v2/layouts/ui", access.client(Expiry.ENFORCED, this::layouts));
    }

    private Outcome<?> layouts(Context ctx, AppToken token) {
        Optional<Workspace> workspace = workspaces.byId(token.workspaceId());
        Optional<Room> room =
                rooms.byId(token.roomId()).filter(found -> found.workspaceId().equals(token.workspaceId()));
        Optional<Template> template = room.flatMap(found -> templates.byId(token.workspaceId(), found.templateId()));
        if (workspace.isEmpty() || template.isEmpty()) {
            return Outcome.notFound("room not found");
        }
        Role own = template.get().roles().get(token.role());
        if (own == null) {
            return Outcome.notFound("role not found");
        }
        List<Role> order = new ArrayList<>();
        order.add(own);
        template.get().roles().values().stream().filter(role -> role != own).forEach(order::add);
        List<Map<String, Object>> data = order.stream()
                .map(role -> LayoutJson.layout(workspace.get(), template.get(), role))
                .toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("limit", data.size());
        json.put("last", data.getLast().get("id"));
        return Outcome.done(json);
    }
}

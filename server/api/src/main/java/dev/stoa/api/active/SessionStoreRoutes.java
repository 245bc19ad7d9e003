package dev.stoa.api.active;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.ApiJson;
import dev.stoa.api.http.Body;
import dev.stoa.api.http.Query;
import dev.stoa.api.http.Times;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.live.RoomRequest;
import dev.stoa.rooms.live.StoredValue;
import dev.stoa.rooms.live.ValueChange;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `/v2/active-rooms/{room}/store`: the values that the peers of a running session share. Our own addition to the
/// public API.
final class SessionStoreRoutes {
    private static final String STORE = "/v2/active-rooms/{room}/store";
    private static final String VALUE = STORE + "/{key}";
    private static final int DEFAULT_LIMIT = 10;

    private final ActiveRoomRoutes rooms;

    SessionStoreRoutes(ActiveRoomRoutes rooms) {
        this.rooms = rooms;
    }

    void register(RoutesConfig routes, Access access) {
        routes.get(STORE, access.management(this::all));
        routes.get("/v2/active-rooms/{room}/store-history", access.management(this::history));
        routes.get(VALUE, access.management(this::one));
        routes.post(VALUE, access.management((ctx, workspace) -> change(ctx, workspace, SessionStoreRoutes::put)));
        routes.post(
                VALUE + "/add",
                access.management((ctx, workspace) -> change(ctx, workspace, SessionStoreRoutes::addition)));
        routes.post(
                VALUE + "/append",
                access.management((ctx, workspace) -> change(ctx, workspace, SessionStoreRoutes::item)));
        routes.post(VALUE + "/writers", access.management(this::protect));
    }

    private Outcome<?> all(Context ctx, Workspace workspace) {
        return rooms.ask(ctx, workspace, new RoomRequest.ReadValues(null), SessionStoreRoutes::list);
    }

    private Outcome<?> one(Context ctx, Workspace workspace) {
        RoomRequest request = new RoomRequest.ReadValues(ctx.pathParam("key"));
        return rooms.ask(ctx, workspace, request, reply -> value(first(reply)))
                .then(value -> value.get("data") == null ? Outcome.notFound("value not found") : Outcome.done(value));
    }

    private Outcome<?> history(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        long after = query.integer("after_version", 0, 0, Integer.MAX_VALUE);
        int limit = query.integer("limit", DEFAULT_LIMIT, 1, 100);
        RoomRequest request = new RoomRequest.ReadHistory(query.text("key"), after, limit);
        return query.then(() -> rooms.ask(ctx, workspace, request, SessionStoreRoutes::list));
    }

    private Outcome<?> change(Context ctx, Workspace workspace, Function<Fields, ValueChange> read) {
        return Body.object(ctx).then(body -> {
            Fields fields = Fields.of(body);
            ValueChange change = read.apply(fields);
            if (!fields.problems().isEmpty()) {
                return Outcome.invalid(fields.problems());
            }
            RoomRequest request = new RoomRequest.ChangeValue(ctx.pathParam("key"), change);
            return rooms.ask(ctx, workspace, request, reply -> value(first(reply)));
        });
    }

    private static ValueChange put(Fields fields) {
        Integer version = fields.integer("if_change_version");
        Object data = fields.asMap().get("data");
        return new ValueChange.Put(
                data == null ? null : ApiJson.write(data), version == null ? null : version.longValue());
    }

    private static ValueChange addition(Fields fields) {
        Integer by = fields.integer("by");
        return new ValueChange.Add(by == null ? 1 : by);
    }

    private static ValueChange item(Fields fields) {
        Object data = fields.asMap().get("data");
        if (data == null) {
            fields.problem("data", "is missing");
        }
        return new ValueChange.Append(data == null ? "" : ApiJson.write(data));
    }

    private Outcome<?> protect(Context ctx, Workspace workspace) {
        return Body.object(ctx).then(body -> {
            Fields fields = Fields.of(body);
            List<String> roles = fields.texts("roles");
            if (roles == null && fields.problems().isEmpty()) {
                fields.problem("roles", "is missing");
            }
            if (roles == null) {
                return Outcome.invalid(fields.problems());
            }
            RoomRequest request = new RoomRequest.ProtectValue(ctx.pathParam("key"), roles);
            return rooms.ask(ctx, workspace, request, reply -> Map.of("message", "writers set"));
        });
    }

    private static Map<String, Object> list(RoomReply reply) {
        return Map.of(
                "values", values(reply).stream().map(SessionStoreRoutes::value).toList());
    }

    private static List<StoredValue> values(RoomReply reply) {
        return reply instanceof RoomReply.Values(List<StoredValue> values)
                ? values
                : ActiveRoomRoutes.unexpected(reply);
    }

    private static StoredValue first(RoomReply reply) {
        return values(reply).getFirst();
    }

    private static Map<String, Object> value(StoredValue value) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        String data = value.data();
        json.put("key", value.key());
        json.put("data", data == null ? null : ApiJson.value(data));
        json.put("updated_at", Times.text(Instant.ofEpochMilli(value.updatedAtMs())));
        json.put("updated_by", value.updatedBy());
        json.put("change_version", value.version());
        return json;
    }
}

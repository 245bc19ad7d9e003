package dev.stoa.api.active;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.Body;
import dev.stoa.api.http.Query;
import dev.stoa.rooms.live.LiveRoomsControl;
import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.live.RoomRequest;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.RoomService;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `/v2/active-rooms`.
public final class ActiveRoomRoutes {
    private static final String ROOM = "/v2/active-rooms/{room}";

    private final RoomService rooms;
    private final LiveRoomsControl live;

    public ActiveRoomRoutes(RoomService rooms, LiveRoomsControl live) {
        this.rooms = rooms;
        this.live = live;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.get(ROOM, access.management(this::room));
        routes.get(ROOM + "/peers", access.management(this::peers));
        routes.get(ROOM + "/peers/{peer}", access.management(this::peer));
        routes.post(ROOM + "/peers/{peer}", access.management(this::update));
        routes.post(ROOM + "/send-message", access.management(this::send));
        routes.post(ROOM + "/remove-peers", access.management(this::remove));
        routes.post(ROOM + "/end-room", access.management(this::end));
        new SessionStoreRoutes(this).register(routes, access);
    }

    private Outcome<?> room(Context ctx, Workspace workspace) {
        return ask(
                ctx,
                workspace,
                new RoomRequest.ReadRoom(),
                reply -> reply instanceof RoomReply.RunningRoom running
                        ? ActiveRoomJson.room(workspace, running)
                        : unexpected(reply));
    }

    private Outcome<?> peers(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        RoomRequest request = new RoomRequest.ReadPeers(query.text("user_id"), query.text("role"));
        return ask(
                ctx,
                workspace,
                request,
                reply -> reply instanceof RoomReply.Peers(var peers) ? ActiveRoomJson.peers(peers) : unexpected(reply));
    }

    private Outcome<?> peer(Context ctx, Workspace workspace) {
        return ask(ctx, workspace, new RoomRequest.ReadPeer(ctx.pathParam("peer")), ActiveRoomRoutes::withTracks);
    }

    private Outcome<?> update(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(body -> ActiveRoomRequests.update(ctx.pathParam("peer"), body))
                .then(request -> ask(ctx, workspace, request, ActiveRoomRoutes::withTracks));
    }

    private Outcome<?> send(Context ctx, Workspace workspace) {
        return command(ctx, workspace, ActiveRoomRequests::message, "message sent");
    }

    private Outcome<?> remove(Context ctx, Workspace workspace) {
        return command(ctx, workspace, ActiveRoomRequests::removal, "peer remove request submitted");
    }

    private Outcome<?> end(Context ctx, Workspace workspace) {
        return command(ctx, workspace, ActiveRoomRequests::end, "session is ending");
    }

    private Outcome<Map<String, Object>> command(
            Context ctx, Workspace workspace, Function<Map<String, Object>, Outcome<RoomRequest>> read, String done) {
        return Body.object(ctx)
                .then(read)
                .then(request -> ask(ctx, workspace, request, reply -> Map.of("message", done)));
    }

    private static Map<String, Object> withTracks(RoomReply reply) {
        return reply instanceof RoomReply.Peer peer ? ActiveRoomJson.peerWithTracks(peer) : unexpected(reply);
    }

    Outcome<Map<String, Object>> ask(
            Context ctx, Workspace workspace, RoomRequest request, Function<RoomReply, Map<String, Object>> shown) {
        return rooms.get(workspace.id(), ctx.pathParam("room")).then(room -> {
            RoomReply reply = live.ask(room.id(), request);
            return reply instanceof RoomReply.Refused refused ? failure(refused) : Outcome.done(shown.apply(reply));
        });
    }

    private static Outcome<Map<String, Object>> failure(RoomReply.Refused refused) {
        return switch (refused.code()) {
            case 404 -> Outcome.notFound(refused.message());
            case 409 -> Outcome.conflict(refused.message());
            case 503 -> Outcome.unavailable(refused.message());
            default -> Outcome.invalid(List.of(refused.message()));
        };
    }

    static <T> T unexpected(RoomReply reply) {
        throw new IllegalStateException(
                "a room answered with " + reply.getClass().getSimpleName());
    }
}

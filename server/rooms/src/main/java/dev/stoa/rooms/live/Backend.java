package dev.stoa.rooms.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What backends do in a room.
final class Backend {
    private final Roster roster;
    private final Snapshots snapshots;
    private final SessionKeeper session;
    private final Messenger messenger;
    private final RoleChanges roles;
    private final Moderation.Door door;
    private final SessionStore store;
    private final QualityWatch watch;

    Backend(
            Roster roster,
            Snapshots snapshots,
            SessionKeeper session,
            Messenger messenger,
            RoleChanges roles,
            Moderation.Door door,
            SessionStore store,
            QualityWatch watch) {
        this.roster = roster;
        this.snapshots = snapshots;
        this.session = session;
        this.messenger = messenger;
        this.roles = roles;
        this.door = door;
        this.store = store;
        this.watch = watch;
    }

    void handle(long nowMs, RoomRequest request, Consumer<RoomReply> reply) {
        if (session.id().isEmpty()) {
            reply.accept(LiveRoomsControl.notRunning());
            return;
        }
        switch (request) {
            case RoomRequest.ReadRoom read ->
                reply.accept(new RoomReply.RunningRoom(
                        snapshots.view(),
                        roster.all().stream().map(seat -> seat.peerId).toList()));
            case RoomRequest.ReadPeers read -> reply.accept(peers(read));
            case RoomRequest.ReadPeer read -> reply.accept(peer(read.peerId()));
            case RoomRequest.ReadStatistics read -> {
                Seat seat = roster.byPeer(read.peerId());
                reply.accept(seat == null ? noSuchPeer() : new RoomReply.Statistics(watch.recent(seat)));
            }
            case RoomRequest.UpdatePeer update -> reply.accept(update(update));
            case RoomRequest.SendMessage message -> reply.accept(send(nowMs, message));
            case RoomRequest.RemovePeers removal -> remove(nowMs, removal, reply);
            case RoomRequest.ReadValues(String key) ->
                reply.accept(key == null ? new RoomReply.Values(store.all()) : values(store.get(key)));
            case RoomRequest.ChangeValue(String key, ValueChange change) ->
                store.change(nowMs, SessionStore.BACKEND, key, change, result -> reply.accept(values(result)));
            case RoomRequest.ProtectValue(String key, List<String> roles) ->
                reply.accept(values(store.protect(key, roles)));
            case RoomRequest.ReadHistory(String key, long after, int limit) ->
                reply.accept(values(store.history(key, after, limit)));
            case RoomRequest.EndRoom end -> {
                reply.accept(new RoomReply.Done());
                door.end(nowMs, null, end.lock(), end.reason());
            }
        }
    }

    private static RoomReply values(CommandResult result) {
        if (result instanceof CommandResult.Refused(int code, String message)) {
            return new RoomReply.Refused(code, message);
        }
        if (result instanceof CommandResult.Values(List<StoredValue> values)) {
            return new RoomReply.Values(values);
        }
        return result instanceof CommandResult.Value(StoredValue value)
                ? new RoomReply.Values(List.of(value))
                : new RoomReply.Done();
    }

    private RoomReply peers(RoomRequest.ReadPeers read) {
        List<PeerView> found = new ArrayList<>();
        for (Seat seat : roster.all()) {
            boolean matches = (read.role() == null || read.role().equals(seat.role.name()))
                    && (read.userId() == null || read.userId().equals(seat.link.token.userId()));
            if (matches) {
                found.add(seat.viewWithoutTracks());
            }
        }
        return new RoomReply.Peers(found);
    }

    private RoomReply peer(String peerId) {
        Seat seat = roster.byPeer(peerId);
        return seat == null ? noSuchPeer() : new RoomReply.Peer(seat.view(), Map.copyOf(seat.trackStartedMs));
    }

    private RoomReply update(RoomRequest.UpdatePeer update) {
        Seat seat = roster.byPeer(update.peerId());
        if (seat == null) {
            return noSuchPeer();
        }
        if (update.name() != null && update.name().isBlank()) {
            return new RoomReply.Refused(400, "the name is blank");
        }
        if (update.role() != null
                && roles.force(seat, update.role()) instanceof CommandResult.Refused(int code, String message)) {
            return new RoomReply.Refused(code == 404 ? 404 : 400, message);
        }
        String name = update.name() == null ? seat.name : update.name();
        String metadata = update.metadata() == null ? seat.metadata : update.metadata();
        if (!name.equals(seat.name) || !metadata.equals(seat.metadata)) {
            seat.name = name;
            seat.metadata = metadata;
            session.changed(seat);
            roster.tellAll(seat);
        }
        return peer(seat.peerId);
    }

    private RoomReply send(long nowMs, RoomRequest.SendMessage message) {
        if (message.peerId() == null && isUnknown(message.role())) {
            return unknownRole();
        }
        return messenger.sendFromServer(nowMs, message) instanceof CommandResult.Refused(int code, String text)
                ? new RoomReply.Refused(code, text)
                : new RoomReply.Done();
    }

    private void remove(long nowMs, RoomRequest.RemovePeers removal, Consumer<RoomReply> reply) {
        List<Seat> targets = new ArrayList<>();
        if (removal.peerId() != null) {
            Seat seat = roster.byPeer(removal.peerId());
            if (seat == null) {
                reply.accept(noSuchPeer());
                return;
            }
            targets.add(seat);
        } else if (isUnknown(removal.role())) {
            reply.accept(unknownRole());
            return;
        } else {
            for (Seat seat : roster.all()) {
                if (seat.role.name().equals(removal.role())) {
                    targets.add(seat);
                }
            }
        }
        reply.accept(new RoomReply.Done());
        targets.forEach(seat -> door.remove(nowMs, seat, null, removal.reason()));
    }

    /// Somebody inside may still have a role that was taken out of the template.
    private boolean isUnknown(@Nullable String role) {
        return role != null && !snapshots.template().roles().containsKey(role) && roster.peersWith(role) == 0;
    }

    private static RoomReply unknownRole() {
        return new RoomReply.Refused(404, "role not found");
    }

    private static RoomReply noSuchPeer() {
        return new RoomReply.Refused(404, "peer not found");
    }
}

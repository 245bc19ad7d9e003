package dev.stoa.api;

import dev.stoa.rooms.live.LiveRoomsControl;
import dev.stoa.rooms.live.PeerView;
import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.live.RoomRequest;
import dev.stoa.rooms.live.RoomView;
import dev.stoa.rooms.live.StoredValue;
import dev.stoa.rooms.live.TrackInfo;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Rooms in which the same two peers always sit; what is asked is remembered.
final class FakeLiveRooms implements LiveRoomsControl {
    static final String ANNA = "5b0f0d36-9a47-4a4e-8f0e-1d7e7a3c2f11";
    static final String BEN = "5b0f0d36-9a47-4a4e-8f0e-1d7e7a3c2f12";
    static final String SESSION = "6601f0a1c2d3e4f5a6b7c830";
    static final long STARTED_MS = 1_772_467_204_510L;

    /// Rooms that run, and how they refuse.
    final Map<String, Optional<RoomReply.Refused>> running = new ConcurrentHashMap<>();

    /// What a room has of any peer that is not in the database yet.
    volatile Optional<PeerStatistics> recent = Optional.empty();

    final List<RoomRequest> requests = new CopyOnWriteArrayList<>();
    final List<Room> changedRooms = new CopyOnWriteArrayList<>();
    final List<Template> changedTemplates = new CopyOnWriteArrayList<>();

    @Override
    public RoomReply ask(String roomId, RoomRequest request) {
        Optional<RoomReply.Refused> refusal = running.get(roomId);
        if (refusal == null) {
            return LiveRoomsControl.notRunning();
        }
        requests.add(request);
        return refusal.isPresent() ? refusal.get() : answer(roomId, request);
    }

    private RoomReply answer(String roomId, RoomRequest request) {
        return switch (request) {
            case RoomRequest.ReadRoom read ->
                new RoomReply.RunningRoom(
                        new RoomView(roomId, "physics-7b", "", SESSION, STARTED_MS, 100, false), List.of(ANNA, BEN));
            case RoomRequest.ReadPeers read -> new RoomReply.Peers(List.of(anna(List.of())));
            case RoomRequest.ReadPeer read -> peer(read.peerId());
            case RoomRequest.ReadStatistics read -> new RoomReply.Statistics(recent);
            case RoomRequest.UpdatePeer update -> peer(update.peerId());
            case RoomRequest.SendMessage message -> new RoomReply.Done();
            case RoomRequest.RemovePeers removal -> new RoomReply.Done();
            case RoomRequest.ReadValues read -> values(read.key());
            case RoomRequest.ChangeValue change -> values(change.key());
            case RoomRequest.ReadHistory history -> values(history.key());
            case RoomRequest.ProtectValue protect -> new RoomReply.Done();
            case RoomRequest.EndRoom end -> new RoomReply.Done();
        };
    }

    /// Every key but `none` has a value; `taken` cannot be changed.
    private static RoomReply values(@Nullable String key) {
        String name = key == null ? "likes" : key;
        return switch (name) {
            case "none" -> new RoomReply.Values(List.of(new StoredValue("none", null, 0, null, 0)));
            case "taken" -> new RoomReply.Refused(409, "the value has version 4, not 3; read it and try again");
            default -> new RoomReply.Values(List.of(new StoredValue(name, "{\"n\":1}", STARTED_MS, BEN, 4)));
        };
    }

    private static RoomReply peer(String id) {
        TrackInfo camera = new TrackInfo("track-1", "stream-1", "video", "regular", "", true);
        return id.equals(ANNA)
                ? new RoomReply.Peer(anna(List.of(camera)), Map.of("track-1", STARTED_MS + 1000))
                : new RoomReply.Refused(404, "peer not found");
    }

    private static PeerView anna(List<TrackInfo> tracks) {
        return new PeerView(ANNA, "host", "Anna", "{\"seat\":4}", "u-1", List.of(), STARTED_MS, tracks);
    }

    @Override
    public void roomChanged(Room room) {
        changedRooms.add(room);
    }

    @Override
    public void templateChanged(Template template) {
        changedTemplates.add(template);
    }
}

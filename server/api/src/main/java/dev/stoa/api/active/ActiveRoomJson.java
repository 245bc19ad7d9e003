package dev.stoa.api.active;

import dev.stoa.api.http.Times;
import dev.stoa.rooms.live.PeerView;
import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.live.RoomView;
import dev.stoa.rooms.live.TrackInfo;
import dev.stoa.rooms.workspace.Workspace;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Running rooms and their peers as the API shows them.
final class ActiveRoomJson {
    private ActiveRoomJson() {}

    static Map<String, Object> room(Workspace workspace, RoomReply.RunningRoom running) {
        RoomView room = running.room();
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("id", room.sessionId());
        session.put("created_at", time(room.startedAtMs()));
        session.put("peers", running.peerIds());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", room.roomId());
        json.put("name", room.name());
        json.put("customer_id", workspace.id());
        json.put("session", session);
        return json;
    }

    static Map<String, Object> peers(List<PeerView> peers) {
        Map<String, Object> byId = new LinkedHashMap<>();
        peers.forEach(peer -> byId.put(peer.peerId(), peer(peer)));
        return Map.of("peers", byId);
    }

    static Map<String, Object> peerWithTracks(RoomReply.Peer peer) {
        Map<String, Object> tracks = new LinkedHashMap<>();
        for (TrackInfo track : peer.peer().tracks()) {
            long startedAtMs =
                    peer.startedAtMs().getOrDefault(track.trackId(), peer.peer().joinedAtMs());
            tracks.put(track.trackId(), track(track, startedAtMs));
        }
        Map<String, Object> json = peer(peer.peer());
        json.put("tracks", tracks);
        return json;
    }

    private static Map<String, Object> peer(PeerView peer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", peer.peerId());
        json.put("name", peer.name());
        json.put("user_id", peer.userId());
        json.put("metadata", peer.metadata());
        json.put("role", peer.role());
        json.put("joined_at", time(peer.joinedAtMs()));
        return json;
    }

    private static Map<String, Object> track(TrackInfo track, long startedAtMs) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", track.trackId());
        json.put("stream_id", track.streamId());
        json.put("mute", track.mute());
        json.put("type", track.type());
        json.put("source", track.source());
        json.put("started_at", time(startedAtMs));
        json.put("description", track.description());
        return json;
    }

    private static String time(long ms) {
        return Times.text(Instant.ofEpochMilli(ms));
    }
}

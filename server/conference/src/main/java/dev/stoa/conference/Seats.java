package dev.stoa.conference;

import dev.stoa.rooms.live.Occupancy;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.session.PeerRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Who sits in a room, for questions from outside its mailbox: written by the room's thread, read by any.
final class Seats implements Occupancy {
    private final Map<String, String> roles = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    void take(RoomEvent event) {
        switch (event) {
            case RoomEvent.PeerEntered entered -> {
                PeerRecord peer = entered.peer();
                roles.put(peer.id(), peer.role());
                counts.merge(peer.role(), 1, Integer::sum);
            }
            case RoomEvent.PeerGone gone -> {
                String role = roles.remove(gone.peer().id());
                if (role != null) {
                    counts.merge(role, -1, Integer::sum);
                }
            }
            case RoomEvent.PeerChanged changed -> {
                String now = changed.peer().role();
                String before = roles.put(changed.peer().id(), now);
                if (before != null && !before.equals(now)) {
                    counts.merge(before, -1, Integer::sum);
                    counts.merge(now, 1, Integer::sum);
                }
            }
            case RoomEvent.RoomLocked locked -> {}
            case RoomEvent.RoleChanged changed -> {}
            case RoomEvent.RoleRefused refused -> {}
            case RoomEvent.Note note -> {}
            case RoomEvent.RoomEnded ended -> {}
            case RoomEvent.EndRefused refused -> {}
            case RoomEvent.JoinRefused refused -> {}
            case RoomEvent.LeaveRefused refused -> {}
            case RoomEvent.Figures figures -> {}
            case RoomEvent.PollChanged poll -> {}
            case RoomEvent.SessionOpened opened -> {}
            case RoomEvent.SessionClosed closed -> {}
        }
    }

    @Override
    public boolean isSeated(String peerId) {
        return roles.containsKey(peerId);
    }

    @Override
    public int peers() {
        return roles.size();
    }

    @Override
    public int peersWith(String role) {
        return counts.getOrDefault(role, 0);
    }
}

package dev.stoa.rooms.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who sits in the room, in order of joining.
final class Roster implements Occupancy {
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Map<String, Seat> trackOwners = new LinkedHashMap<>();
    private int disconnected;
    private long seatsTaken;

    Collection<Seat> all() {
        return seats.values();
    }

    /// For loops in which seats may be given up.
    List<Seat> snapshot() {
        return new ArrayList<>(seats.values());
    }

    @Nullable
    Seat byPeer(String peerId) {
        return seats.get(peerId);
    }

    @Nullable
    Seat ownerOf(String trackId) {
        return trackOwners.get(trackId);
    }

    void add(Seat seat) {
        seat.ordinal = ++seatsTaken;
        seats.put(seat.peerId, seat);
    }

    void remove(Seat seat) {
        connected(seat);
        seats.remove(seat.peerId);
        seat.tracks.keySet().forEach(trackOwners::remove);
    }

    /// Tells everybody, the peer itself too, what a peer is like now.
    void tellAll(Seat about) {
        about.missedOwnChange |= !about.isConnected();
        PeerNotice full = new PeerNotice.PeerUpdated(about.view());
        PeerNotice bare = new PeerNotice.PeerUpdated(about.viewWithoutTracks());
        for (Seat seat : seats.values()) {
            seat.deliver(seat == about || seat.subscribesTo(about) ? full : bare);
        }
    }

    void putTrack(Seat seat, TrackInfo track) {
        seat.tracks.put(track.trackId(), track);
        trackOwners.put(track.trackId(), seat);
    }

    void removeTrack(Seat seat, String trackId) {
        seat.tracks.remove(trackId);
        seat.publications.remove(trackId);
        trackOwners.remove(trackId);
    }

    @Override
    public boolean isSeated(String peerId) {
        return seats.containsKey(peerId);
    }

    @Override
    public int peers() {
        return seats.size();
    }

    int trackCount() {
        return trackOwners.size();
    }

    @Override
    public int peersWith(String role) {
        int count = 0;
        for (Seat seat : seats.values()) {
            if (seat.role.name().equals(role)) {
                count++;
            }
        }
        return count;
    }

    void connected(Seat seat) {
        if (!seat.isConnected()) {
            seat.deadlineMs = Seat.CONNECTED;
            disconnected--;
        }
    }

    void disconnected(Seat seat, long deadlineMs) {
        if (seat.isConnected()) {
            disconnected++;
        }
        seat.deadlineMs = deadlineMs;
    }

    /// When the next grace period ends, `Long.MAX_VALUE` = never.
    long nextDeadlineMs() {
        long next = Long.MAX_VALUE;
        if (disconnected > 0) {
            for (Seat seat : seats.values()) {
                next = Math.min(next, seat.deadlineMs);
            }
        }
        return next;
    }

    List<Seat> overdue(long nowMs) {
        List<Seat> overdue = new ArrayList<>();
        if (disconnected > 0) {
            for (Seat seat : seats.values()) {
                if (!seat.isConnected() && seat.deadlineMs <= nowMs) {
                    overdue.add(seat);
                }
            }
        }
        return overdue;
    }
}

package dev.stoa.rooms.live;

import dev.stoa.rooms.template.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who sits in the room, in order of joining.
///
/// In a large room only some are shown to all others: who may publish something, or raised a hand. Whatever happens
/// for every peer that comes costs the same however many are inside.
final class Roster implements Occupancy {
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Map<String, Seat> trackOwners = new LinkedHashMap<>();
    private final Map<String, RoleInUse> roles = new LinkedHashMap<>();
    private final Set<Seat> publishers = new LinkedHashSet<>();
    private final Set<Seat> shown = new LinkedHashSet<>();
    /// Disconnected peers; as all have the same time to come back, the first is the next to lose its place.
    private final Set<Seat> away = new LinkedHashSet<>();
    private boolean large;
    private long seatsTaken;

    private record RoleInUse(Role role, int peers) {}

    Collection<Seat> all() {
        return seats.values();
    }

    /// Peers that publish something.
    Collection<Seat> publishers() {
        return publishers;
    }

    /// Peers that others are told of without asking.
    Collection<Seat> shown() {
        return shown;
    }

    /// The roles that somebody inside has.
    Map<String, Role> roles() {
        Map<String, Role> used = new LinkedHashMap<>();
        roles.forEach((name, use) -> used.put(name, use.role()));
        return used;
    }

    /// Only while nobody is inside.
    void large(boolean is) {
        large = is;
    }

    boolean isLarge() {
        return large;
    }

    private boolean isToBeShown(Seat seat) {
        return !large || seat.isOnStage();
    }

    boolean isShown(Seat seat) {
        return shown.contains(seat);
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
        count(seat.role, 1);
        if (isToBeShown(seat)) {
            shown.add(seat);
        }
    }

    void remove(Seat seat) {
        connected(seat);
        seats.remove(seat.peerId);
        count(seat.role, -1);
        shown.remove(seat);
        publishers.remove(seat);
        seat.tracks.keySet().forEach(trackOwners::remove);
    }

    void changeRole(Seat seat, Role role) {
        count(seat.role, -1);
        seat.role = role;
        count(role, 1);
    }

    private void count(Role role, int more) {
        RoleInUse known = roles.get(role.name());
        int peers = (known == null ? 0 : known.peers()) + more;
        if (peers == 0) {
            roles.remove(role.name());
        } else {
            roles.put(role.name(), new RoleInUse(role, peers));
        }
    }

    /// Tells everybody, the peer itself too, what a peer is like now; also that it is to be shown no longer.
    void tellAll(Seat about) {
        about.missedOwnChange |= !about.isConnected();
        PeerNotice full = new PeerNotice.PeerUpdated(about.view());
        if (!isToBeShown(about)) {
            about.deliver(full);
            if (shown.remove(about)) {
                tellOthers(about, new PeerNotice.PeerHidden(about.viewWithoutTracks()));
            }
            return;
        }
        shown.add(about);
        PeerNotice bare = new PeerNotice.PeerUpdated(about.viewWithoutTracks());
        for (Seat seat : seats.values()) {
            seat.deliver(seat == about || seat.subscribesTo(about) ? full : bare);
        }
    }

    void tellOthers(Seat about, PeerNotice notice) {
        for (Seat seat : seats.values()) {
            if (seat != about) {
                seat.deliver(notice);
            }
        }
    }

    void putTrack(Seat seat, TrackInfo track) {
        seat.tracks.put(track.trackId(), track);
        trackOwners.put(track.trackId(), seat);
        publishers.add(seat);
    }

    void removeTrack(Seat seat, String trackId) {
        seat.tracks.remove(trackId);
        seat.trackStartedMs.remove(trackId);
        seat.publications.remove(trackId);
        trackOwners.remove(trackId);
        if (seat.tracks.isEmpty()) {
            publishers.remove(seat);
        }
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
        RoleInUse use = roles.get(role);
        return use == null ? 0 : use.peers();
    }

    void connected(Seat seat) {
        seat.deadlineMs = Seat.CONNECTED;
        away.remove(seat);
    }

    void disconnected(Seat seat, long deadlineMs) {
        seat.deadlineMs = deadlineMs;
        away.remove(seat);
        away.add(seat);
    }

    /// When the next grace period ends, `Long.MAX_VALUE` = never.
    long nextDeadlineMs() {
        return away.isEmpty() ? Long.MAX_VALUE : away.iterator().next().deadlineMs;
    }

    List<Seat> overdue(long nowMs) {
        List<Seat> overdue = new ArrayList<>();
        for (Seat seat : away) {
            if (seat.deadlineMs > nowMs) {
                break;
            }
            overdue.add(seat);
        }
        return overdue;
    }
}

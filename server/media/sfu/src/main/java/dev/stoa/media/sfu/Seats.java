package dev.stoa.media.sfu;

import dev.stoa.media.rtc.SctpFactory;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The worker's transports, rooms and tracks, and how they come and go.
final class Seats {
    private final WorkerContext context;
    private final DtlsFactory dtls;
    private final SrtpCiphers ciphers;
    private final SctpFactory sctp;
    private final LongConsumer wake;
    private final Map<TransportId, Seat> byId = new HashMap<>();
    private final Map<String, Seat> byUfrag = new HashMap<>();
    private final Map<String, Room> rooms = new HashMap<>();
    /// The same rooms, to be walked without an iterator.
    private final List<Room> roomList = new ArrayList<>();
    private final Map<TrackId, PublishedTrack> tracks = new HashMap<>();
    private final List<Seat> all = new ArrayList<>();
    private final Relays relays;

    Seats(WorkerContext context, DtlsFactory dtls, SrtpCiphers ciphers, SctpFactory sctp, LongConsumer wake) {
        this.context = context;
        this.dtls = dtls;
        this.ciphers = ciphers;
        this.sctp = sctp;
        this.wake = wake;
        this.relays = new Relays(context);
    }

    @Nullable
    Seat find(TransportId id) {
        return byId.get(id);
    }

    /// @param username `ours:theirs` of a connectivity check (RFC 8445 §7.2.2)
    @Nullable
    Seat byUsername(String username) {
        int colon = username.indexOf(':');
        return colon < 0 ? null : byUfrag.get(username.substring(0, colon));
    }

    /// False when id or user name fragment are taken.
    boolean open(long nowNs, SfuCommand.OpenTransport command) {
        TransportId id = command.transport();
        String ufrag = command.local().ufrag();
        if (byId.containsKey(id) || byUfrag.containsKey(ufrag)) {
            return false;
        }
        Room room = room(command.room());
        room.enter();
        Seat seat = new Seat(command, room, dtls.server(() -> wake.accept(id.value())), ciphers, sctp, context, nowNs);
        byId.put(id, seat);
        byUfrag.put(ufrag, seat);
        all.add(seat);
        return true;
    }

    private Room room(String name) {
        Room known = rooms.get(name);
        if (known != null) {
            return known;
        }
        Room room = new Room(name, context.events(), context.settings());
        rooms.put(name, room);
        roomList.add(room);
        return room;
    }

    void restartIce(Seat seat, SfuCommand.RestartIce command) {
        seat.transport().restartIce(command.local());
        byUfrag.entrySet()
                .removeIf(entry -> entry.getValue() == seat && !seat.transport().acceptsUfrag(entry.getKey()));
        byUfrag.putIfAbsent(command.local().ufrag(), seat);
    }

    @Nullable
    PublishedTrack track(TrackId id) {
        return tracks.get(id);
    }

    /// Adds a track or replaces the one with its id, whose subscribers are kept.
    void publish(long nowNs, Seat seat, PublishSpec spec) {
        PublishedTrack old = tracks.get(spec.track());
        if (old != null && old.publisher() == seat && old.spec().equals(spec)) {
            return;
        }
        PublishedTrack track = new PublishedTrack(seat, spec);
        tracks.put(spec.track(), track);
        if (old != null) {
            detach(nowNs, old);
        }
        seat.publish(nowNs, track);
        if (old != null) {
            if (old.publisher() == seat) {
                seat.adopt(old, track);
            }
            Relays.move(old, track);
            takeOver(nowNs, old, track, old.isMuted());
        }
    }

    private static void takeOver(long nowNs, PublishedTrack old, PublishedTrack track, boolean muted) {
        track.subscriptions().addAll(old.subscriptions());
        track.setMuted(nowNs, muted);
        for (Subscription subscription : track.subscriptions()) {
            subscription.moveTo(track, nowNs);
        }
    }

    /// Takes a track from its publisher.
    private void detach(long nowNs, PublishedTrack track) {
        track.publisher().unpublish(track);
        if (track.publisher() instanceof MirroredPublisher mirror) {
            relays.forget(mirror);
            leave(nowNs, mirror.room());
        }
    }

    /// Makes a track of another worker known. False when that worker is not.
    boolean mirror(long nowNs, SfuCommand.Mirror command) {
        Room room = room(command.room());
        room.enter();
        MirroredPublisher mirror = relays.open(command, room);
        if (mirror == null) {
            leave(nowNs, room);
            return false;
        }
        PublishedTrack track = mirror.track();
        PublishedTrack old = tracks.put(track.id(), track);
        if (old != null) {
            detach(nowNs, old);
            relays.stopAll(old);
            takeOver(nowNs, old, track, command.muted());
        } else {
            track.setMuted(nowNs, command.muted());
        }
        return true;
    }

    Relays relays() {
        return relays;
    }

    void unpublish(long nowNs, PublishedTrack track) {
        tracks.remove(track.id());
        detach(nowNs, track);
        relays.stopAll(track);
        for (Subscription subscription : List.copyOf(track.subscriptions())) {
            subscription.seat().unsubscribe(subscription);
        }
    }

    void close(long nowNs, Seat seat) {
        seat.transport().close();
        remove(nowNs, seat);
    }

    void removeIfClosed(long nowNs, Seat seat) {
        if (seat.transport().isClosed() && byId.get(seat.id()) == seat) {
            remove(nowNs, seat);
        }
    }

    /// Removes what a command has closed.
    void sweep(long nowNs) {
        for (int i = all.size() - 1; i >= 0; i--) {
            removeIfClosed(nowNs, all.get(i));
        }
    }

    private void remove(long nowNs, Seat seat) {
        for (PublishedTrack track : List.copyOf(seat.published())) {
            unpublish(nowNs, track);
        }
        for (Subscription subscription : List.copyOf(seat.subscriptions())) {
            seat.unsubscribe(subscription);
        }
        seat.onRemoved();
        byId.remove(seat.id());
        byUfrag.values().removeIf(owner -> owner == seat);
        all.remove(seat);
        context.bindings().unbindAll(seat);
        leave(nowNs, seat.room());
    }

    private void leave(long nowNs, Room room) {
        if (room.leave()) {
            // Nobody is left to hear of silence, but the room's owner may still show a speaker.
            room.handleTimeout(nowNs);
            rooms.remove(room.name());
            roomList.remove(room);
        }
    }

    void handleTimeouts(long nowNs) {
        for (int i = all.size() - 1; i >= 0; i--) {
            Seat seat = all.get(i);
            if (seat.nextTimeoutNs() <= nowNs) {
                seat.handleTimeout(nowNs);
                removeIfClosed(nowNs, seat);
            } else {
                context.deadline().atLatest(seat.nextTimeoutNs());
            }
        }
        relays.handleTimeouts(nowNs);
        for (int i = 0; i < roomList.size(); i++) {
            Room room = roomList.get(i);
            room.handleTimeout(nowNs);
            context.deadline().atLatest(room.nextTimeoutNs());
        }
    }

    int size() {
        return all.size();
    }
}

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

    Seats(WorkerContext context, DtlsFactory dtls, SrtpCiphers ciphers, SctpFactory sctp, LongConsumer wake) {
        this.context = context;
        this.dtls = dtls;
        this.ciphers = ciphers;
        this.sctp = sctp;
        this.wake = wake;
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
        Room room = new Room(name, context.events(), context.settings().speakerIntervalNs());
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
            old.publisher().unpublish(old);
        }
        seat.publish(nowNs, track);
        if (old != null) {
            if (old.publisher() == seat) {
                seat.adopt(old, track);
            }
            track.subscriptions().addAll(old.subscriptions());
            track.setMuted(nowNs, old.isMuted());
            for (Subscription subscription : track.subscriptions()) {
                subscription.moveTo(track, nowNs);
            }
        }
    }

    void unpublish(PublishedTrack track) {
        tracks.remove(track.id());
        track.publisher().unpublish(track);
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
            unpublish(track);
        }
        for (Subscription subscription : List.copyOf(seat.subscriptions())) {
            seat.unsubscribe(subscription);
        }
        seat.onRemoved();
        byId.remove(seat.id());
        byUfrag.values().removeIf(owner -> owner == seat);
        all.remove(seat);
        context.bindings().unbindAll(seat);
        if (seat.room().leave()) {
            // Nobody is left to hear of silence, but the room's owner may still show a speaker.
            seat.room().handleTimeout(nowNs);
            rooms.remove(seat.room().name());
            roomList.remove(seat.room());
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

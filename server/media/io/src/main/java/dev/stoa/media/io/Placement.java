package dev.stoa.media.io;

import dev.stoa.media.sfu.Sfu;
import java.util.HashMap;
import java.util.Map;

/// Which worker a new transport goes to. Pure policy; one thread at a time.
///
/// A room begins on the least loaded worker, its home, where all its publishers are: opening a packet costs a tenth of
/// what forwarding it to many costs, and speakers are found where all microphones are. Subscribers join them there
/// until
/// the room has outgrown one worker; further ones fill other workers one after the other, so that few workers get a
/// copy
/// of the room's packets.
final class Placement {
    /// Packets a second a transport counts for beside what is measured: who just came has not been measured yet.
    private static final long SEAT_PACKETS = 50;

    private static final int NONE = -1;

    private final int spreadSubscribers;
    private final int[] seats;
    private final Map<String, RoomSeats> rooms = new HashMap<>();

    private static final class RoomSeats {
        final int home;
        final int[] subscribers;
        int transports;

        RoomSeats(int home, int workers) {
            this.home = home;
            this.subscribers = new int[workers];
        }
    }

    Placement(int workers, int spreadSubscribers) {
        this.spreadSubscribers = spreadSubscribers;
        this.seats = new int[workers];
    }

    /// @param packetRates packets each worker forwarded per second lately
    int place(String room, Sfu.Purpose purpose, long[] packetRates) {
        RoomSeats known = rooms.computeIfAbsent(room, name -> new RoomSeats(leastLoaded(packetRates), seats.length));
        int worker = known.home;
        if (purpose == Sfu.Purpose.SUBSCRIBE) {
            worker = forSubscriber(known, packetRates);
            known.subscribers[worker]++;
        }
        known.transports++;
        seats[worker]++;
        return worker;
    }

    private int forSubscriber(RoomSeats room, long[] packetRates) {
        if (room.subscribers[room.home] < spreadSubscribers) {
            return room.home;
        }
        int begun = NONE;
        for (int worker = 0; worker < seats.length; worker++) {
            boolean open = room.subscribers[worker] > 0 && room.subscribers[worker] < spreadSubscribers;
            if (open && (begun == NONE || load(worker, packetRates) < load(begun, packetRates))) {
                begun = worker;
            }
        }
        return begun == NONE ? leastLoaded(packetRates) : begun;
    }

    private int leastLoaded(long[] packetRates) {
        int best = 0;
        for (int worker = 1; worker < seats.length; worker++) {
            if (load(worker, packetRates) < load(best, packetRates)) {
                best = worker;
            }
        }
        return best;
    }

    private long load(int worker, long[] packetRates) {
        return packetRates[worker] + seats[worker] * SEAT_PACKETS;
    }

    /// A transport that was placed is gone. The last one takes the room along: it may begin elsewhere next time.
    void left(String room, Sfu.Purpose purpose, int worker) {
        seats[worker]--;
        RoomSeats known = rooms.get(room);
        if (known == null) {
            return;
        }
        if (purpose == Sfu.Purpose.SUBSCRIBE) {
            known.subscribers[worker]--;
        }
        if (--known.transports == 0) {
            rooms.remove(room);
        }
    }

    /// Transports on a worker.
    int seats(int worker) {
        return seats[worker];
    }
}

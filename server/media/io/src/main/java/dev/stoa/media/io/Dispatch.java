package dev.stoa.media.io;

import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.relay.CommandRouter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Brings commands to the workers they are for. Thread-safe; waits for nothing but other callers.
///
/// One command may become several, for several workers. What a full queue does not take is owed and goes before
/// anything
/// else next time, so that a command is never executed in part; while something is owed nothing new is taken.
final class Dispatch {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<MediaWorker> workers;
    private final LongFunction<long[]> packetRates;
    private final CommandRouter router;
    private final Placement placement;
    private final @Nullable Owners owners;
    private final Map<TransportId, Spot> spots = new HashMap<>();
    private final Queue<Owed> owed = new ArrayDeque<>();

    private record Spot(String room, Sfu.Purpose purpose, int worker, List<String> ufrags) {}

    private record Owed(int worker, SfuCommand command) {}

    /// @param packetRates packets each worker forwarded per second lately, at a time in nanoseconds
    /// @param owners told which ICE user name belongs to which worker; null when ports tell workers apart
    Dispatch(
            List<MediaWorker> workers,
            int spreadSubscribers,
            LongFunction<long[]> packetRates,
            @Nullable Owners owners) {
        this.owners = owners;
        this.workers = workers;
        this.packetRates = packetRates;
        this.router = new CommandRouter(workers.size());
        this.placement = new Placement(workers.size(), spreadSubscribers);
    }

    /// The worker of a transport, chosen now unless it was before.
    int place(TransportId transport, String room, Sfu.Purpose purpose) {
        lock.lock();
        try {
            return spot(transport, room, purpose).worker();
        } finally {
            lock.unlock();
        }
    }

    private Spot spot(TransportId transport, String room, Sfu.Purpose purpose) {
        return spots.computeIfAbsent(transport, id -> {
            int worker = placement.place(room, purpose, packetRates.apply(System.nanoTime()));
            return new Spot(room, purpose, worker, new ArrayList<>());
        });
    }

    boolean submit(SfuCommand command) {
        lock.lock();
        try {
            if (!settle()) {
                return false;
            }
            route(command);
            settle();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void route(SfuCommand command) {
        if (command instanceof SfuCommand.OpenTransport open) {
            Spot spot = spot(open.transport(), open.room(), Sfu.Purpose.PUBLISH);
            known(spot, open.local().ufrag());
            router.open(open, spot.worker(), this::owe);
        } else if (!router.route(command, this::owe)) {
            // Some worker has to count it as unknown.
            owe(0, command);
        }
        if (command instanceof SfuCommand.RestartIce restart) {
            known(spots.get(restart.transport()), restart.local().ufrag());
        }
        if (command instanceof SfuCommand.CloseTransport close) {
            Spot spot = spots.remove(close.transport());
            if (spot != null) {
                placement.left(spot.room(), spot.purpose(), spot.worker());
                forget(spot);
            }
        }
    }

    private void known(@Nullable Spot spot, String ufrag) {
        if (owners != null && spot != null) {
            spot.ufrags().add(ufrag);
            owners.known(ufrag, spot.worker());
        }
    }

    private void forget(Spot spot) {
        if (owners != null) {
            spot.ufrags().forEach(owners::forget);
        }
    }

    private void owe(int worker, SfuCommand command) {
        owed.add(new Owed(worker, command));
    }

    /// False when a queue is still full.
    private boolean settle() {
        for (Owed next = owed.peek(); next != null; next = owed.peek()) {
            if (!workers.get(next.worker()).submit(next.command())) {
                return false;
            }
            owed.remove();
        }
        return true;
    }

    int seats(int worker) {
        lock.lock();
        try {
            return placement.seats(worker);
        } finally {
            lock.unlock();
        }
    }
}

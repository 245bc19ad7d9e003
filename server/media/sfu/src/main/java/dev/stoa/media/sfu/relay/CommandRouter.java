package dev.stoa.media.sfu.relay;

import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SubscribeSpec;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the commands of the control side into commands of workers: each goes to the worker of its transport, and a
/// track with subscribers on other workers is relayed there from the first subscription to the last.
///
/// A pure table of what is where; the caller makes sure that one thread at a time uses it and that each worker gets its
/// commands in the order given here.
public final class CommandRouter {
    private final int workers;
    private final Map<TransportId, Place> places = new HashMap<>();
    private final Map<TrackId, Route> routes = new HashMap<>();
    private int lastRelay;

    /// Takes the commands for the workers, in order.
    @FunctionalInterface
    public interface Output {
        void send(int worker, SfuCommand command);
    }

    private static final class Place {
        final int worker;
        final String room;
        final Map<SubscriptionId, Route> subscriptions = new HashMap<>();
        final Set<TrackId> tracks = new HashSet<>();

        Place(int worker, String room) {
            this.worker = worker;
            this.room = room;
        }
    }

    /// Where a track comes from and where it is wanted.
    private static final class Route {
        TransportId publisher;
        PublishSpec spec;
        int worker;
        String room;
        boolean muted;
        /// Subscriptions by worker.
        final int[] subscribers;
        /// Number of the relay to each worker, 0 without.
        final int[] relays;

        Route(TransportId publisher, PublishSpec spec, Place place, int workers) {
            this.publisher = publisher;
            this.spec = spec;
            this.worker = place.worker;
            this.room = place.room;
            this.subscribers = new int[workers];
            this.relays = new int[workers];
        }
    }

    public CommandRouter(int workers) {
        this.workers = workers;
    }

    /// The worker of a transport, -1 when it is not open.
    public int worker(TransportId transport) {
        Place place = places.get(transport);
        return place == null ? -1 : place.worker;
    }

    /// Opens a transport on a worker. One that is open already stays where it is, and its worker refuses the command.
    public void open(SfuCommand.OpenTransport command, int worker, Output output) {
        Place place = places.computeIfAbsent(command.transport(), id -> new Place(worker, command.room()));
        output.send(place.worker, command);
    }

    /// Routes any other command; false when its transport is unknown.
    public boolean route(SfuCommand command, Output output) {
        Place place = places.get(command.transport());
        if (place == null) {
            return false;
        }
        switch (command) {
            case SfuCommand.Publish publish -> publish(place, publish, output);
            case SfuCommand.Unpublish unpublish -> unpublish(place, unpublish, output);
            case SfuCommand.SetMuted set -> setMuted(place, set, output);
            case SfuCommand.Subscribe subscribe -> subscribe(place, subscribe, output);
            case SfuCommand.Unsubscribe unsubscribe -> unsubscribe(place, unsubscribe, output);
            case SfuCommand.CloseTransport close -> close(place, close, output);
            case SfuCommand.OpenTransport other -> output.send(place.worker, other);
            case SfuCommand.SetRemoteFingerprint other -> output.send(place.worker, other);
            case SfuCommand.RestartIce other -> output.send(place.worker, other);
            case SfuCommand.SetSubscription other -> output.send(place.worker, other);
            case SfuCommand.SetDegradation other -> output.send(place.worker, other);
            case SfuCommand.SendText other -> output.send(place.worker, other);
            case SfuCommand.ReportStatistics other -> output.send(place.worker, other);
            case SfuCommand.RelayCommand ours -> throw new IllegalArgumentException("made by the router only");
        }
        return true;
    }

    private void publish(Place place, SfuCommand.Publish command, Output output) {
        TrackId id = command.spec().track();
        Route known = routes.get(id);
        Route route = known == null ? new Route(command.transport(), command.spec(), place, workers) : known;
        boolean moved = route.worker != place.worker;
        if (moved) {
            stopRelays(route, output);
        }
        place.tracks.add(id);
        if (!route.publisher.equals(command.transport())) {
            Place before = places.get(route.publisher);
            if (before != null) {
                before.tracks.remove(id);
            }
        }
        route.publisher = command.transport();
        route.worker = place.worker;
        route.room = place.room;
        boolean changed = !route.spec.equals(command.spec());
        route.spec = command.spec();
        routes.put(id, route);
        output.send(place.worker, command);
        if (moved || changed) {
            for (int worker = 0; worker < workers; worker++) {
                if (worker != route.worker && route.subscribers[worker] > 0) {
                    relay(route, worker, output);
                }
            }
        }
    }

    /// What the old worker sends is no longer wanted; the mirrors stay until they are replaced.
    private void stopRelays(Route route, Output output) {
        for (int worker = 0; worker < workers; worker++) {
            if (route.relays[worker] != 0) {
                output.send(route.worker, new SfuCommand.StopRelay(route.publisher, route.relays[worker]));
                route.relays[worker] = 0;
            }
        }
    }

    /// Lets a track be heard on another worker; there it replaces what was known of it.
    private void relay(Route route, int worker, Output output) {
        int before = route.relays[worker];
        int relay = nextRelay();
        route.relays[worker] = relay;
        output.send(
                worker,
                new SfuCommand.Mirror(route.publisher, route.spec, route.room, route.muted, relay, route.worker));
        if (before != 0) {
            output.send(route.worker, new SfuCommand.StopRelay(route.publisher, before));
        }
        output.send(route.worker, new SfuCommand.StartRelay(route.publisher, route.spec.track(), relay, worker));
    }

    private int nextRelay() {
        lastRelay = lastRelay == Integer.MAX_VALUE ? 1 : lastRelay + 1;
        return lastRelay;
    }

    private void unpublish(Place place, SfuCommand.Unpublish command, Output output) {
        output.send(place.worker, command);
        Route route = own(command.transport(), command.track());
        if (route != null) {
            place.tracks.remove(command.track());
            forget(route, output);
        }
    }

    private @Nullable Route own(TransportId transport, TrackId track) {
        Route route = routes.get(track);
        return route != null && route.publisher.equals(transport) ? route : null;
    }

    /// The worker of the track ends its relays itself.
    private void forget(Route route, Output output) {
        routes.remove(route.spec.track());
        for (int worker = 0; worker < workers; worker++) {
            if (route.relays[worker] != 0) {
                output.send(worker, new SfuCommand.Unmirror(route.publisher, route.relays[worker]));
            }
        }
    }

    private void setMuted(Place place, SfuCommand.SetMuted command, Output output) {
        output.send(place.worker, command);
        Route route = own(command.transport(), command.track());
        if (route == null) {
            return;
        }
        route.muted = command.muted();
        for (int worker = 0; worker < workers; worker++) {
            if (route.relays[worker] != 0) {
                output.send(worker, new SfuCommand.MuteMirror(route.publisher, route.relays[worker], command.muted()));
            }
        }
    }

    private void subscribe(Place place, SfuCommand.Subscribe command, Output output) {
        SubscribeSpec spec = command.spec();
        Route route = routes.get(spec.track());
        Route before = place.subscriptions.get(spec.subscription());
        if (route != null) {
            place.subscriptions.put(spec.subscription(), route);
            route.subscribers[place.worker]++;
            if (place.worker != route.worker && route.relays[place.worker] == 0) {
                relay(route, place.worker, output);
            }
        }
        output.send(place.worker, command);
        if (route != null && before != null) {
            release(before, place.worker, output);
        }
    }

    private void unsubscribe(Place place, SfuCommand.Unsubscribe command, Output output) {
        output.send(place.worker, command);
        Route route = place.subscriptions.remove(command.subscription());
        if (route != null) {
            release(route, place.worker, output);
        }
    }

    /// One subscription less; the last one takes the relay with it.
    private void release(Route route, int worker, Output output) {
        boolean gone = routes.get(route.spec.track()) != route;
        if (gone || --route.subscribers[worker] > 0 || route.relays[worker] == 0) {
            return;
        }
        output.send(route.worker, new SfuCommand.StopRelay(route.publisher, route.relays[worker]));
        output.send(worker, new SfuCommand.Unmirror(route.publisher, route.relays[worker]));
        route.relays[worker] = 0;
    }

    private void close(Place place, SfuCommand.CloseTransport command, Output output) {
        places.remove(command.transport());
        output.send(place.worker, command);
        for (TrackId track : place.tracks) {
            Route route = own(command.transport(), track);
            if (route != null) {
                forget(route, output);
            }
        }
        for (Route route : place.subscriptions.values()) {
            release(route, place.worker, output);
        }
    }
}

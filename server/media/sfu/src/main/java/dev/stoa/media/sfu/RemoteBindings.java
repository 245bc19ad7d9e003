package dev.stoa.media.sfu;

import dev.stoa.media.rtc.Remote;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which far address belongs to which transport. Only authenticated connectivity checks bind, and each transport
/// remembers a bounded number of addresses, so the table is bounded. [#find] allocates nothing.
final class RemoteBindings {
    private final Map<Remote, Seat> seats = new HashMap<>();
    private @Nullable PathListener listener;

    void listener(PathListener listener) {
        this.listener = listener;
    }

    /// @param remote may be a reused probe
    @Nullable
    Seat find(Remote remote) {
        return seats.get(remote);
    }

    /// @param remote may be a reused probe: what is kept is a copy
    void bind(Remote remote, Seat seat) {
        if (seats.get(remote) != seat) {
            Remote kept = remote.copy();
            seats.put(kept, seat);
            if (listener != null) {
                listener.bound(kept);
            }
        }
    }

    void unbind(Remote remote, Seat seat) {
        if (seats.remove(remote, seat)) {
            tellUnbound(remote);
        }
    }

    private void tellUnbound(Remote remote) {
        if (listener != null) {
            listener.unbound(remote);
        }
    }

    void unbindAll(Seat seat) {
        seats.entrySet().removeIf(entry -> {
            boolean bound = entry.getValue() == seat;
            if (bound) {
                tellUnbound(entry.getKey());
            }
            return bound;
        });
    }

    int size() {
        return seats.size();
    }
}

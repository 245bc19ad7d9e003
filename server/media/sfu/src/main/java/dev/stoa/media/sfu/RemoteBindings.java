package dev.stoa.media.sfu;

import dev.stoa.media.rtc.Remote;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which far address belongs to which transport. Only authenticated connectivity checks bind, and each transport
/// remembers a bounded number of addresses, so the table is bounded. [#find] allocates nothing.
final class RemoteBindings {
    private final Map<Remote, Seat> seats = new HashMap<>();

    /// @param remote may be a reused probe
    @Nullable
    Seat find(Remote remote) {
        return seats.get(remote);
    }

    /// @param remote may be a reused probe: what is kept is a copy
    void bind(Remote remote, Seat seat) {
        if (seats.get(remote) != seat) {
            seats.put(remote.copy(), seat);
        }
    }

    void unbind(Remote remote, Seat seat) {
        seats.remove(remote, seat);
    }

    void unbindAll(Seat seat) {
        seats.values().removeIf(bound -> bound == seat);
    }

    int size() {
        return seats.size();
    }
}

package dev.stoa.media.rtc.ice;

import dev.stoa.media.rtc.Remote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The far addresses that passed a check: peer-reflexive candidates (RFC 8445 §7.3.1.3), few and bounded. Not
/// thread-safe.
final class RemoteTable {
    private static final class Entry {
        final Remote remote;
        long checkedNs;

        Entry(Remote remote, long checkedNs) {
            this.remote = remote;
            this.checkedNs = checkedNs;
        }
    }

    private final int limit;
    private final List<Entry> entries = new ArrayList<>();

    RemoteTable(int limit) {
        this.limit = limit;
    }

    boolean contains(Remote remote) {
        return find(remote) != null;
    }

    /// The kept copy of `remote`; null when it is not here.
    @Nullable
    Remote get(Remote remote) {
        Entry entry = find(remote);
        return entry == null ? null : entry.remote;
    }

    /// Notes a check, making room by forgetting the entry checked longest ago, but never `spared`.
    ///
    /// @return what was forgotten, null in most cases
    @Nullable
    Remote remember(long nowNs, Remote remote, @Nullable Remote spared) {
        Entry known = find(remote);
        if (known != null) {
            known.checkedNs = nowNs;
            return null;
        }
        Remote forgotten = entries.size() < limit ? null : forgetOldest(spared);
        entries.add(new Entry(remote.copy(), nowNs));
        return forgotten;
    }

    void forget(Remote remote) {
        entries.removeIf(entry -> entry.remote.equals(remote));
    }

    /// The remote checked last; null when there is none.
    @Nullable
    Remote newest() {
        Entry newest = null;
        for (Entry entry : entries) {
            newest = newest == null || entry.checkedNs >= newest.checkedNs ? entry : newest;
        }
        return newest == null ? null : newest.remote;
    }

    int size() {
        return entries.size();
    }

    private @Nullable Remote forgetOldest(@Nullable Remote spared) {
        Entry oldest = null;
        for (Entry entry : entries) {
            boolean candidate = !entry.remote.equals(spared);
            oldest = candidate && (oldest == null || entry.checkedNs < oldest.checkedNs) ? entry : oldest;
        }
        if (oldest == null) {
            return null;
        }
        entries.remove(oldest);
        return oldest.remote;
    }

    private @Nullable Entry find(Remote remote) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.remote.equals(remote)) {
                return entry;
            }
        }
        return null;
    }
}

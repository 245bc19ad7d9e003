package dev.stoa.conference;

import java.util.LinkedHashSet;

/// The newest peers whose grace period ended: should one come back, it is told at once that its place is gone,
/// instead of finding itself outside without knowing. Thread-safe.
final class ExpiredPeers {
    private static final int KEPT = 10_000;

    private final LinkedHashSet<String> ids = new LinkedHashSet<>();

    synchronized void add(String peerId) {
        ids.add(peerId);
        if (ids.size() > KEPT) {
            ids.removeFirst();
        }
    }

    synchronized boolean contains(String peerId) {
        return ids.contains(peerId);
    }
}

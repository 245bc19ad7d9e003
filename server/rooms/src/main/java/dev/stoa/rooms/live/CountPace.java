package dev.stoa.rooms.live;

/// Paces what everybody is told of how many are inside: at once in small rooms, in rounds in others, so that a room
/// sends some ten thousand of these messages a second however many come and go.
final class CountPace {
    private static final int PROMPT_PEERS = 50;
    private static final long SHORTEST_MS = 100;
    private static final long LONGEST_MS = 2000;
    private static final int PEERS_PER_MS = 10;

    private boolean changed;
    private long toldMs;

    void changed() {
        changed = true;
    }

    /// When the next round is due, `Long.MAX_VALUE` = nothing has changed.
    long dueMs(int peers) {
        return changed ? toldMs + intervalMs(peers) : Long.MAX_VALUE;
    }

    private static long intervalMs(int peers) {
        return peers <= PROMPT_PEERS ? 0 : Math.clamp(peers / PEERS_PER_MS, SHORTEST_MS, LONGEST_MS);
    }

    /// True once per round, when it is due.
    boolean take(long nowMs, int peers) {
        if (nowMs < dueMs(peers)) {
            return false;
        }
        changed = false;
        toldMs = nowMs;
        return true;
    }
}

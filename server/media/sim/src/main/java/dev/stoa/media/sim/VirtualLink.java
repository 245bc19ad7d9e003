package dev.stoa.media.sim;

import java.util.random.RandomGenerator;

/// Decides when, how often or whether a datagram arrives. Everything random comes from its generator. Not thread-safe.
public final class VirtualLink {
    /// The datagram is lost.
    public static final long LOST = -1;

    private LinkSettings settings;
    private final RandomGenerator random;
    private int burstLeft;
    private long freeNs;
    private long lastArrivalNs;

    public VirtualLink(LinkSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /// Changes the link under way: what waits in its queue keeps its time, and nothing overtakes it.
    public void reshape(LinkSettings settings) {
        this.settings = settings;
    }

    /// When a datagram sent now arrives, or [#LOST].
    public long arrival(long nowNs, int bytes) {
        if (loses()) {
            return LOST;
        }
        long sentNs = queue(nowNs, bytes);
        if (sentNs == LOST) {
            return LOST;
        }
        long arrival = sentNs + settings.delayNs();
        if (settings.jitterNs() > 0) {
            arrival += random.nextLong(settings.jitterNs() + 1);
        }
        // Jitter stretches the gaps between datagrams; order changes only where it is asked for.
        arrival = Math.max(arrival, lastArrivalNs);
        if (chance(settings.reorder())) {
            return arrival + settings.reorderNs();
        }
        lastArrivalNs = arrival;
        return arrival;
    }

    /// Whether this datagram arrives twice; ask once for each that is not lost.
    public boolean duplicates() {
        return chance(settings.duplicate());
    }

    private boolean loses() {
        if (burstLeft > 0) {
            burstLeft--;
            return true;
        }
        if (chance(settings.burstStart())) {
            burstLeft = settings.burstLength() - 1;
            return true;
        }
        return chance(settings.loss());
    }

    private long queue(long nowNs, int bytes) {
        if (settings.rateBps() == 0) {
            return nowNs;
        }
        long start = Math.max(nowNs, freeNs);
        long queuedBytes = (start - nowNs) / 8 * settings.rateBps() / 1_000_000_000L;
        if (queuedBytes + bytes > settings.queueBytes()) {
            return LOST;
        }
        freeNs = start + bytes * 8L * 1_000_000_000L / settings.rateBps();
        return freeNs;
    }

    private boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }
}

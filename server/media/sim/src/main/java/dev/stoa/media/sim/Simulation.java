package dev.stoa.media.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Runs nodes and their network in virtual time, as fast as the machine can. Not thread-safe.
public final class Simulation {
    /// More events than this without time moving on is a node that wakes itself for ever.
    private static final int MAX_EVENTS_AT_ONCE = 1_000_000;

    private final VirtualClock clock;
    private final VirtualNetwork network;
    private final List<SimNode> nodes = new ArrayList<>();

    public Simulation(long seed) {
        this.clock = new VirtualClock(1_000_000_000L);
        this.network = new VirtualNetwork(clock, seed);
    }

    public VirtualClock clock() {
        return clock;
    }

    public VirtualNetwork network() {
        return network;
    }

    public long nowNs() {
        return clock.nowNs();
    }

    /// Gives a node its timers. Its addresses are attached at the network.
    public void add(SimNode node) {
        nodes.add(node);
    }

    public void remove(SimNode node) {
        nodes.remove(node);
    }

    public void runMs(long ms) {
        runUntil(() -> false, ms);
    }

    /// Runs until the condition holds, at most `ms` milliseconds of virtual time; returns whether it held.
    public boolean runUntil(BooleanSupplier condition, long ms) {
        long endNs = clock.nowNs() + ms * 1_000_000;
        int atOnce = 0;
        while (!condition.getAsBoolean()) {
            long next = nextNs();
            if (next > endNs) {
                clock.advanceTo(endNs);
                return condition.getAsBoolean();
            }
            atOnce = next > clock.nowNs() ? 0 : atOnce + 1;
            if (atOnce > MAX_EVENTS_AT_ONCE) {
                throw new IllegalStateException("time stands still");
            }
            clock.advanceTo(next);
            step();
        }
        return true;
    }

    private void step() {
        if (network.deliver()) {
            return;
        }
        for (SimNode node : List.copyOf(nodes)) {
            if (node.nextTimeoutNs() <= clock.nowNs()) {
                node.handleTimeout(clock.nowNs());
            }
        }
    }

    private long nextNs() {
        long next = network.nextArrivalNs();
        for (int i = 0; i < nodes.size(); i++) {
            next = Math.min(next, nodes.get(i).nextTimeoutNs());
        }
        return next;
    }
}

package dev.stoa.bench.link;

import dev.stoa.media.sim.VirtualLink;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One direction of the link and what is on its way. Time comes in, so the same runs in a test. Not thread-safe.
final class EmulatedLink {
    /// IPv4 and UDP header: a real link carries them too.
    static final int HEADER_BYTES = 28;

    /// Later than this a datagram's delivery counts as late: the machine is too busy to emulate the link well.
    static final long LATE_NS = 10_000_000;

    /// A datagram on its way.
    ///
    /// @param dueNs when it arrives
    /// @param order of sending, for those that arrive together
    /// @param flow which of the client's sockets it belongs to
    record Flight(long dueNs, long order, int flow, byte[] bytes) implements Comparable<Flight> {
        @Override
        public int compareTo(Flight other) {
            int byTime = Long.compare(dueNs, other.dueNs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final VirtualLink link;
    private final PriorityQueue<Flight> flights = new PriorityQueue<>();
    private LinkShape shape = LinkShape.CLEAN;
    private long stalledUntilNs;
    private long order;
    private long sent;
    private long lost;
    private long late;
    private long latestNs;

    EmulatedLink(long seed) {
        link = new VirtualLink(shape.settings(), new SplittableRandom(seed));
    }

    LinkShape shape() {
        return shape;
    }

    void reshape(LinkShape shape) {
        this.shape = shape;
        link.reshape(shape.settings());
    }

    /// Lets nothing depart before `ns`; what comes meanwhile waits in the queue or overflows it.
    void stall(long ns) {
        stalledUntilNs = Math.max(stalledUntilNs, ns);
    }

    void send(long nowNs, int flow, byte[] bytes) {
        sent++;
        long dueNs = link.arrival(Math.max(nowNs, stalledUntilNs), bytes.length + HEADER_BYTES);
        if (dueNs == VirtualLink.LOST) {
            lost++;
            return;
        }
        flights.add(new Flight(dueNs, order++, flow, bytes));
        if (link.duplicates()) {
            flights.add(new Flight(dueNs, order++, flow, bytes));
        }
    }

    /// The next datagram that has arrived, if any.
    @Nullable
    Flight poll(long nowNs) {
        Flight next = flights.peek();
        if (next == null || next.dueNs > nowNs) {
            return null;
        }
        latestNs = Math.max(latestNs, nowNs - next.dueNs);
        late += nowNs - next.dueNs > LATE_NS ? 1 : 0;
        return flights.poll();
    }

    /// When the next datagram arrives, Long.MAX_VALUE without one.
    long nextNs() {
        Flight next = flights.peek();
        return next == null ? Long.MAX_VALUE : next.dueNs;
    }

    /// What happened so far, as `key=value` words.
    String report() {
        return "sent=%d lost=%d late=%d latestMs=%d".formatted(sent, lost, late, latestNs / 1_000_000);
    }
}

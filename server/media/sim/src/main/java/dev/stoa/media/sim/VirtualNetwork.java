package dev.stoa.media.sim;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Carries datagrams between addresses in virtual time. Everything random follows from the seed. Not thread-safe.
public final class VirtualNetwork {
    private record Direction(Remote from, Remote to) {}

    private record Flight(long dueNs, long order, Remote from, Remote to, byte[] bytes) implements Comparable<Flight> {
        @Override
        public int compareTo(Flight other) {
            int byTime = Long.compare(dueNs, other.dueNs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final VirtualClock clock;
    private final SplittableRandom random;
    private final Map<Remote, SimNode> nodes = new HashMap<>();
    private final Map<Direction, VirtualLink> links = new HashMap<>();
    private final PriorityQueue<Flight> flights = new PriorityQueue<>();
    private LinkSettings defaults = LinkSettings.CLEAN;
    private long order;
    private long sent;
    private long lost;

    public VirtualNetwork(VirtualClock clock, long seed) {
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    /// What arrives at `address` goes to `node`. A node may have many addresses.
    public void attach(Remote address, SimNode node) {
        nodes.put(address.copy(), node);
    }

    public void detach(Remote address) {
        nodes.remove(address);
    }

    /// For all directions without settings of their own.
    public void defaults(LinkSettings settings) {
        defaults = settings;
        links.clear();
    }

    /// Replaces one direction's settings from now on; what is on the way still arrives.
    public void link(Remote from, Remote to, LinkSettings settings) {
        links.put(new Direction(from.copy(), to.copy()), new VirtualLink(settings, random.split()));
    }

    /// Changes one direction's settings from now on and keeps its queue and order: the same link, better or worse.
    public void reshape(Remote from, Remote to, LinkSettings settings) {
        links.computeIfAbsent(new Direction(from.copy(), to.copy()), d -> new VirtualLink(settings, random.split()))
                .reshape(settings);
    }

    /// Both directions at once.
    public void path(Remote a, Remote b, LinkSettings settings) {
        link(a, b, settings);
        link(b, a, settings);
    }

    public void send(Remote from, Remote to, MemorySegment buffer, long offset, int length) {
        sent++;
        Direction direction = new Direction(from.copy(), to.copy());
        VirtualLink link = links.computeIfAbsent(direction, d -> new VirtualLink(defaults, random.split()));
        long due = link.arrival(clock.nowNs(), length);
        if (due == VirtualLink.LOST) {
            lost++;
            return;
        }
        byte[] bytes = new byte[length];
        MemorySegment.copy(buffer, offset, MemorySegment.ofArray(bytes), 0, length);
        flights.add(new Flight(due, order++, direction.from, direction.to, bytes));
        if (link.duplicates()) {
            flights.add(new Flight(due, order++, direction.from, direction.to, bytes.clone()));
        }
    }

    /// A sender's side of the network.
    ///
    /// @param from the sender's address at the time of each datagram
    public DatagramOut out(Supplier<Remote> from) {
        MemorySegment slab = MemorySegment.ofArray(new byte[DatagramOut.SLOT_BYTES]);
        return new DatagramOut() {
            @Override
            public MemorySegment slab() {
                return slab;
            }

            @Override
            public long reserve() {
                return 0;
            }

            @Override
            public void commit(Remote remote, long offset, int length) {
                send(from.get(), remote, slab, offset, length);
            }
        };
    }

    /// Arrival of the next datagram, Long.MAX_VALUE without one.
    public long nextArrivalNs() {
        Flight next = flights.peek();
        return next == null ? Long.MAX_VALUE : next.dueNs;
    }

    /// Delivers one datagram that is due; false when there is none.
    public boolean deliver() {
        Flight flight = flights.peek();
        if (flight == null || flight.dueNs > clock.nowNs()) {
            return false;
        }
        flights.poll();
        SimNode node = nodes.get(flight.to);
        if (node != null) {
            node.handleDatagram(
                    clock.nowNs(), flight.from.copy(), MemorySegment.ofArray(flight.bytes), 0, flight.bytes.length);
        }
        return true;
    }

    /// Datagrams sent so far.
    public long sent() {
        return sent;
    }

    /// Datagrams lost on the way so far.
    public long lost() {
        return lost;
    }
}

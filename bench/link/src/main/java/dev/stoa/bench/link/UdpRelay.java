package dev.stoa.bench.link;

import dev.stoa.bench.link.EmulatedLink.Flight;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Stands between one browser and the media server, loopback only. The browser's sockets share one link, as they share
/// one access line; each is seen by the server from a port of its own, as behind a NAT. Single-threaded, except for
/// [#wakeup].
final class UdpRelay implements AutoCloseable {
    /// A browser in a call has two sockets; more than this is a mistake.
    private static final int MOST_FLOWS = 64;

    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    private final Selector selector = Selector.open();
    private final ByteBuffer datagram = ByteBuffer.allocate(65_536);
    private final DatagramChannel front;
    private final InetSocketAddress server;
    private final List<SocketAddress> clients = new ArrayList<>();
    private final List<DatagramChannel> backs = new ArrayList<>();
    private final Map<SocketAddress, Integer> flows = new HashMap<>();
    private final EmulatedLink up;
    private final EmulatedLink down;

    UdpRelay(InetSocketAddress listen, InetSocketAddress server, EmulatedLink up, EmulatedLink down)
            throws IOException {
        if (!listen.getAddress().isLoopbackAddress() || !server.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("only loopback addresses are relayed");
        }
        this.server = server;
        this.up = up;
        this.down = down;
        this.front = open(listen, -1);
    }

    int port() throws IOException {
        return ((InetSocketAddress) front.getLocalAddress()).getPort();
    }

    /// Moves datagrams until `untilNs` of [System#nanoTime] or [#wakeup].
    void run(long untilNs) throws IOException {
        long nowNs = System.nanoTime();
        deliver(nowNs);
        // A selector counts in milliseconds: rounded up, since spinning for the rest would take a core from the call.
        long dueNs = Math.min(untilNs, Math.min(up.nextNs(), down.nextNs()));
        long waitMs = (dueNs - nowNs + 999_999) / 1_000_000;
        int ready = waitMs > 0 ? selector.select(waitMs) : selector.selectNow();
        if (ready > 0) {
            for (SelectionKey key : selector.selectedKeys()) {
                receive((DatagramChannel) key.channel(), (int) key.attachment());
            }
            selector.selectedKeys().clear();
        }
        deliver(System.nanoTime());
    }

    void wakeup() {
        selector.wakeup();
    }

    private void receive(DatagramChannel channel, int flow) throws IOException {
        while (true) {
            SocketAddress from;
            try {
                from = channel.receive(datagram.clear());
            } catch (PortUnreachableException e) {
                continue;
            }
            if (from == null) {
                return;
            }
            byte[] bytes = new byte[datagram.flip().remaining()];
            datagram.get(bytes);
            if (channel == front) {
                sendUp(from, bytes);
            } else {
                down.send(System.nanoTime(), flow, bytes);
            }
        }
    }

    private void sendUp(SocketAddress client, byte[] bytes) throws IOException {
        Integer flow = flows.get(client);
        if (flow == null) {
            if (clients.size() == MOST_FLOWS) {
                return;
            }
            flow = clients.size();
            backs.add(open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), flow));
            backs.getLast().connect(server);
            clients.add(client);
            flows.put(client, flow);
        }
        up.send(System.nanoTime(), flow, bytes);
    }

    private void deliver(long nowNs) throws IOException {
        @Nullable Flight flight;
        while ((flight = up.poll(nowNs)) != null) {
            send(backs.get(flight.flow()), server, flight.bytes());
        }
        while ((flight = down.poll(nowNs)) != null) {
            send(front, clients.get(flight.flow()), flight.bytes());
        }
    }

    private static void send(DatagramChannel channel, SocketAddress to, byte[] bytes) throws IOException {
        try {
            channel.send(ByteBuffer.wrap(bytes), to);
        } catch (PortUnreachableException e) {
            // The other side has gone; for UDP that is a lost datagram.
            return;
        }
    }

    private DatagramChannel open(InetSocketAddress address, int flow) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        channel.bind(address);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, flow);
        return channel;
    }

    @Override
    public void close() throws IOException {
        front.close();
        for (DatagramChannel back : backs) {
            back.close();
        }
        selector.close();
    }
}

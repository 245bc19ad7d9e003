package dev.stoa.media.io.nio;

import dev.stoa.media.io.DatagramIo;
import dev.stoa.media.io.IoCounters;
import dev.stoa.media.rtc.Remote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `DatagramChannel`, one system call a datagram. Allocates about 140 bytes per received datagram when senders
/// alternate; sending to known remotes allocates nothing.
public final class NioDatagramIo implements DatagramIo {
    private static final int BATCH = 64;
    private static final int SEND_SLOTS = 128;
    private static final int KNOWN_ADDRESSES = 4096;

    /// One byte more than a slot shows that a datagram was longer; the rest keeps slots aligned.
    private static final int RECEIVE_STRIDE = SLOT_BYTES + 64;

    /// Freed with this object: closing it under the channel's use would have to be guarded per datagram.
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment receiveSlab = arena.allocate((long) BATCH * RECEIVE_STRIDE, 64);
    private final MemorySegment sendSlab = arena.allocate((long) SEND_SLOTS * SLOT_BYTES, 64);
    private final ByteBuffer[] receiveBuffers = slots(receiveSlab, BATCH, RECEIVE_STRIDE, SLOT_BYTES + 1);
    private final ByteBuffer[] sendBuffers = slots(sendSlab, SEND_SLOTS, SLOT_BYTES, SLOT_BYTES);
    private final @Nullable InetSocketAddress[] senders = new InetSocketAddress[BATCH];
    private final Remote[] targets = remotes(SEND_SLOTS);
    private final AddressCache addresses = new AddressCache();
    private final IoCounters counters = new IoCounters();
    private final DatagramChannel channel;
    private final Selector selector;
    private final int localPort;
    private int queued;
    private boolean drained;

    private NioDatagramIo(DatagramChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.localPort = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /// @param port 0 takes a free one
    public static NioDatagramIo bind(int port) throws IOException {
        return bind(port, false);
    }

    /// @param shared true: other sockets of this process may have the same port, and each gets a share of what arrives;
    ///     not known to every operating system
    public static NioDatagramIo bind(int port, boolean shared) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        Selector selector = Selector.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 4 << 20);
            if (shared && !channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                throw new IOException("this operating system cannot share UDP port " + port);
            }
            if (shared) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(new InetSocketAddress(port));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return new NioDatagramIo(channel, selector);
        } catch (IOException failed) {
            channel.close();
            selector.close();
            throw failed;
        }
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public int receive() {
        int count = 0;
        try {
            while (count < BATCH) {
                ByteBuffer buffer = receiveBuffers[count].clear();
                InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
                counters.receiveCalls++;
                if (sender == null) {
                    break;
                }
                counters.datagramsIn++;
                counters.bytesIn += buffer.position();
                if (!buffer.hasRemaining()) {
                    counters.droppedTooLong++;
                    buffer.clear();
                }
                senders[count++] = sender;
            }
        } catch (IOException unreachable) {
            // An ICMP error of an earlier datagram surfaces here; it says nothing about this socket.
            counters.droppedRefused++;
        }
        drained = count < BATCH;
        return count;
    }

    @Override
    public boolean isDrained() {
        return drained;
    }

    @Override
    public MemorySegment receiveSlab() {
        return receiveSlab;
    }

    @Override
    public long receiveOffset(int index) {
        return (long) index * RECEIVE_STRIDE;
    }

    @Override
    public int receiveLength(int index) {
        return receiveBuffers[index].position();
    }

    @Override
    public void receiveRemote(int index, Remote into) {
        InetSocketAddress sender = senders[index];
        if (sender != null) {
            AddressCache.write(sender, into);
        }
    }

    @Override
    public MemorySegment sendSlab() {
        return sendSlab;
    }

    @Override
    public int sendSlots() {
        return SEND_SLOTS;
    }

    @Override
    public void queue(Remote remote, int length) {
        sendBuffers[queued].clear().limit(length);
        targets[queued++].set(remote.high(), remote.low(), remote.port(), 0);
    }

    @Override
    public void flush() {
        for (int i = 0; i < queued; i++) {
            send(sendBuffers[i], targets[i]);
        }
        queued = 0;
    }

    private void send(ByteBuffer buffer, Remote remote) {
        try {
            counters.sendCalls++;
            int sent = channel.send(buffer, addresses.of(remote));
            if (sent == 0) {
                counters.droppedFull++;
            } else {
                counters.datagramsOut++;
                counters.bytesOut += sent;
            }
        } catch (IOException | UnsupportedAddressTypeException refused) {
            counters.droppedRefused++;
        }
    }

    @Override
    public void await(long timeoutNs) {
        try {
            selector.select(Math.max(1, timeoutNs / 1_000_000));
            selector.selectedKeys().clear();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public IoCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ByteBuffer[] slots(MemorySegment slab, int count, int stride, int bytes) {
        ByteBuffer[] buffers = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            buffers[i] = slab.asSlice((long) i * stride, bytes).asByteBuffer();
        }
        return buffers;
    }

    private static Remote[] remotes(int count) {
        Remote[] remotes = new Remote[count];
        for (int i = 0; i < count; i++) {
            remotes[i] = new Remote();
        }
        return remotes;
    }

    /// Socket addresses of known remotes, so that sending does not make a new one per datagram.
    private static final class AddressCache {
        private final Map<Remote, InetSocketAddress> known = new LinkedHashMap<>(256, 0.75f, false) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Remote, InetSocketAddress> eldest) {
                return size() > KNOWN_ADDRESSES;
            }
        };

        InetSocketAddress of(Remote remote) {
            InetSocketAddress address = known.get(remote);
            if (address == null) {
                address = create(remote);
                known.put(remote.copy(), address);
            }
            return address;
        }

        private static InetSocketAddress create(Remote remote) {
            byte[] bytes = ByteBuffer.allocate(16)
                    .putLong(remote.high())
                    .putLong(remote.low())
                    .array();
            try {
                // getByAddress turns mapped IPv6 into IPv4.
                return new InetSocketAddress(InetAddress.getByAddress(bytes), remote.port());
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException("16 bytes are an address", impossible);
            }
        }

        static void write(InetSocketAddress address, Remote into) {
            byte[] bytes = address.getAddress().getAddress();
            ByteBuffer view = ByteBuffer.wrap(bytes);
            if (bytes.length == 4) {
                into.setIpv4(view.getInt(), address.getPort());
            } else {
                into.set(view.getLong(), view.getLong(), address.getPort(), 0);
            }
        }
    }
}

package dev.stoa.media.sim.socket;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.sim.SimPeer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;

/// A UDP socket connected to the server: reading and writing allocate nothing.
final class UdpLink implements PeerLink {
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final DatagramChannel channel;
    private final MemorySegment slab = Arena.ofAuto().allocate(SLOT_BYTES, 8);
    private final MemorySegment received = Arena.ofAuto().allocate(SLOT_BYTES, 8);
    private final ByteBuffer outgoing = slab.asByteBuffer();
    private final ByteBuffer incoming = received.asByteBuffer();

    UdpLink(InetSocketAddress server) throws IOException {
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        channel.connect(server);
        channel.configureBlocking(false);
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public int localPort() {
        return channel.socket().getLocalPort();
    }

    @Override
    public void receive(long nowNs, SimPeer peer) throws IOException {
        while (true) {
            try {
                int length = channel.read(incoming.clear());
                if (length <= 0) {
                    return;
                }
                peer.handleDatagram(nowNs, received, 0, length);
            } catch (PortUnreachableException gone) {
                return;
            }
        }
    }

    @Override
    public MemorySegment slab() {
        return slab;
    }

    @Override
    public long reserve() {
        return 0;
    }

    /// Lost when the socket does not take it, as datagrams are.
    @Override
    public void commit(Remote remote, long offset, int length) {
        try {
            channel.write(outgoing.clear().limit(length));
        } catch (IOException unreachable) {
            outgoing.clear();
        }
    }
}

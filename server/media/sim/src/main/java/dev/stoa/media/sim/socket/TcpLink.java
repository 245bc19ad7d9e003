package dev.stoa.media.sim.socket;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.sim.SimPeer;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

/// The active side of ICE-TCP (RFC 6544) with RFC 4571 framing. What the socket does not take in time is dropped.
final class TcpLink implements PeerLink {
    private static final int PENDING_BYTES = 256 << 10;

    private final SocketChannel channel;
    private final MemorySegment slab = Arena.ofAuto().allocate(SLOT_BYTES, 8);
    private final MemorySegment received = Arena.ofAuto().allocate(PENDING_BYTES, 8);
    private final ByteBuffer incoming = received.asByteBuffer();
    private final ByteBuffer pending = ByteBuffer.allocateDirect(PENDING_BYTES);

    TcpLink(InetSocketAddress server) throws IOException {
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
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
        int count = channel.read(incoming);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        int at = 0;
        while (incoming.position() - at >= 2) {
            int length = incoming.getShort(at) & 0xFFFF;
            if (incoming.position() - at < 2 + length) {
                break;
            }
            peer.handleDatagram(nowNs, received, at + 2, length);
            at += 2 + length;
        }
        incoming.flip().position(at).compact();
    }

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
        if (pending.remaining() < 2 + length) {
            return;
        }
        pending.putShort((short) length);
        pending.put(slab.asSlice(offset, length).asByteBuffer());
        pending.flip();
        try {
            channel.write(pending);
        } catch (IOException closed) {
            pending.position(pending.limit());
        }
        pending.compact();
    }
}

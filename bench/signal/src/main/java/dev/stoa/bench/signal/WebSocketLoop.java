package dev.stoa.bench.signal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// One thread that reads the web sockets of thousands of peers (RFC 6455). It does as little per message as can be,
/// for it shares the processors with the server it measures; a general client took more of them than the server did.
final class WebSocketLoop implements AutoCloseable {
    private static final int LONGEST_FRAME = 16 * 1024 * 1024;
    private static final int MAX_HEADER = 4096;

    private final Selector selector;
    private final Queue<Connection> fresh = new ConcurrentLinkedQueue<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST_FRAME + MAX_HEADER);
    private volatile boolean closed;

    /// What a connection tells.
    interface Reader {
        /// Called by the loop's thread, which it must not keep.
        ///
        /// @param text from position to limit, valid during the call
        void onText(ByteBuffer text, long nowNs);

        /// Called by any thread, perhaps more than once.
        void onClosed(String reason);
    }

    WebSocketLoop() throws IOException {
        this.selector = Selector.open();
        Thread.ofPlatform().daemon().name("web-sockets").start(this::run);
    }

    /// Connects; what comes goes to the reader. Blocks until the request is written.
    Connection open(InetSocketAddress server, String path, Reader reader) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        Connection connection = new Connection(channel, reader);
        try {
            channel.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: " + server.getHostString() + ":"
                            + server.getPort() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
        fresh.add(connection);
        selector.wakeup();
        return connection;
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::read);
                for (Connection next = fresh.poll(); next != null; next = fresh.poll()) {
                    next.key = next.channel.register(selector, SelectionKey.OP_READ, next);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void read(SelectionKey key) {
        ((Connection) key.attachment()).read(in);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.close();
    }

    /// One web socket.
    static final class Connection {
        private static final int FIN_TEXT = 0x81;
        private static final int FIN_CLOSE = 0x88;
        private static final int TEXT = 1;
        private static final int CLOSE = 8;
        private static final int LONGEST_IN_7_BITS = 125;
        private static final int IN_16_BITS = 126;
        private static final byte[] MASK = {0x35, 0x12, 0x77, 0x5a};

        private final SocketChannel channel;
        private final Reader reader;
        private byte[] partial = new byte[0];
        private boolean upgraded;
        private volatile @Nullable SelectionKey key;

        private Connection(SocketChannel channel, Reader reader) {
            this.channel = channel;
            this.reader = reader;
        }

        /// Longest message: 65,535 bytes. Thread-safe.
        void send(String text) {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            write(FIN_TEXT, payload);
        }

        private synchronized void write(int first, byte[] payload) {
            ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) first);
            if (payload.length <= LONGEST_IN_7_BITS) {
                frame.put((byte) (0x80 | payload.length));
            } else {
                frame.put((byte) (0x80 | IN_16_BITS)).putShort((short) payload.length);
            }
            frame.put(MASK);
            for (int i = 0; i < payload.length; i++) {
                frame.put((byte) (payload[i] ^ MASK[i & 3]));
            }
            frame.flip();
            try {
                while (frame.hasRemaining()) {
                    if (channel.write(frame) == 0) {
                        Thread.onSpinWait();
                    }
                }
            } catch (IOException broken) {
                end(broken.toString());
            }
        }

        /// Takes nothing off the socket any more.
        void stopReading() {
            SelectionKey registered = key;
            if (registered != null) {
                registered.interestOps(0);
            }
        }

        void close() {
            write(FIN_CLOSE, new byte[] {0x03, (byte) 0xE8});
        }

        void abort() {
            try {
                channel.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        private void read(ByteBuffer in) {
            try {
                in.clear().put(partial);
                int length = channel.read(in);
                long nowNs = System.nanoTime();
                in.flip();
                take(in, nowNs);
                keep(in);
                if (length < 0) {
                    end("the server closed the connection");
                }
            } catch (IOException | CancelledKeyException broken) {
                end(broken.toString());
            }
        }

        private void keep(ByteBuffer in) {
            if (in.hasRemaining() || partial.length > 0) {
                partial = new byte[in.remaining()];
                in.get(partial);
            }
        }

        private void end(String reason) {
            abort();
            reader.onClosed(reason);
        }

        private void take(ByteBuffer in, long nowNs) throws IOException {
            if (!upgraded && !upgrade(in)) {
                return;
            }
            int end = in.limit();
            while (in.remaining() >= 2) {
                int at = in.position();
                int opcode = in.get(at) & 0x0F;
                long length = in.get(at + 1);
                int header = length == IN_16_BITS ? 4 : length > IN_16_BITS ? 10 : 2;
                if (in.remaining() < header) {
                    return;
                }
                if (header > 2) {
                    length = header == 4 ? in.getShort(at + 2) & 0xFFFF : in.getLong(at + 2);
                }
                if (length > LONGEST_FRAME) {
                    throw new IOException("a frame of " + length + " bytes");
                }
                int next = at + header + (int) length;
                if (next > end) {
                    return;
                }
                if (opcode == TEXT) {
                    reader.onText(in.position(at + header).limit(next), nowNs);
                    in.limit(end);
                } else if (opcode == CLOSE) {
                    throw new IOException("the server said good-bye");
                }
                in.position(next);
            }
        }

        private boolean upgrade(ByteBuffer in) throws IOException {
            for (int at = 0; at + 3 < in.limit(); at++) {
                if (in.get(at) == '\r' && in.get(at + 1) == '\n' && in.get(at + 2) == '\r' && in.get(at + 3) == '\n') {
                    byte[] head = new byte[at];
                    in.get(head);
                    if (!new String(head, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 101 ")) {
                        throw new IOException("the web socket was refused");
                    }
                    in.position(at + 4);
                    upgraded = true;
                    return true;
                }
            }
            return false;
        }
    }
}

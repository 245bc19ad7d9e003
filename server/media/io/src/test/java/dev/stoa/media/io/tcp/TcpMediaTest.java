package dev.stoa.media.io.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.media.rtc.Remote;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// ICE-TCP, passive side (RFC 6544 §7), over loopback.
@Timeout(30)
class TcpMediaTest {
    private static final TcpMedia.Limits PATIENT = new TcpMedia.Limits(3, 60_000_000_000L, 1_000);

    private final Semaphore wakes = new Semaphore(0);
    private final List<Socket> sockets = new ArrayList<>();
    private TcpMedia tcp;

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        tcp.close();
    }

    @Test
    void handsFramesOverAndWakesTheWorker() throws Exception {
        start(PATIENT);
        Socket client = connect();
        write(client, 0, 5, 'h', 'e', 'l', 'l', 'o');
        TcpFrame frame = next();
        assertThat(frame.data()).isEqualTo(new byte[] {'h', 'e', 'l', 'l', 'o'});
        assertThat(frame.remote()).matches(Remote::isTcp).matches(Remote::isIpv4);
        assertThat(frame.remote().port()).isEqualTo(client.getLocalPort());
        assertThat(tcp.hasFrames()).isFalse();
    }

    @Test
    void answersOnTheSameConnection() throws Exception {
        start(PATIENT);
        Socket one = connect();
        Socket two = connect();
        write(one, 0, 1, 1);
        Remote first = next().remote();
        write(two, 0, 1, 2);
        Remote second = next().remote();
        assertThat(first.connection()).isNotEqualTo(second.connection());
        send(second, "to two");
        send(first, "to one");
        assertThat(readFrame(one)).isEqualTo("to one");
        assertThat(readFrame(two)).isEqualTo("to two");
    }

    @Test
    void tellsOfAClosedConnectionAndDropsWhatIsForIt() throws Exception {
        start(PATIENT);
        Socket client = connect();
        write(client, 0, 1, 1);
        Remote remote = next().remote();
        client.close();
        TcpFrame gone = next();
        assertThat(gone.data()).isNull();
        assertThat(gone.remote()).isEqualTo(remote);
        assertThat(tcp.connectionCount()).isZero();
        send(remote, "too late");
        assertThat(tcp.droppedFrames()).isEqualTo(1);
    }

    @Test
    void closesAConnectionWithAnOversizeFrame() throws Exception {
        start(PATIENT);
        Socket client = connect();
        write(client, 0, 1, 1, 0xFF, 0xFF, 1);
        assertThat(next().data()).hasSize(1);
        assertThat(next().data()).isNull();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    /// A client that does not read loses frames, whole ones only; the others do not notice.
    @Test
    void aSlowReaderLosesFramesAndNobodyElseDoes() throws Exception {
        start(PATIENT);
        Socket slow = new Socket();
        slow.setReceiveBufferSize(4_096);
        connect(slow);
        Socket quick = connect();
        write(slow, 0, 1, 1);
        Remote slowly = next().remote();
        write(quick, 0, 1, 1);
        Remote quickly = next().remote();
        String frame = "x".repeat(2_000);
        while (tcp.droppedFrames() == 0) {
            send(slowly, frame);
        }
        send(quickly, "on time");
        assertThat(readFrame(quick)).isEqualTo("on time");
        for (int i = 0; i < 500; i++) {
            assertThat(readFrame(slow)).isEqualTo(frame);
        }
    }

    @Test
    void closesIdleConnectionsButNotThoseThatTalk() throws Exception {
        start(new TcpMedia.Limits(3, 1_500_000_000L, 20));
        Socket idle = connect();
        Socket talking = connect();
        idle.setSoTimeout(20);
        await().atMost(10, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> {
                    write(talking, 0, 1, 1);
                    return isClosed(idle);
                });
        assertThat(tcp.connectionCount()).isEqualTo(1);
        send(lastRemote(), "still there");
        assertThat(readFrame(talking)).isEqualTo("still there");
    }

    @Test
    void refusesConnectionsAboveTheLimit() throws Exception {
        start(PATIENT);
        for (int i = 0; i < PATIENT.maxConnections(); i++) {
            write(connect(), 0, 1, 1);
            next();
        }
        assertThat(connect().getInputStream().read()).isEqualTo(-1);
        assertThat(tcp.connectionCount()).isEqualTo(PATIENT.maxConnections());
        sockets.getFirst().close();
        assertThat(next().data()).isNull();
        write(connect(), 0, 1, 1);
        assertThat(next().data()).hasSize(1);
    }

    @Test
    void aLackOfFileDescriptorsIsWaitedOutWithoutSpinning() throws Exception {
        long sweepMs = 50;
        List<Long> attemptsNs = new CopyOnWriteArrayList<>();
        tcp = TcpMedia.bind(
                0,
                new TcpMedia.Limits(3, 60_000_000_000L, sweepMs),
                server -> {
                    attemptsNs.add(System.nanoTime());
                    if (attemptsNs.size() <= 4) {
                        throw new IOException("Too many open files");
                    }
                    return server.accept();
                },
                wakes::release);
        tcp.start();
        Socket client = connect();
        write(client, 0, 1, 'x');
        assertThat(next().data()).isEqualTo(new byte[] {'x'});

        assertThat(tcp.acceptFailures()).isEqualTo(4);
        // The first sweep may be due at once; from then on each attempt waits for the next.
        assertThat(attemptsNs.get(4) - attemptsNs.get(1)).isGreaterThanOrEqualTo(2 * sweepMs * 1_000_000);
    }

    private void start(TcpMedia.Limits limits) throws IOException {
        tcp = TcpMedia.bind(0, limits, wakes::release);
        tcp.start();
    }

    private Socket connect() throws IOException {
        return connect(new Socket());
    }

    private Socket connect(Socket socket) throws IOException {
        sockets.add(socket);
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), tcp.localPort()));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(Socket socket, int... bytes) throws IOException {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        OutputStream out = socket.getOutputStream();
        out.write(data);
        out.flush();
    }

    /// Next frame, which must have come with a wake-up.
    private TcpFrame next() throws InterruptedException {
        TcpFrame frame = tcp.poll();
        while (frame == null) {
            assertThat(wakes.tryAcquire(10, TimeUnit.SECONDS)).as("woken").isTrue();
            frame = tcp.poll();
        }
        return frame;
    }

    private Remote lastRemote() {
        Remote last = null;
        for (TcpFrame frame = tcp.poll(); frame != null; frame = tcp.poll()) {
            last = frame.data() == null ? last : frame.remote();
        }
        return Objects.requireNonNull(last);
    }

    private void send(Remote remote, String text) {
        byte[] bytes = ("____" + text).getBytes(StandardCharsets.US_ASCII);
        tcp.send(remote, MemorySegment.ofArray(bytes), 4, text.length());
    }

    private static String readFrame(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] frame = new byte[in.readUnsignedShort()];
        in.readFully(frame);
        return new String(frame, StandardCharsets.US_ASCII);
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }
}

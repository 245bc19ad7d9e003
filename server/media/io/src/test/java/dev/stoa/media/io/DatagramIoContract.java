package dev.stoa.media.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.stoa.media.rtc.Remote;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [DatagramIo] does, over loopback.
@Timeout(30)
public abstract class DatagramIoContract {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MEASURED = 100_000;
    private static final long COMPILED_WITHIN_NS = 20 * SECOND_NS;
    private static final int IN_FLIGHT = 32;

    private DatagramIo io;
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final Remote remote = new Remote();
    private int queued;

    protected abstract DatagramIo bind(int port) throws IOException;

    /// Bytes allocated per datagram on the way in and out again, when senders alternate.
    protected abstract double budget();

    @BeforeEach
    void open() throws IOException {
        io = bind(0);
    }

    @AfterEach
    void close() {
        io.close();
        sockets.forEach(DatagramSocket::close);
    }

    @Test
    void givesWhatWasSentWithItsSender() throws IOException {
        DatagramSocket sender = socket("127.0.0.1");
        send(sender, "hello");
        assertThat(receiveAll(1)).containsExactly("hello");
        io.receiveRemote(0, remote);
        assertThat(remote)
                .isEqualTo(new Remote().setIpv4(0x7F000001, sender.getLocalPort()))
                .matches(r -> !r.isTcp());
    }

    @Test
    void servesIpv6OnTheSamePort() throws IOException {
        assumeThat(hasIpv6()).isTrue();
        DatagramSocket sender = socket("::1");
        send(sender, "six");
        assertThat(receiveAll(1)).containsExactly("six");
        io.receiveRemote(0, remote);
        assertThat(remote).isEqualTo(new Remote().set(0, 1, sender.getLocalPort(), 0));
        queue(remote, "answer");
        flush();
        assertThat(receive(sender)).isEqualTo("answer");
    }

    @Test
    void saysNothingArrivedWithoutWaiting() {
        long before = System.nanoTime();
        assertThat(io.receive()).isZero();
        assertThat(System.nanoTime() - before).isLessThan(SECOND_NS);
    }

    @Test
    void takesMoreThanOneBatchInOrder() throws IOException {
        DatagramSocket sender = socket("127.0.0.1");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            sent.add("datagram " + i);
            send(sender, sent.getLast());
        }
        assertThat(receiveAll(150)).isEqualTo(sent);
        assertThat(io.counters().datagramsIn).isEqualTo(150);
        assertThat(io.counters().bytesIn)
                .isEqualTo(sent.stream().mapToInt(String::length).sum());
    }

    @Test
    void keepsADatagramOfAWholeSlot() throws IOException {
        DatagramSocket sender = socket("127.0.0.1");
        String whole = "x".repeat(DatagramIo.SLOT_BYTES);
        send(sender, whole);
        assertThat(receiveAll(1)).containsExactly(whole);
        assertThat(io.counters().droppedTooLong).isZero();
    }

    @Test
    void dropsALongerDatagramAndTakesTheNext() throws IOException {
        DatagramSocket sender = socket("127.0.0.1");
        send(sender, "x".repeat(DatagramIo.SLOT_BYTES + 1));
        send(sender, "x".repeat(9_000));
        send(sender, "next");
        assertThat(receiveAll(3)).containsExactly("", "", "next");
        assertThat(io.counters().droppedTooLong).isEqualTo(2);
    }

    @Test
    void sendsAFullBatchToSeveralDestinations() throws IOException {
        DatagramSocket one = socket("127.0.0.1");
        DatagramSocket two = socket("127.0.0.1");
        int slots = io.sendSlots();
        long bytes = 0;
        for (int i = 0; i < slots; i++) {
            bytes += queue(remoteOf(i % 2 == 0 ? one : two), "to " + i % 2 + " number " + i);
        }
        flush();
        for (int i = 0; i < slots; i++) {
            assertThat(receive(i % 2 == 0 ? one : two)).isEqualTo("to " + i % 2 + " number " + i);
        }
        assertThat(io.counters().datagramsOut).isEqualTo(slots);
        assertThat(io.counters().bytesOut).isEqualTo(bytes);
    }

    @Test
    void aFlushedSlotIsUsedAgain() throws IOException {
        DatagramSocket receiver = socket("127.0.0.1");
        for (int i = 0; i < 3; i++) {
            queue(remoteOf(receiver), "turn " + i);
            flush();
            assertThat(receive(receiver)).isEqualTo("turn " + i);
        }
        flush();
        assertThat(io.counters().datagramsOut).isEqualTo(3);
    }

    /// Port 0 is what the kernel refuses; an address nobody listens at is merely never answered.
    @Test
    void aRefusedDestinationDoesNotStopTheOthers() throws IOException {
        DatagramSocket closed = socket("127.0.0.1");
        DatagramSocket receiver = socket("127.0.0.1");
        Remote gone = remoteOf(closed);
        closed.close();
        Remote refused = new Remote().setIpv4(0x7F000001, 0);
        for (int i = 0; i < 4; i++) {
            queue(refused, "refused");
            queue(gone, "gone");
            queue(remoteOf(receiver), "arrives " + i);
        }
        queue(refused, "refused");
        flush();
        for (int i = 0; i < 4; i++) {
            assertThat(receive(receiver)).isEqualTo("arrives " + i);
        }
        assertThat(io.counters().droppedRefused).isEqualTo(5);
        assertThat(io.counters().datagramsOut).isEqualTo(8);
        assertThat(io.counters().bytesOut).isEqualTo(4 * ("gone".length() + "arrives 0".length()));
        send(receiver, "still there");
        assertThat(receiveAll(1)).containsExactly("still there");
    }

    @Test
    void aDatagramEndsTheWait() throws IOException {
        send(socket("127.0.0.1"), "wake");
        long before = System.nanoTime();
        io.await(20 * SECOND_NS);
        assertThat(System.nanoTime() - before).isLessThan(10 * SECOND_NS);
        assertThat(io.receive()).isEqualTo(1);
    }

    @Test
    void theWaitEndsByItself() {
        long before = System.nanoTime();
        io.await(20_000_000);
        assertThat(System.nanoTime() - before).isBetween(15_000_000L, 10 * SECOND_NS);
    }

    @Test
    void anotherThreadEndsTheWait() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        Thread waker = Thread.ofPlatform().start(() -> {
            awaitUninterruptibly(waiting);
            io.wakeup();
        });
        long before = System.nanoTime();
        waiting.countDown();
        io.await(20 * SECOND_NS);
        assertThat(System.nanoTime() - before).isLessThan(10 * SECOND_NS);
        waker.join();
    }

    @Test
    void aWakeUpBeforeTheWaitIsNotLost() {
        io.wakeup();
        io.wakeup();
        long before = System.nanoTime();
        io.await(20 * SECOND_NS);
        assertThat(System.nanoTime() - before).isLessThan(10 * SECOND_NS);
    }

    @Test
    void severalWakeUpsEndOneWait() {
        io.wakeup();
        io.wakeup();
        io.await(20 * SECOND_NS);
        long before = System.nanoTime();
        io.await(20_000_000);
        assertThat(System.nanoTime() - before).isGreaterThan(15_000_000L);
    }

    @Test
    void aLateWakeUpAndASecondCloseAreHarmless() throws IOException {
        int port = io.localPort();
        io.close();
        io.wakeup();
        io.close();
        try (DatagramIo again = bind(port)) {
            assertThat(again.localPort()).isEqualTo(port);
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        assertThat(io.localPort()).isPositive();
        assertThatThrownBy(() -> bind(io.localPort())).isInstanceOf(IOException.class);
    }

    /// Two such sockets play ping-pong: each datagram is received, its sender read, and answered.
    @Test
    void staysInsideItsAllocationBudget() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (DatagramIo left = bind(0);
                DatagramIo right = bind(0)) {
            serve(left, right);
            pump(left, right, 2 * MEASURED);
            double perDatagram = Double.MAX_VALUE;
            // A busy machine compiles late, and code that is not compiled yet allocates.
            long deadline = System.nanoTime() + COMPILED_WITHIN_NS;
            while (perDatagram > budget() && System.nanoTime() < deadline) {
                long before = threads.getCurrentThreadAllocatedBytes();
                int echoed = pump(left, right, MEASURED);
                // The measurement itself takes a few hundred bytes once.
                perDatagram = Math.floor(100.0 * (threads.getCurrentThreadAllocatedBytes() - before) / echoed) / 100;
            }
            System.out.printf("%s: %.2f bytes allocated per datagram in and out%n", io.name(), perDatagram);
            assertThat(perDatagram).isLessThanOrEqualTo(budget());
        }
    }

    private void serve(DatagramIo left, DatagramIo right) {
        Remote target = new Remote().setIpv4(0x7F000001, io.localPort());
        for (int i = 0; i < IN_FLIGHT; i++) {
            (i % 2 == 0 ? left : right).queue(target, 1200);
        }
        left.flush();
        right.flush();
    }

    private int pump(DatagramIo left, DatagramIo right, int datagrams) {
        int echoed = 0;
        while (echoed < datagrams) {
            echoed += echo(io);
            echo(left);
            echo(right);
        }
        return echoed;
    }

    private int echo(DatagramIo from) {
        int count = from.receive();
        for (int i = 0; i < count; i++) {
            from.receiveRemote(i, remote);
            long slot = (long) i * DatagramIo.SLOT_BYTES;
            MemorySegment.copy(from.receiveSlab(), from.receiveOffset(i), from.sendSlab(), slot, from.receiveLength(i));
            from.queue(remote, from.receiveLength(i));
        }
        from.flush();
        return count;
    }

    private List<String> receiveAll(int expected) {
        List<String> all = new ArrayList<>();
        while (all.size() < expected) {
            int count = io.receive();
            for (int i = 0; i < count; i++) {
                byte[] bytes = new byte[io.receiveLength(i)];
                MemorySegment.copy(
                        io.receiveSlab(), ValueLayout.JAVA_BYTE, io.receiveOffset(i), bytes, 0, bytes.length);
                all.add(new String(bytes, StandardCharsets.US_ASCII));
            }
            if (count == 0) {
                io.await(SECOND_NS);
            }
        }
        return all;
    }

    private int queue(Remote to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        long slot = (long) queued++ * DatagramIo.SLOT_BYTES;
        MemorySegment.copy(bytes, 0, io.sendSlab(), ValueLayout.JAVA_BYTE, slot, bytes.length);
        io.queue(to, bytes.length);
        return bytes.length;
    }

    private void flush() {
        io.flush();
        queued = 0;
    }

    private DatagramSocket socket(String address) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.setSoTimeout(10_000);
        socket.setReceiveBufferSize(1 << 20);
        sockets.add(socket);
        return socket;
    }

    private void send(DatagramSocket from, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, from.getLocalAddress(), io.localPort()));
    }

    private static String receive(DatagramSocket on) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        on.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static Remote remoteOf(DatagramSocket socket) {
        return new Remote().setIpv4(0x7F000001, socket.getLocalPort());
    }

    private static boolean hasIpv6() {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress("::1", 0))) {
            return probe.isBound();
        } catch (SocketException none) {
            return false;
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

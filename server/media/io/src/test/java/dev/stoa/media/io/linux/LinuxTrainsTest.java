package dev.stoa.media.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.io.DatagramIo;
import dev.stoa.media.rtc.Remote;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// Trains on a real kernel, over loopback.
@EnabledIf("supported")
@Timeout(30)
class LinuxTrainsTest {
    private static final int SO_NO_CHECK = 11;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private LinuxDatagramIo io;
    private int queued;

    static boolean supported() {
        return LinuxDatagramIo.isSupported();
    }

    @BeforeEach
    void open() throws IOException {
        io = LinuxDatagramIo.bind(0);
        opened.add(io);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void aTrainLeavesAsOneMessageAndArrivesAsItsDatagrams() throws IOException {
        LinuxDatagramIo receiver = LinuxDatagramIo.bind(0);
        opened.add(receiver);
        for (int i = 0; i < 5; i++) {
            queue(receiver.localPort(), i, i < 4 ? 1200 : 300);
        }
        flush();
        assertThat(io.counters().sendCalls).isEqualTo(1);
        assertThat(io.counters().trainsOut).isEqualTo(1);
        assertThat(io.counters().trainDatagramsOut).isEqualTo(5);
        assertThat(io.counters().datagramsOut).isEqualTo(5);
        assertThat(io.counters().bytesOut).isEqualTo(4 * 1200 + 300);

        assertThat(receiveAll(receiver, 5)).containsExactly("0:1200", "1:1200", "2:1200", "3:1200", "4:300");
        assertThat(receiver.counters().trainsIn).isEqualTo(1);
        assertThat(receiver.counters().trainDatagramsIn).isEqualTo(5);
        assertThat(receiver.counters().datagramsIn).isEqualTo(5);
        assertThat(receiver.counters().bytesIn).isEqualTo(4 * 1200 + 300);
        Remote sender = new Remote();
        receiver.receiveRemote(4, sender);
        assertThat(sender).isEqualTo(new Remote().setIpv4(0x7F000001, io.localPort()));
    }

    @Test
    void aReceiverThatKnowsNothingOfTrainsGetsDatagrams() throws IOException {
        DatagramSocket receiver = socket();
        for (int i = 0; i < 16; i++) {
            queue(receiver.getLocalPort(), i, 1200);
        }
        flush();
        for (int i = 0; i < 16; i++) {
            assertThat(receive(receiver)).isEqualTo(i + ":1200");
        }
    }

    @Test
    void mixedSizesToSeveralDestinationsArriveInOrder() throws IOException {
        List<DatagramSocket> receivers = List.of(socket(), socket(), socket());
        List<List<String>> sent = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Random random = new Random(103);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 100; i++) {
                int to = random.nextInt(3);
                int length = random.nextInt(4) == 0 ? 100 + random.nextInt(1100) : 1200;
                queue(receivers.get(to).getLocalPort(), i, length);
                sent.get(to).add(i + ":" + length);
            }
            flush();
            for (int to = 0; to < 3; to++) {
                for (String expected : sent.get(to)) {
                    assertThat(receive(receivers.get(to))).isEqualTo(expected);
                }
                sent.get(to).clear();
            }
        }
        assertThat(io.counters().trainsOut).isPositive();
        assertThat(io.counters().datagramsOut).isEqualTo(1000);
    }

    /// A socket that sends no checksums is refused trains (`EINVAL`), like a device that computes none (`EIO`).
    @Test
    void aRouteWithoutTrainsIsServedDatagramByDatagramFromThenOn() throws IOException {
        sendWithoutChecksums();
        DatagramSocket receiver = socket();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                queue(receiver.getLocalPort(), i, 1200);
            }
            flush();
            for (int i = 0; i < 4; i++) {
                assertThat(receive(receiver)).isEqualTo(i + ":1200");
            }
            assertThat(io.counters().trainsRefused).isEqualTo(1);
        }
        assertThat(io.counters().trainsOut).isZero();
        assertThat(io.counters().droppedRefused).isZero();
        assertThat(io.counters().datagramsOut).isEqualTo(12);
    }

    /// Port 0 is refused train or not.
    @Test
    void aRefusedDestinationDoesNotTakeTheTrainsOfItsRoute() throws IOException {
        DatagramSocket receiver = socket();
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 3; i++) {
                queue(0, i, 1200);
                queue(receiver.getLocalPort(), i, 1200);
            }
            flush();
            for (int i = 0; i < 3; i++) {
                assertThat(receive(receiver)).isEqualTo(i + ":1200");
            }
            assertThat(io.counters().trainsOut).isEqualTo(round);
            assertThat(io.counters().droppedRefused).isEqualTo(3 * round);
        }
    }

    @Test
    void trainsCanBeSwitchedOff() throws IOException {
        io = LinuxDatagramIo.bind(0, false);
        opened.add(io);
        DatagramSocket receiver = socket();
        for (int i = 0; i < 4; i++) {
            queue(receiver.getLocalPort(), i, 1200);
        }
        flush();
        for (int i = 0; i < 4; i++) {
            assertThat(receive(receiver)).isEqualTo(i + ":1200");
        }
        assertThat(io.counters().trainsOut).isZero();
        assertThat(io.counters().datagramsOut).isEqualTo(4);
        assertThat(io.name()).isEqualTo("linux-ffm-plain");
    }

    private void sendWithoutChecksums() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment on = arena.allocate(ValueLayout.JAVA_INT);
            on.set(ValueLayout.JAVA_INT, 0, 1);
            MemorySegment captured = arena.allocate(LibC.CAPTURED);
            assertThat(LibC.setsockopt(captured, io.descriptor(), LibC.SOL_SOCKET, SO_NO_CHECK, on))
                    .isZero();
        }
    }

    /// `length` bytes of the value `number`.
    private void queue(int port, int number, int length) {
        io.sendSlab().asSlice((long) queued++ * DatagramIo.SLOT_BYTES, length).fill((byte) number);
        io.queue(new Remote().setIpv4(0x7F000001, port), length);
    }

    private void flush() {
        io.flush();
        queued = 0;
    }

    private DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(10_000);
        socket.setReceiveBufferSize(1 << 20);
        opened.add(socket);
        return socket;
    }

    private static String receive(DatagramSocket on) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        on.receive(packet);
        return describe(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    private static List<String> receiveAll(DatagramIo from, int expected) {
        List<String> all = new ArrayList<>();
        while (all.size() < expected) {
            int count = from.receive();
            for (int i = 0; i < count; i++) {
                MemorySegment datagram = from.receiveSlab().asSlice(from.receiveOffset(i), from.receiveLength(i));
                all.add(describe(datagram.toArray(ValueLayout.JAVA_BYTE)));
            }
            if (count == 0) {
                from.await(1_000_000_000L);
            }
        }
        return all;
    }

    private static String describe(byte[] datagram) {
        for (byte each : datagram) {
            assertThat(each).isEqualTo(datagram[0]);
        }
        return datagram[0] + ":" + datagram.length;
    }
}

package dev.stoa.bench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The relay's sockets, on loopback.
@Timeout(30)
class UdpRelayTest {
    private final EmulatedLink up = new EmulatedLink(1);
    private final EmulatedLink down = new EmulatedLink(2);

    private static DatagramChannel socket() throws IOException {
        DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        channel.configureBlocking(false);
        return channel;
    }

    private static InetSocketAddress addressOf(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private record Received(InetSocketAddress from, String text) {}

    /// Runs the relay until something arrives.
    private static Received await(UdpRelay relay, DatagramChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        while (true) {
            relay.run(System.nanoTime() + 5_000_000);
            if (channel.receive(buffer.clear()) instanceof InetSocketAddress from) {
                buffer.flip();
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                return new Received(from, new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void forwardsBothWaysAndTellsTwoSocketsApart() throws IOException {
        try (DatagramChannel server = socket();
                DatagramChannel one = socket();
                DatagramChannel two = socket();
                UdpRelay relay = new UdpRelay(new InetSocketAddress("127.0.0.1", 0), addressOf(server), up, down)) {
            InetSocketAddress door = new InetSocketAddress("127.0.0.1", relay.port());
            one.send(text("one"), door);
            Received first = await(relay, server);
            two.send(text("two"), door);
            Received second = await(relay, server);
            assertThat(first.text + " " + second.text).isEqualTo("one two");
            assertThat(first.from).isNotEqualTo(second.from);
            server.send(text("to two"), second.from);
            server.send(text("to one"), first.from);
            assertThat(await(relay, one)).isEqualTo(new Received(door, "to one"));
            assertThat(await(relay, two)).isEqualTo(new Received(door, "to two"));
        }
    }

    @Test
    void holdsADatagramForTheDelayOfItsWay() throws IOException {
        LinkStep.parse("up delay=60ms").apply(System.nanoTime(), up, down);
        try (DatagramChannel server = socket();
                DatagramChannel client = socket();
                UdpRelay relay = new UdpRelay(new InetSocketAddress("127.0.0.1", 0), addressOf(server), up, down)) {
            long sentNs = System.nanoTime();
            client.send(text("late"), new InetSocketAddress("127.0.0.1", relay.port()));
            assertThat(await(relay, server).text).isEqualTo("late");
            assertThat(System.nanoTime() - sentNs).isGreaterThanOrEqualTo(60_000_000);
        }
    }

    @Test
    void servesLoopbackOnly() {
        assertThatThrownBy(() -> new UdpRelay(
                        new InetSocketAddress("0.0.0.0", 0), new InetSocketAddress("127.0.0.1", 9), up, down))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.stoa.media.rtc;

import static dev.stoa.media.rtc.TransportFixture.A;
import static dev.stoa.media.rtc.TransportFixture.PEER;
import static dev.stoa.media.rtc.TransportFixture.S;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.sctp.SctpAssociation;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Real associations on both ends of the transport's DTLS (RFC 8261, RFC 8831, RFC 8832).
class DataChannelTest {
    private static final byte[] SECRET = new byte[32];

    private final TransportFixture f = new TransportFixture(
            PEER, true, listener -> SctpStateMachine.dtlsServer(listener, new SplittableRandom(1), SECRET));
    private final Client client = new Client();
    private long nowNs = S;

    @Test
    void aChannelTheClientOpensCarriesTextBothWays() {
        f.connect();
        client.sctp.connect(nowNs);
        int stream = client.sctp.openChannel("ion-sfu", "SCTP");
        exchange();
        assertThat(f.events).contains("channel " + stream + " ion-sfu");
        client.sctp.sendText(stream, "up");
        f.transport.sendText(nowNs, stream, "down");
        exchange();
        assertThat(f.events).last().isEqualTo("text " + stream + " up");
        assertThat(client.texts).containsExactly("down");
    }

    @Test
    void aChannelWeOpenBeforeTheConnectionReachesTheClient() {
        int stream = f.transport.openChannel("ion-sfu", "");
        f.transport.sendText(stream, "first");
        f.connect();
        exchange();
        assertThat(client.channels).containsExactly("ion-sfu");
        assertThat(client.texts).containsExactly("first");
        assertThat(f.events).contains("channel " + stream + " ion-sfu");
    }

    @Test
    void aLostPacketIsSentAgainByTheTransportsTimer() {
        f.connect();
        client.sctp.connect(nowNs);
        int stream = client.sctp.openChannel("ion-sfu", "");
        exchange();
        f.transport.sendText(nowNs, stream, "again");
        f.out.take();
        exchange();
        assertThat(client.texts).isEmpty();
        nowNs = f.transport.nextTimeoutNs();
        assertThat(nowNs).isLessThan(5 * S);
        f.transport.handleTimeout(nowNs);
        exchange();
        assertThat(client.texts).containsExactly("again");
    }

    @Test
    void theClientsAbortEndsTheTransport() {
        f.connect();
        client.sctp.connect(nowNs);
        client.sctp.openChannel("ion-sfu", "");
        exchange();
        client.sctp.close();
        exchange();
        assertThat(f.events).last().isEqualTo("failed sctp-closed");
    }

    /// Carries records both ways until both sides are silent.
    private void exchange() {
        MemorySegment packet = MemorySegment.ofArray(new byte[1300]);
        Wire.put8(packet, 0, FakeDtls.APPLICATION);
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int n = client.poll(nowNs, packet); n > 0; n = client.poll(nowNs, packet)) {
                f.receive(nowNs, A, packet.asSlice(0, n + 1));
                moved = true;
            }
            for (RecordingOut.Sent sent : f.out.take()) {
                if (Wire.u8(sent.bytes(), 0) == FakeDtls.APPLICATION) {
                    client.sctp.receive(nowNs, sent.bytes(), 1, sent.length() - 1);
                    moved = true;
                }
            }
        }
    }

    private static final class Client implements SctpAssociation.Listener {
        final List<String> channels = new ArrayList<>();
        final List<String> texts = new ArrayList<>();
        final SctpAssociation sctp = SctpStateMachine.dtlsClient(this, new SplittableRandom(2), SECRET);

        int poll(long nowNs, MemorySegment packet) {
            return sctp.pollPacket(nowNs, packet, 1, 1200);
        }

        @Override
        public void onChannelOpened(int streamId, String label) {
            channels.add(label);
        }

        @Override
        public void onChannelClosed(int streamId) {}

        @Override
        public void onText(int streamId, String text) {
            texts.add(text);
        }

        @Override
        public void onClosed(String reason) {}
    }
}

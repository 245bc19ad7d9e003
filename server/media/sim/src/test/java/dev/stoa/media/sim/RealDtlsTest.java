package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.crypto.BcDtlsClient;
import dev.stoa.media.crypto.BcDtlsFactory;
import dev.stoa.media.crypto.DtlsIdentity;
import dev.stoa.media.crypto.DtlsSettings;
import dev.stoa.media.crypto.SrtpCipherChoice;
import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SfuWorker;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same peers with the DTLS and the ciphers of production, in real time, over a queue instead of sockets.
class RealDtlsTest {
    private static final Remote SERVER = new Remote().setIpv4(1, 7882);
    private static final long DEADLINE_NS = 20_000_000_000L;

    private final BlockingQueue<Runnable> turns = new LinkedBlockingQueue<>();
    private final Map<Remote, SimPeer> peers = new HashMap<>();
    private final List<SfuEvent> events = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final SrtpCiphers ciphers = SrtpCipherChoice.best();
    private final long originNs = System.nanoTime();
    private final SfuWorker worker = new SfuWorker(
            SfuSettings.DEFAULT,
            BcDtlsFactory.create(),
            ciphers,
            listener -> SctpStateMachine.dtlsServer(listener, random.split(), new byte[32]),
            new QueueOut(null),
            events::add,
            transport -> turns.add(() -> worker().handleWake(nowNs(), transport)),
            random.split());

    private SfuWorker worker() {
        return worker;
    }

    private long nowNs() {
        return System.nanoTime() - originNs;
    }

    private final class QueueOut implements DatagramOut {
        private final MemorySegment slab = MemorySegment.ofArray(new byte[SLOT_BYTES]);
        private final Remote from;

        QueueOut(Remote from) {
            this.from = from;
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
            MemorySegment copy = MemorySegment.ofArray(new byte[length]);
            MemorySegment.copy(slab, offset, copy, 0, length);
            Remote to = remote.copy();
            turns.add(() -> {
                if (from == null) {
                    peers.get(to).handleDatagram(nowNs(), copy, 0, length);
                } else {
                    worker.handleDatagram(nowNs(), from, copy, 0, length);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void twoPeersSeeEachOtherAndGetText(SrtpProfile profile) throws InterruptedException {
        SimPeer ada = join(1, profile);
        SimPeer ben = join(2, profile);
        SimTrack track = SimTrack.video(MediaCodec.VP8, "1", 4711);
        SimTrack forwarded = SimTrack.video(MediaCodec.VP8, "v", 815);
        SimSource source = ada.publish(track, SimSource.Pace.VIDEO);
        SimSink sink = ben.receive(forwarded);
        worker.handle(nowNs(), new SfuCommand.Publish(new TransportId(1), track.publishSpec(new TrackId(1))));
        worker.handle(
                nowNs(),
                new SfuCommand.Subscribe(
                        new TransportId(2), forwarded.subscribeSpec(new SubscriptionId(1), new TrackId(1), true)));

        runUntil(() -> events.contains(new SfuEvent.TransportConnected(new TransportId(1)))
                && events.contains(new SfuEvent.ChannelOpened(new TransportId(2), "ion-sfu")));
        source.start(nowNs());
        worker.handle(nowNs(), new SfuCommand.SendText(new TransportId(2), "ion-sfu", "hello"));
        runUntil(() -> sink.framesShown() >= 20 && !ben.channels().texts().isEmpty());

        assertThat(ben.channels().texts()).containsExactly("hello");
        assertThat(sink.missing()).isZero();
        assertThat(sink.badPayloads()).isZero();
        worker.handle(nowNs(), new SfuCommand.CloseTransport(new TransportId(1)));
        worker.handle(nowNs(), new SfuCommand.CloseTransport(new TransportId(2)));
    }

    private SimPeer join(int number, SrtpProfile profile) {
        Remote address = new Remote().setIpv4(10 + number, 5_000);
        IceCredentials server = new IceCredentials("s" + number, "server-password-00000000");
        BcDtlsClient client = new BcDtlsClient(
                DtlsIdentity.generate(new SecureRandom()),
                DtlsSettings.defaults(),
                List.of(profile),
                () -> turns.add(() -> peers.get(address).handleWakeup(nowNs())));
        peers.put(
                address,
                new SimPeer(new SimPeerConfig(
                        SERVER,
                        new IceCredentials("c" + number, "client-password-00000000"),
                        server,
                        client,
                        client::start,
                        ciphers,
                        new QueueOut(address),
                        random.split())));
        worker.handle(
                nowNs(),
                new SfuCommand.OpenTransport(
                        new TransportId(number), "room", server, client.localFingerprint(), "ion-sfu"));
        peers.get(address).start(nowNs());
        return peers.get(address);
    }

    private void runUntil(BooleanSupplier condition) throws InterruptedException {
        long deadline = nowNs() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            assertThat(nowNs()).as("events " + events).isLessThan(deadline);
            long next = worker.nextTimeoutNs();
            for (SimPeer peer : peers.values()) {
                next = Math.min(next, peer.nextTimeoutNs());
            }
            Runnable turn = turns.poll(Math.clamp(next - nowNs(), 0, 50_000_000), TimeUnit.NANOSECONDS);
            if (turn != null) {
                turn.run();
            }
            worker.handleTimeouts(nowNs());
            for (SimPeer peer : peers.values()) {
                if (peer.nextTimeoutNs() <= nowNs()) {
                    peer.handleTimeout(nowNs());
                }
            }
        }
    }
}

package dev.stoa.bench.jmh;

import dev.stoa.bench.StaticDtls;
import dev.stoa.media.crypto.SrtpCipherChoice;
import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SfuWorker;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sim.SimPeer;
import dev.stoa.media.sim.SimPeerConfig;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.sim.SimTrack;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One worker without a socket: a frame of four packets from its publisher's sealing to ten sealed copies of each. One
/// operation is one forwarded packet; the publisher's part in it is a tenth of a sealing.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForwardBenchmark {
    private static final int SUBSCRIBERS = 10;
    private static final int PACKETS = 4;
    private static final long INTERVAL_NS = 33_333_333;
    private static final int FRAME_BYTES = PACKETS * 1_150;
    private static final Fingerprint NOBODY_CHECKS = new Fingerprint("sha-256", "00");
    private static final SrtpCiphers CIPHERS = SrtpCipherChoice.best();
    private static final int FIRST_PORT = 10_000;
    private static final int CONSENT_FRAMES = 300;

    private final SimPeer[] peers = new SimPeer[SUBSCRIBERS + 1];
    private final ServerOut serverOut = new ServerOut();
    private final SplittableRandom random = new SplittableRandom(1);
    private final SfuWorker worker = new SfuWorker(
            SfuSettings.DEFAULT,
            new Keys(),
            CIPHERS,
            listener -> SctpStateMachine.dtlsServer(listener, random, new byte[32]),
            serverOut,
            event -> {},
            transport -> {},
            random);
    private final SimSource source;
    private boolean delivering = true;
    private long nowNs = 1_000_000_000L;
    private long invocations;
    private long forwardedBefore;

    /// Opens everything; afterwards what is forwarded is thrown away behind the seal.
    public ForwardBenchmark() {
        SimTrack published = track(0);
        for (int i = 0; i <= SUBSCRIBERS; i++) {
            worker.handle(
                    nowNs, new SfuCommand.OpenTransport(new TransportId(i), "room", serverIce(i), NOBODY_CHECKS, null));
        }
        TrackId id = new TrackId(1);
        worker.handle(nowNs, new SfuCommand.Publish(new TransportId(0), published.publishSpec(id)));
        for (int i = 1; i <= SUBSCRIBERS; i++) {
            worker.handle(
                    nowNs,
                    new SfuCommand.Subscribe(
                            new TransportId(i), track(i).subscribeSpec(new SubscriptionId(i), id, true)));
        }
        for (int i = 0; i <= SUBSCRIBERS; i++) {
            peers[i] = peer(i);
            peers[i].start(nowNs);
            peers[i].handleTimeout(nowNs);
            peers[i].handleWakeup(nowNs);
        }
        source = peers[0].publish(published, new SimSource.Pace(INTERVAL_NS, FRAME_BYTES, FRAME_BYTES, 1, 1));
        source.start(nowNs);
        delivering = false;
    }

    private static SimTrack track(int number) {
        return SimTrack.video(MediaCodec.VP8, "0", 1_000 + 100 * number);
    }

    private static IceCredentials serverIce(int number) {
        return new IceCredentials("srv" + number, "server-password-0000000" + number);
    }

    private SimPeer peer(int number) {
        return new SimPeer(new SimPeerConfig(
                new Remote().setIpv4(1, 1),
                new IceCredentials("cli" + number, "client-password-0000000" + number),
                serverIce(number),
                new StaticDtls(number),
                () -> {},
                CIPHERS,
                new PeerOut(new Remote().setIpv4(2, FIRST_PORT + number)),
                new SplittableRandom(number)));
    }

    @Setup(Level.Iteration)
    public void count() {
        invocations = 0;
        forwardedBefore = worker.counters().get(SfuCounter.RTP_FORWARDED);
    }

    /// Figures of a worker that forwards nothing would be wonderful.
    @TearDown(Level.Iteration)
    public void check() {
        long forwarded = worker.counters().get(SfuCounter.RTP_FORWARDED) - forwardedBefore;
        if (forwarded < invocations * PACKETS * SUBSCRIBERS * 9 / 10) {
            throw new IllegalStateException("forwarded " + forwarded + " in " + invocations);
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS * SUBSCRIBERS)
    public long frame() {
        nowNs += INTERVAL_NS;
        invocations++;
        peers[0].handleTimeout(nowNs);
        if (worker.nextTimeoutNs() <= nowNs) {
            worker.handleTimeouts(nowNs);
        }
        // The subscribers' reports would come here; their consent must not run out.
        if (invocations % CONSENT_FRAMES == 0) {
            for (int i = 1; i <= SUBSCRIBERS; i++) {
                peers[i].checkPath(nowNs);
                peers[i].handleTimeout(nowNs);
            }
        }
        return nowNs;
    }

    private static final class Keys implements DtlsFactory {
        private int next;

        @Override
        public Fingerprint localFingerprint() {
            return NOBODY_CHECKS;
        }

        @Override
        public DtlsEndpoint server(Runnable wakeup) {
            return new StaticDtls(next++);
        }
    }

    /// From a peer to the worker.
    private final class PeerOut implements DatagramOut {
        private final MemorySegment slab = Arena.ofAuto().allocate(SLOT_BYTES, 64);
        private final Remote own;

        PeerOut(Remote own) {
            this.own = own;
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
            worker.handleDatagram(nowNs, own, slab, offset, length);
        }
    }

    /// From the worker to nobody, or while connecting to the peer.
    private final class ServerOut implements DatagramOut {
        private final MemorySegment slab = Arena.ofAuto().allocate(SLOT_BYTES, 64);

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
            if (delivering) {
                peers[remote.port() - FIRST_PORT].handleDatagram(nowNs, slab, offset, length);
            }
        }
    }
}

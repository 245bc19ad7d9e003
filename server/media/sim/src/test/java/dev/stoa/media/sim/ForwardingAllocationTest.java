package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.stoa.media.crypto.IpsecMbSrtpCiphers;
import dev.stoa.media.crypto.OpensslSrtpCiphers;
import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.TransportSettings;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.rtc.srtp.SrtpSession;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SfuWorker;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.sfu.relay.RecordRing;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpHeaderWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The budget of the hot path: forwarding allocates nothing.
class ForwardingAllocationTest {
    private static final int SUBSCRIBERS = 10;
    private static final int PACKETS = 100_000;
    private static final int PAYLOAD = 1_100;
    private static final Remote SERVER = new Remote().setIpv4(1, 7882);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SplittableRandom random = new SplittableRandom(5);
    private final SimDtls dtls = new SimDtls(SrtpProfile.AEAD_AES_128_GCM, random.split());
    private final Queue<Runnable> setUp = new ArrayDeque<>();
    private final Map<Remote, SimPeer> peers = new HashMap<>();
    private final Out serverOut = new Out(null, 0);
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final List<SfuCommand> wishes = new ArrayList<>();
    private List<SimTrack> encodings = List.of(SimTrack.video(MediaCodec.VP8, "1", 4711));
    private SrtpCiphers ciphers;
    private SimDtls.Client publisherDtls;
    private SrtpSession sealing;
    private SfuWorker worker;
    /// Where the subscribers are: the same, or one that gets the packets over a ring.
    private SfuWorker far;

    private boolean relayed;
    private boolean measuring;
    private boolean ordering;
    private long nowNs = 1_000_000_000L;
    private int sent;
    /// So many packets arrive together.
    private int burst = 1;
    private final List<Remote> destinations = new ArrayList<>();

    /// Delivers during the set-up and only counts afterwards.
    private final class Out implements DatagramOut {
        private final MemorySegment slab = Arena.ofAuto().allocate(DatagramOut.SLOT_BYTES);
        private final Remote from;
        private final int number;
        private long committed;

        /// @param from null for the server's
        /// @param number of the peer
        Out(Remote from, int number) {
            this.from = from;
            this.number = number;
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
            committed++;
            if (!measuring) {
                deliver(remote.copy(), offset, length);
            } else if (ordering) {
                destinations.add(remote.copy());
            }
        }

        private void deliver(Remote to, long offset, int length) {
            MemorySegment copy = MemorySegment.ofArray(new byte[length]);
            MemorySegment.copy(slab, offset, copy, 0, length);
            setUp.add(() -> {
                if (from == null) {
                    peers.get(to).handleDatagram(nowNs, copy, 0, length);
                } else {
                    at(number).handleDatagram(nowNs, from, copy, 0, length);
                }
            });
        }
    }

    @Test
    void onePublisherToTenSubscribersAllocatesNothing() {
        assertThat(forwardedWithoutAllocation(new PlainCiphers())).isEqualTo((long) PACKETS * SUBSCRIBERS);
    }

    /// Each subscriber changes its encoding again and again; one in three packets is for it.
    @Test
    void neitherDoChangesOfLayer() {
        encodings = List.of(encoding("f", 4711), encoding("h", 4811), encoding("q", 4911));
        for (int i = 0; i < 12; i++) {
            VideoLayer layer =
                    List.of(VideoLayer.LOW, VideoLayer.HIGH, VideoLayer.MEDIUM).get(i % 3);
            wishes.add(new SfuCommand.SetSubscription(
                    new TransportId(2 + i % SUBSCRIBERS), new SubscriptionId(i % SUBSCRIBERS), layer));
        }
        assertThat(forwardedWithoutAllocation(new PlainCiphers()))
                .isBetween(PACKETS / 3L * SUBSCRIBERS * 9 / 10, PACKETS / 3L * SUBSCRIBERS * 11 / 10);
        assertThat(worker.counters().get(SfuCounter.KEY_FRAME_REQUESTS_SENT)).isGreaterThan(100);
    }

    /// The publisher's worker opens, another one seals.
    @Test
    void neitherDoesTheRingBetweenTwoWorkers() {
        relayed = true;
        assertThat(forwardedWithoutAllocation(new PlainCiphers())).isEqualTo((long) PACKETS * SUBSCRIBERS);
        assertThat(worker.counters().get(SfuCounter.RELAY_FULL)).isZero();
    }

    @Test
    void norChangesOfLayerAcrossTheRing() {
        relayed = true;
        neitherDoChangesOfLayer();
    }

    @Test
    void norDoBursts() {
        burst = 5;
        assertThat(forwardedWithoutAllocation(new PlainCiphers())).isEqualTo((long) PACKETS * SUBSCRIBERS);
    }

    /// Packets of one destination that follow each other share a system call and the cache.
    @Test
    void packetsOfABurstLeaveSubscriberBySubscriber() {
        burst = 5;
        MemorySegment buffer = Arena.ofAuto().allocate(DatagramOut.SLOT_BYTES);
        Remote publisher = call(new PlainCiphers());
        forward(publisher, buffer, 10);

        ordering = true;
        forward(publisher, buffer, 5);

        List<Remote> expected = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            expected.addAll(Collections.nCopies(5, new Remote().setIpv4(102 + i, 5_000)));
        }
        assertThat(destinations).isEqualTo(expected);
    }

    private static SimTrack encoding(String rid, int ssrc) {
        return SimTrack.video(MediaCodec.VP8, "1", ssrc).withRid(rid);
    }

    /// With a native cipher the whole path of a packet, from open to seal, stays free of garbage.
    @Test
    void neitherDoesItWithOpenssl() {
        Optional<SrtpCiphers> openssl = OpensslSrtpCiphers.load();
        assumeThat(openssl).isPresent();
        assertThat(forwardedWithoutAllocation(openssl.get())).isEqualTo((long) PACKETS * SUBSCRIBERS);
    }

    @Test
    void norWithTheMultiBufferLibrary() {
        Optional<SrtpCiphers> ipsecMb = IpsecMbSrtpCiphers.load();
        assumeThat(ipsecMb).as("skipped: libIPSec_MB is not installed").isPresent();
        assertThat(forwardedWithoutAllocation(ipsecMb.get())).isEqualTo((long) PACKETS * SUBSCRIBERS);
    }

    /// Returns where the publisher sends from.
    private Remote call(SrtpCiphers ciphers) {
        this.ciphers = ciphers;
        byte[] secret = new byte[32];
        worker = open(secret, 0);
        far = relayed ? open(secret, 1) : worker;
        if (relayed) {
            RecordRing there = new RecordRing(1 << 20);
            RecordRing back = new RecordRing(1 << 20);
            worker.relayTo(1, there.writer());
            far.relayFrom(there.reader());
            far.relayTo(0, back.writer());
            worker.relayFrom(back.reader());
        }
        Remote publisher = join(1);
        worker.handle(nowNs, new SfuCommand.Publish(new TransportId(1), publishSpec()));
        if (relayed) {
            far.handle(nowNs, new SfuCommand.Mirror(new TransportId(1), publishSpec(), "room", false, 1, 0));
            worker.handle(nowNs, new SfuCommand.StartRelay(new TransportId(1), new TrackId(1), 1, 1));
        }
        for (int i = 0; i < SUBSCRIBERS; i++) {
            join(2 + i);
            SimTrack out = SimTrack.video(MediaCodec.VP8, "v", 10_000 + 10 * i);
            far.handle(
                    nowNs,
                    new SfuCommand.Subscribe(
                            new TransportId(2 + i), out.subscribeSpec(new SubscriptionId(i), new TrackId(1), true)));
        }
        settle();
        sealing = SrtpSession.ofClient(ciphers, Objects.requireNonNull(publisherDtls.srtpKeys()), 16);
        measuring = true;
        return publisher;
    }

    private long forwardedWithoutAllocation(SrtpCiphers ciphers) {
        Remote publisher = call(ciphers);
        MemorySegment buffer = Arena.ofAuto().allocate(DatagramOut.SLOT_BYTES);
        forward(publisher, buffer, PACKETS);
        long forwardedBefore = far.counters().get(SfuCounter.RTP_FORWARDED);

        long startNs = THREADS.getCurrentThreadCpuTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        forward(publisher, buffer, PACKETS);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long elapsedNs = THREADS.getCurrentThreadCpuTime() - startNs;

        long forwarded = far.counters().get(SfuCounter.RTP_FORWARDED) - forwardedBefore;
        System.out.printf(
                "forwarding without socket, bursts of %d, cipher %s: %d ns CPU per sent packet, %d bytes allocated in all%n",
                burst, ciphers.name(), elapsedNs / forwarded, allocated);
        // The measurement itself takes a few hundred bytes once.
        assertThat(allocated).isLessThan(1_000);
        return forwarded;
    }

    private PublishSpec publishSpec() {
        SimTrack first = encodings.getFirst();
        List<String> rids = encodings.stream().map(SimTrack::rid).toList();
        return encodings.size() == 1
                ? first.publishSpec(new TrackId(1))
                : first.publishSpec(new TrackId(1), List.of(), List.of(), rids);
    }

    /// The peers fall silent while it is measured.
    private static SfuSettings withoutConsentTimeout() {
        SfuSettings d = SfuSettings.DEFAULT;
        return new SfuSettings(
                new TransportSettings(Long.MAX_VALUE / 2, 16, 1_024),
                d.nack(),
                d.videoRingPackets(),
                d.audioRingPackets(),
                d.replayPackets(),
                d.speakerIntervalNs(),
                d.maxStreamsPerTransport(),
                d.rembBps());
    }

    private Remote join(int number) {
        Remote address = new Remote().setIpv4(100 + number, 5_000);
        IceCredentials server = new IceCredentials("s" + number, "server-password-00000000");
        IceCredentials client = new IceCredentials("c" + number, "client-password-00000000");
        SimDtls.Client endpoint = dtls.client();
        publisherDtls = number == 1 ? endpoint : publisherDtls;
        at(number)
                .handle(
                        nowNs,
                        new SfuCommand.OpenTransport(
                                new TransportId(number), "room", server, endpoint.fingerprint(), null));
        SimPeer peer = new SimPeer(new SimPeerConfig(
                SERVER,
                client,
                server,
                endpoint,
                endpoint::retransmit,
                ciphers,
                new Out(address, number),
                random.split()));
        peers.put(address, peer);
        peer.start(nowNs);
        peer.handleTimeout(nowNs);
        settle();
        peer.handleTimeout(nowNs);
        settle();
        assertThat(peer.isConnected()).isTrue();
        return address;
    }

    private void runTimers(SfuWorker one) {
        if (nowNs >= one.nextTimeoutNs()) {
            one.handleTimeouts(nowNs);
        }
    }

    private SfuWorker at(int number) {
        return number > 1 ? far : worker;
    }

    private SfuWorker open(byte[] secret, int number) {
        return new SfuWorker(
                withoutConsentTimeout(),
                dtls,
                ciphers,
                listener -> SctpStateMachine.dtlsServer(listener, random.split(), secret),
                serverOut,
                event -> {},
                transport -> setUp.add(() -> (number == 0 ? worker : far).handleWake(nowNs, transport)),
                random.split());
    }

    private void settle() {
        for (Runnable next = setUp.poll(); next != null; next = setUp.poll()) {
            next.run();
        }
    }

    /// 6 packets per frame, a key frame every 50 frames, 1,000 packets a second, of each encoding in turn; a wish every
    /// 100 ms.
    private void forward(Remote publisher, MemorySegment buffer, int packets) {
        for (int i = 0; i < packets; i++) {
            nowNs += 1_000_000;
            int seq = sent / encodings.size();
            SimTrack track = encodings.get(sent % encodings.size());
            if (!wishes.isEmpty() && sent % 100 == 0) {
                far.handle(nowNs, wishes.get(sent / 100 % wishes.size()));
            }
            boolean first = seq % 6 == 0;
            boolean key = seq % 300 < 6;
            header.begin(
                    buffer, 0, 200, seq % 6 == 5, track.payloadType(), seq & 0xFFFF, seq / 6 * 3_000, track.ssrc());
            header.text(track.extensions().mid(), track.mid());
            header.transportSequenceNumber(track.extensions().transportCc(), sent);
            if (!track.rid().isEmpty()) {
                header.text(track.extensions().rid(), track.rid());
            }
            int headerLength = header.finish();
            SyntheticPayload.writeHead(track.codec(), buffer, headerLength, key, first, false, seq / 6, seq / 300);
            sent++;
            Wire.put32(buffer, headerLength + 20, seq);
            int sealed = sealing.sealRtp(buffer, 0, headerLength, headerLength + PAYLOAD);
            worker.collectDatagram(nowNs, publisher, buffer, 0, sealed);
            if (sent % burst == 0) {
                worker.forwardCollected();
            }
            if (relayed) {
                far.handleRelays(nowNs, 64);
                worker.handleRelays(nowNs, 64);
            }
            runTimers(worker);
            runTimers(far);
        }
    }
}

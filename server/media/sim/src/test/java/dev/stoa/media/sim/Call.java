package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.sfu.relay.CommandRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A room on one real SFU worker with as many peers as a test needs; each peer has one transport that publishes and
/// subscribes. Everything follows from the seed.
final class Call {
    static final String ROOM = "room";
    static final Remote SERVER = new Remote().setIpv4(0x0A000001, 7882);
    private static final int RING_BYTES = 1 << 20;

    final long seed;
    final Simulation simulation;
    final SimDtls dtls;
    /// The first worker.
    final SfuNode sfu;

    final List<SfuNode> workers = new ArrayList<>();
    private final CommandRouter router;
    private final SplittableRandom random;
    private final SrtpCiphers ciphers = new JdkSrtpCiphers();
    private final List<Peer> peers = new ArrayList<>();
    /// Peers that join share one address, as behind NAT.
    boolean sameAddress;

    private long nextId = 1;

    Call(long seed) {
        this(seed, SrtpProfile.AEAD_AES_128_GCM);
    }

    Call(long seed, SrtpProfile profile) {
        this(seed, profile, SfuSettings.DEFAULT);
    }

    Call(long seed, SrtpProfile profile, SfuSettings settings) {
        this(seed, profile, settings, 1, RING_BYTES);
    }

    /// A room on several workers; who joins goes to one after the other.
    static Call across(long seed, int workers, int ringBytes) {
        return new Call(seed, SrtpProfile.AEAD_AES_128_GCM, SfuSettings.DEFAULT, workers, ringBytes);
    }

    static Call across(long seed, int workers) {
        return across(seed, workers, RING_BYTES);
    }

    Call(long seed, SrtpProfile profile, SfuSettings settings, int count, int ringBytes) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.simulation = new Simulation(random.nextLong());
        this.dtls = new SimDtls(profile, random.split());
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        SplittableRandom sctpRandom = random.split();
        this.router = new CommandRouter(count);
        for (int i = 0; i < count; i++) {
            workers.add(new SfuNode(
                    simulation,
                    new Remote().set(SERVER.high(), SERVER.low(), SERVER.port() + i, 0),
                    settings,
                    dtls,
                    ciphers,
                    listener -> SctpStateMachine.dtlsServer(listener, sctpRandom.split(), secret),
                    random.split()));
            for (int k = 0; k < i; k++) {
                SfuNode.join(workers.get(k), k, workers.get(i), i, ringBytes);
            }
        }
        this.sfu = workers.getFirst();
    }

    void submit(SfuCommand command) {
        assertThat(router.route(command, (worker, routed) -> workers.get(worker).submit(routed)))
                .isTrue();
    }

    /// For assertion messages.
    String name() {
        return "seed " + seed;
    }

    Peer join() {
        return join(null);
    }

    /// @param dataChannel label of a channel the server opens
    Peer join(@Nullable String dataChannel) {
        return join(dataChannel, peers.size() % workers.size());
    }

    private Peer join(@Nullable String dataChannel, int worker) {
        Peer peer = new Peer(nextId++, dataChannel, worker);
        peers.add(peer);
        peer.node.peer().start(simulation.nowNs());
        return peer;
    }

    /// As [#joined] on a given worker.
    Peer joinedOn(int worker) {
        Peer peer = join(null, worker);
        connect(peer);
        return peer;
    }

    /// Joins and runs until the peer is connected on both sides.
    Peer joined() {
        Peer peer = join();
        connect(peer);
        return peer;
    }

    void connect(Peer peer) {
        if (!simulation.runUntil(() -> peer.isConnected(), 5_000)) {
            throw new AssertionError("no connection, " + name());
        }
    }

    void runMs(long ms) {
        simulation.runMs(ms);
    }

    long count(SfuCounter counter) {
        return workers.stream()
                .mapToLong(node -> node.worker().counters().get(counter))
                .sum();
    }

    long count(int worker, SfuCounter counter) {
        return workers.get(worker).worker().counters().get(counter);
    }

    <E extends SfuEvent> List<E> events(Class<E> type) {
        return workers.stream()
                .flatMap(node -> node.events().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /// One peer and its transport.
    final class Peer {
        final TransportId transport;
        final SimPeerNode node;
        final SimDtls.Client client = dtls.client();
        private final Remote server;
        IceCredentials serverIce;

        private Peer(long number, @Nullable String dataChannel, int worker) {
            this.transport = new TransportId(number);
            this.serverIce = new IceCredentials("srv" + number, "server-password-0000000" + number);
            IceCredentials own = new IceCredentials("cli" + number, "client-password-0000000" + number);
            SfuCommand.OpenTransport open =
                    new SfuCommand.OpenTransport(transport, ROOM, serverIce, client.fingerprint(), dataChannel);
            router.open(open, worker, (at, command) -> workers.get(at).submit(command));
            this.server = workers.get(worker).address();
            this.node = new SimPeerNode(
                    simulation,
                    sameAddress ? address(1, 40_000 + (int) number) : address((int) number, 40_000),
                    out -> new SimPeerConfig(
                            server, own, serverIce, client, client::retransmit, ciphers, out, random.split()));
        }

        boolean isConnected() {
            return node.peer().isConnected()
                    && events(SfuEvent.TransportConnected.class).stream()
                            .anyMatch(e -> e.transport().equals(transport));
        }

        /// Publishes and starts sending.
        Published publish(SimTrack track, SimSource.Pace pace) {
            Published published = announce(track, pace);
            published.source.start(simulation.nowNs());
            return published;
        }

        Published publishVideo() {
            return publish(
                    SimTrack.video(MediaCodec.VP8, "1", 1_000 + (int) transport.value() * 10), SimSource.Pace.VIDEO);
        }

        Published publishAudio() {
            return publish(SimTrack.opus("0", 2_000 + (int) transport.value() * 10), SimSource.Pace.AUDIO);
        }

        /// Publishes without sending.
        Published announce(SimTrack track, SimSource.Pace pace) {
            TrackId id = new TrackId(nextId++);
            SimSource source = node.peer().publish(track, pace);
            submit(new SfuCommand.Publish(transport, track.publishSpec(id)));
            return new Published(this, id, source);
        }

        Subscribed subscribe(Published published) {
            return subscribe(published, true);
        }

        Subscribed subscribe(Published published, boolean active) {
            SubscriptionId id = new SubscriptionId(nextId++);
            SimTrack source = published.source.track();
            String mid = String.valueOf(id.value() % 100);
            int ssrc = 100_000 + (int) id.value() * 10;
            SimTrack track = source.isVideo()
                    ? new SimTrack(source.codec(), mid, 120, 121, -1, ssrc, ssrc + 1, SimTrack.VIDEO_IDS, "")
                    : new SimTrack(source.codec(), mid, 63, -1, 64, ssrc, 0, SimTrack.AUDIO_IDS, "");
            SimSink sink = node.peer().receive(track);
            submit(new SfuCommand.Subscribe(transport, track.subscribeSpec(id, published.id, active)));
            return new Subscribed(this, id, sink);
        }

        void set(Subscribed subscribed, VideoLayer layer) {
            submit(new SfuCommand.SetSubscription(transport, subscribed.id, layer));
        }

        void mute(Published published, boolean muted) {
            submit(new SfuCommand.SetMuted(transport, published.id, muted));
        }

        /// Settings of the way to and from the server.
        void link(LinkSettings settings) {
            simulation.network().path(node.address(), server, settings);
        }

        void leave() {
            submit(new SfuCommand.CloseTransport(transport));
            node.kill();
        }
    }

    record Published(Peer peer, TrackId id, SimSource source) {}

    record Subscribed(Peer peer, SubscriptionId id, SimSink sink) {}

    /// A client's address.
    static Remote address(int number, int port) {
        return new Remote().setIpv4(0x0A010000 + number, port);
    }
}
